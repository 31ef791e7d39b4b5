/** Where a page can run, as far as paying is concerned. */
export const environments = ['desktop', 'phone', 'botim', 'payby'] as const;

export type Environment = (typeof environments)[number];

/**
 * What in a user agent tells the app's webview. `payby` is what public merchant code looks for; BOTIM's
 * own token is not documented, so `botim` is an assumption to be confirmed on devices.
 */
export const inAppPatterns: readonly { environment: Environment; pattern: RegExp }[] = [
  { environment: 'botim', pattern: /botim/i },
  { environment: 'payby', pattern: /payby/i },
];

const phone = /iPhone|iPod|Android.+Mobile|Windows Phone/i;

/** Said on the document once the app has put its bridge into the page, which takes it a while. */
export const bridgeReady = 'ToPayJSBridgeReady';

export interface DeviceFacts {
  userAgent: string;
  /** PayBy's in-app bridge is there (`window.ToPayJSBridge`). */
  hasBridge: boolean;
}

/** The environment that these facts speak for. */
export function detectEnvironment({ userAgent, hasBridge }: DeviceFacts): Environment {
  const app = inAppPatterns.find(({ pattern }) => pattern.test(userAgent));
  if (app) return app.environment;
  if (hasBridge) return 'payby';
  return phone.test(userAgent) ? 'phone' : 'desktop';
}

/** Whether the app is the first way to pay here, and the code only the second. */
export const isAppFirst = (environment: Environment): boolean =>
  environment === 'phone' || isInApp(environment);

export const isInApp = (environment: Environment): boolean =>
  environment === 'botim' || environment === 'payby';

/** An element of the page with that id would be found, too. */
const findBridge = (): { invoke?: unknown } | undefined => Reflect.get(window, 'ToPayJSBridge');

/** The facts of the page that runs now. */
export const deviceFacts = (): DeviceFacts => ({
  userAgent: navigator.userAgent,
  hasBridge: typeof findBridge()?.invoke === 'function',
});
