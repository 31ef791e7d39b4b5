import { bridgeReady } from './in-app.ts';

/** What an order says to the app's own checkout. */
export interface BridgeRequest {
  /** The merchant's Partner-Id. */
  appId: string;
  token: string;
}

interface Bridge {
  invoke(name: string, data: BridgeRequest, callback: () => void): void;
}

/** The app's way into its own checkout (PayBy's JSAPI). An object, so that a test can stand in its way. */
export const bridge = {
  /** Whether the app has put it into the page yet. */
  isThere: (): boolean => find() !== undefined,

  /** Calls back when the app says that it has put it there. */
  onReady(callback: () => void, signal: AbortSignal): void {
    document.addEventListener(bridgeReady, callback, { signal });
  },

  /**
   * Opens the app's own checkout over the page.
   *
   * @param onReturn called when it has closed again; whatever it says is a reason to ask the backend,
   *   and no proof of anything
   * @returns whether the app took it
   */
  pay({ appId, token }: BridgeRequest, onReturn: () => void): boolean {
    try {
      const found = find();
      found?.invoke('ToPayRequest', { appId, token }, () => onReturn());
      return found !== undefined;
    } catch {
      return false;
    }
  },
};

function find(): Bridge | undefined {
  const found: unknown = Reflect.get(window, 'ToPayJSBridge');
  const isBridge = typeof found === 'object' && found !== null && 'invoke' in found;
  return isBridge && typeof found.invoke === 'function' ? (found as Bridge) : undefined;
}
