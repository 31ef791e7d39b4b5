import { environments } from '../device/in-app.ts';

/** The values of every setting that takes one of a few; the first is used in place of any other. */
const allowedValues = {
  display: ['inline', 'dialog'],
  updates: ['auto', 'sse', 'poll'],
  environment: ['auto', ...environments],
  inApp: ['redirect', 'bridge', 'qr'],
  theme: ['', 'auto', 'light', 'dark'],
} as const;

const names = ['display', 'updates', 'environment', 'inApp', 'theme'] as const;

/** The element as far as its settings can be wrong. */
export interface Settings extends Element, Record<(typeof names)[number], string> {
  tokenHosts: string;
  detect: unknown;
}

/** Something that is wrong with the settings. */
export type SettingFinding =
  | { kind: 'value'; name: string; value: string; allowed: readonly string[] }
  /** An attribute that is true by being there, and says false. */
  | { kind: 'flag'; name: string }
  | { kind: 'host'; value: string }
  /** `detect` is no function, threw `value`, or gave `value`. */
  | { kind: 'detect'; how: 'is' | 'threw' | 'gave'; value: string };

/** What is wrong with an element's settings; nothing at all is the same as the first allowed value. */
export const settingFindings = (host: Settings): SettingFinding[] => [
  ...names.flatMap((name) => {
    const allowed: readonly string[] = allowedValues[name];
    const value = host[name];
    const isRight = !value || allowed.includes(value);
    return isRight ? [] : [{ kind: 'value' as const, name, value, allowed }];
  }),
  ...['autostart', 'required', 'disabled']
    .filter((name) => host.getAttribute(name) === 'false')
    .map((name) => ({ kind: 'flag' as const, name })),
  ...wrongHosts(host.tokenHosts || '').map((value) => ({ kind: 'host' as const, value })),
  ...wrongDetection(host.detect),
];

/** The entries of a `token-hosts` attribute that can be no host: URLs, paths, stars. */
const wrongHosts = (tokenHosts: string): string[] =>
  tokenHosts.split(/[\s,]+/).filter((entry) => entry && !isHost(entry.toLowerCase()));

/** Whether a URL of that host, and port if there is one, would name it the same. */
function isHost(entry: string): boolean {
  const url = `https://${entry}`;
  return !entry.includes('*') && URL.canParse(url) && new URL(url).host === entry;
}

function wrongDetection(detect: unknown): SettingFinding[] {
  if (!detect) return [];
  if (typeof detect !== 'function') return [{ kind: 'detect', how: 'is', value: typeof detect }];
  try {
    const found: unknown = detect();
    const isKnown = environments.some((environment) => environment === found);
    return isKnown ? [] : [{ kind: 'detect', how: 'gave', value: String(found) }];
  } catch (cause) {
    return [{ kind: 'detect', how: 'threw', value: String(cause) }];
  }
}
