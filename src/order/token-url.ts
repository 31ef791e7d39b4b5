const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * `value` in ASCII if the checkout may draw, link or go to it: https, no credentials, and a host that
 * is in `hosts` or below one. A loopback host may be http on any port when named in `hosts`.
 */
export function allowedUrl(value: string, hosts: readonly string[]): string | undefined {
  const url = parseUrl(value);
  return url && isAllowed(url, hosts) ? asWritten(value, url) : undefined;
}

function isAllowed(url: URL, hosts: readonly string[]): boolean {
  if (url.username || url.password) return false;
  if (loopback.has(url.hostname)) {
    const named = hosts.includes(url.hostname) || hosts.includes(url.host);
    return named && /^https?:$/.test(url.protocol);
  }
  const allowed = hosts.some((host) => url.host === host || url.host.endsWith(`.${host}`));
  return allowed && url.protocol === 'https:';
}

/**
 * PayBy writes `https://qr.payby.com?…` without a slash; a code that says just that is kept. Any other
 * spelling is normalised, so that no scanner reads another host out of it than was checked here.
 */
const asWritten = (value: string, { href, origin }: URL): string =>
  value === href.replace(`${origin}/`, origin) ? value : href;

function parseUrl(value: string): URL | undefined {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}
