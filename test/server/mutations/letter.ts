/** What is posted to a shop's notification address: bytes and headers, genuine or not. */
import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { keys } from '../support/shop.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

export interface Letter {
  readonly body: Bytes;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** POST when absent. */
  readonly method?: string;
  /** `/notify` when absent. */
  readonly path?: string;
}

export const base = 'https://shop.example/api/payby';

const paybyKey = createPrivateKey(keys.payby.privatePem);

export const bytesOf = (text: string): Bytes => new TextEncoder().encode(text);

/** Base64 of RSASSA-PKCS1-v1_5 with SHA-256, by PayBy's key unless told otherwise. */
export const signatureOf = (body: Bytes, key: KeyObject = paybyKey): string =>
  sign('RSA-SHA256', body, key).toString('base64');

/** `body` under `signature`; undefined for no header at all. */
export const letter = (body: Bytes, signature: string | undefined): Letter => ({
  body,
  headers: [
    ['content-type', 'application/json'],
    ...(signature === undefined ? [] : [['sign', signature] as const]),
  ],
});

/** `body` as PayBy itself would send it, whatever it says. */
export const signed = (body: Bytes | string): Letter => {
  const bytes = typeof body === 'string' ? bytesOf(body) : body;
  return letter(bytes, signatureOf(bytes));
};

export const withHeader = (one: Letter, name: string, value: string): Letter => ({
  ...one,
  headers: [...one.headers, [name, value]],
});

export function toRequest({ method = 'POST', path = '/notify', headers, body }: Letter): Request {
  const hasBody = !/^(GET|HEAD)$/i.test(method);
  const init = { method, headers: headers.map(([name, value]): [string, string] => [name, value]) };
  return new Request(base + path, { ...init, ...(hasBody && { body }) });
}

/** A letter as a failed test shows it. */
export function describeLetter({
  method = 'POST',
  path = '/notify',
  headers,
  body,
}: Letter): string {
  const lines = headers.map(([name, value]) => `${name}: ${value.slice(0, 400)}`);
  const text = new TextDecoder().decode(body.subarray(0, 1_500));
  return [`${method} ${path}`, ...lines, '', text].join('\n');
}
