/** The options of a PaybyClient that are no keys: what they must be, and what to do when they are not. */

import { entryOf } from '../../troubleshooting.ts';
import type { Clock } from '../clock.ts';

export interface PaybyClientOptions {
  /** `production`, `uat`, or the base URL of another gateway, such as the sandbox. */
  environment: string;
  /** The merchant id of PayBy's portal, up to 12 characters. */
  partnerId: string;
  /** The merchant's private key: PKCS#8, PEM or bare Base64. */
  privateKey: string;
  /** PayBy's public key for this merchant: SPKI, PEM or bare Base64. */
  paybyPublicKey: string;
  fetch?: typeof fetch;
  clock?: Clock;
  /** How long each answer may take, ms; 10,000 when absent. */
  timeout?: number;
  /** How long one operation may take with all its attempts, ms; 30,000 when absent. */
  overallTimeout?: number;
  /**
   * How often an operation that may be repeated is sent again while its outcome is unknown through
   * PayBy's own trouble or the network's; 2 when absent. revokeOrder is never sent again.
   */
  retries?: number;
}

/** How one call may differ from the client's options. */
export interface CallOptions {
  /** How often the call is sent again; 0 for callers that ask again by their own rules. */
  retries?: number;
  /** How long each answer may take, ms. */
  timeout?: number;
  /**
   * Ends the call. What had been sent is *unknown* then, a PaybyUnknownError `aborted`; before anything
   * was sent, the signal's own reason is thrown.
   */
  signal?: AbortSignal;
}

const baseUrls: ReadonlyMap<unknown, string> = new Map([
  ['production', 'https://api.payby.com/sgs/api'],
  ['uat', 'https://uat.test2pay.com/sgs/api'],
]);

export function checkPartnerId(value: unknown): string {
  if (typeof value === 'string' && /^[\x21-\x7e]{1,12}$/.test(value)) return value;
  throw unusable(
    `partnerId ${show(value)} is not 1 to 12 characters; copy the merchant id from PayBy's portal`,
  );
}

export function checkBaseUrl(environment: unknown): string {
  const url = baseUrls.get(environment) ?? String(environment);
  if (isBaseUrl(url)) return url.replace(/\/+$/, '');
  throw unusable(
    `environment ${show(environment)} is not known; use "production", "uat" or an http(s) URL ` +
      'without a query or a password, such as "http://localhost:4010/sgs/api"',
  );
}

/** fetch refuses a URL with a password in it, and an operation's path must be able to follow. */
function isBaseUrl(url: string): boolean {
  if (!/^https?:\/\/[^/]/i.test(url) || !URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return !/[?#]/.test(url) && username === '' && password === '';
}

/** A key that was put into the wrong option must not end up in a log, nor a URL's password. */
function show(value: unknown): string {
  const text = String(value);
  if (text.length > 40 || /\s|BEGIN|@/.test(text)) return `(${text.length} characters)`;
  return typeof value === 'string' ? JSON.stringify(text) : text;
}

/** @param byDefault what the client takes when the option is left out, ms */
export function checkTimeout(value: number, name = 'timeout', byDefault = 10_000): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw unusable(
    `${name} ${show(value)} is not a number of milliseconds above zero; leave it out for ${byDefault}`,
  );
}

export function checkRetries(value: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= 10) return value;
  throw unusable(`retries ${show(value)} is not a whole number from 0 to 10; leave it out for 2`);
}

const unusable = (message: string): TypeError =>
  new TypeError(`${message}; see ${entryOf('paybyclient')}`);
