/** What the checker is told, checked. */
import { tokenHosts } from '../order/token-hosts.ts';

export interface VerifyOptions {
  /** The order URL, as the element's `endpoint`; absolute, http or https. */
  endpoint: string;
  /** The cart to create orders for, as the element sends it; `payby-verify` when absent. */
  reference?: string;
  /** What the page would send along, any JSON. */
  details?: unknown;
  /** Added to every request to the endpoint: cookies, authorization. */
  headers?: Readonly<Record<string, string>>;
  /** Hosts, besides PayBy's own, that a tokenUrl may have, as the element's `token-hosts`. */
  tokenHosts?: readonly string[];
  /** Also listen long enough for heartbeats. */
  slow?: boolean;
  /** How long a slow run listens to a silent stream, ms; 45 s when absent. */
  patience?: number;
  /** An answer is waited for this long, ms, and three times as long for a create; 10 s when absent. */
  timeout?: number;
  /** An origin whose pages must be let in by CORS. */
  origin?: string;
  /** Where the sandbox gateway listens: the order is then paid in its wallet. */
  sandbox?: string;
  /** Where the backend takes PayBy's notifications: forged ones are sent there. */
  notify?: string;
  /** Replaces the global one, for tests. */
  fetch?: typeof fetch;
}

export interface Settings {
  endpoint: URL;
  reference: string;
  details: unknown;
  headers: Readonly<Record<string, string>>;
  tokenHosts: readonly string[];
  patience: number | undefined;
  timeout: number;
  origin: string | undefined;
  sandbox: URL | undefined;
  notify: URL | undefined;
  fetch: typeof fetch;
}

/** @throws TypeError naming the option, its value and the way out */
export function readSettings(options: VerifyOptions): Settings {
  const { reference = 'payby-verify', headers = {}, timeout = 10_000, patience = 45_000 } = options;
  if (reference === '' || reference.length > 200) {
    throw new TypeError(`reference has ${reference.length} characters; give 1 to 200.`);
  }
  const sandbox = optionalUrl('sandbox', options.sandbox);
  const hosts = [...(options.tokenHosts ?? []), ...(sandbox ? [sandbox.host] : [])];
  return {
    endpoint: httpUrl('endpoint', options.endpoint),
    reference,
    details: options.details,
    headers: checkHeaders(headers),
    tokenHosts: tokenHosts(hosts.map(checkHost).map(hostOf).join(' ')),
    patience: options.slow ? duration('patience', patience) : undefined,
    timeout: duration('timeout', timeout),
    origin: options.origin === undefined ? undefined : httpUrl('origin', options.origin).origin,
    sandbox,
    notify: optionalUrl('notify', options.notify),
    fetch: options.fetch ?? fetch,
  };
}

function httpUrl(name: string, value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(`${name} "${value}" is not an http(s) URL; give it in full.`);
  }
  if (!url.username && !url.password) return url;
  throw new TypeError(`${name} carries a password; give it by a header instead.`);
}

const optionalUrl = (name: string, value: string | undefined) =>
  value === undefined ? undefined : httpUrl(name, value);

/** What the page compares is a host: an address would never fit, and hide that until somebody looks. */
function checkHost(value: string): string {
  if (!/[\s,/\\?#@]/.test(value) && URL.canParse(`https://${value}`)) return value;
  throw new TypeError(
    `tokenHosts "${value}" is not a host; give its name alone, such as "pay.example" or "localhost:4010".`,
  );
}

/** The host's name alone lets every port of it in, which is meant for loopback hosts. */
const hostOf = (host: string) =>
  host.startsWith('127.0.0.1:') ? `${host} localhost:${host.split(':')[1]}` : host;

function duration(name: string, value: number): number {
  if (value > 0 && value <= 3_600_000) return value;
  throw new TypeError(`${name} ${value} ms is not above 0 and at most one hour.`);
}

/** The headers with their names in lower case, so that none stands beside one of the contract's. */
function checkHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const checked = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    try {
      checked.append(name, value);
    } catch {
      // The value may be a secret: it is not repeated.
      throw new TypeError(`header "${name}" cannot be sent; give "Name: value" in ASCII.`);
    }
  }
  return Object.fromEntries(checked);
}
