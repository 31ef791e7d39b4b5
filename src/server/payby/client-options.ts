/** The options of a PaybyClient that are no keys: what they must be, and what to do when they are not. */

const baseUrls: ReadonlyMap<unknown, string> = new Map([
  ['production', 'https://api.payby.com/sgs/api'],
  ['uat', 'https://uat.test2pay.com/sgs/api'],
]);

export function checkPartnerId(value: unknown): string {
  if (typeof value === 'string' && /^[\x21-\x7e]{1,12}$/.test(value)) return value;
  throw new TypeError(
    `partnerId ${show(value)} is not 1 to 12 characters; copy the merchant id from PayBy's portal`,
  );
}

export function checkBaseUrl(environment: unknown): string {
  const url = baseUrls.get(environment) ?? String(environment);
  if (/^https?:\/\/[^/]/i.test(url) && URL.canParse(url)) return url.replace(/\/+$/, '');
  throw new TypeError(
    `environment ${show(environment)} is not known; use "production", "uat" or an http(s) URL`,
  );
}

/** A key that was put into the wrong option must not end up in a log. */
function show(value: unknown): string {
  const text = String(value);
  if (text.length > 40 || /\s|BEGIN/.test(text)) return `(${text.length} characters)`;
  return typeof value === 'string' ? JSON.stringify(text) : text;
}

export function checkTimeout(value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new TypeError(
    `timeout ${show(value)} is not a number of milliseconds above zero; leave it out for 10000`,
  );
}
