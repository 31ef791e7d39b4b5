/** A genuine notification, and a forged one, in other HTTP clothes. */
import { type Letter, letter, signed, withHeader } from './letter.ts';
import type { MutationClass } from './mutation.ts';
import { genuine } from './texts.ts';

const right = signed(genuine.payment);
const forged = letter(right.body, 'AAAA');
const both: readonly Letter[] = [right, forged];

const methods = [
  'GET',
  'HEAD',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'post',
  'get',
  'PROPFIND',
  'QUERY',
];

const paths = [
  '/notify/',
  '/notify?',
  '/notify?x=1',
  '/notify#x',
  '/notify/.',
  '/x/../notify',
  '/%6eotify',
  '/notify//',
  '//notify',
  '/NOTIFY',
  '/notify/x',
  '/notify;x',
  '/notify%2f',
  '/notify%00',
  '/notify.json',
  '/notifyx',
  '/notif',
  '',
  '/',
  '/../notify',

  '/notify/..',
  '/notify?method=GET',
];

const types = [
  'application/json',
  'APPLICATION/JSON',
  'application/json; charset=utf-8',
  'application/json; charset=utf-16',
  'text/plain',
  'text/html',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  'application/problem+json',
  'x',
  '',
  ';',
];

const headers: readonly (readonly [string, string])[] = [
  ['x-http-method-override', 'GET'],
  ['x-method-override', 'DELETE'],
  ['content-length', '1'],
  ['content-encoding', 'br'],
  ['accept', 'text/html'],
  ['origin', 'https://evil.example'],
  ['host', 'evil.example'],
  ['x-forwarded-host', 'evil.example'],
  ['x-forwarded-for', '127.0.0.1'],
  ['x-original-url', '/api/payby/orders'],
  ['idempotency-key', 'k1'],
  ['if-none-match', '*'],
  ['range', 'bytes=0-1'],
  ['content-language', 'en'],
  ['cookie', 'admin=1'],
];

function* methodsAndPaths() {
  for (const one of both) {
    for (const method of methods) {
      yield [{ ...one, method }];
      yield [withHeader({ ...one, method }, 'x-http-method-override', 'POST')];
    }
    for (const path of paths) yield [{ ...one, path }];
    for (const method of methods) yield [{ ...one, method, path: '/notify/' }];
  }
}

function* clothes() {
  for (const one of both) {
    const sign = one.headers.filter(([name]) => name === 'sign');
    for (const type of types)
      yield [{ ...one, headers: [...sign, ['content-type', type] as const] }];
    yield [{ ...one, headers: sign }];
    for (const [name, value] of headers) yield [withHeader(one, name, value)];
  }
}

export const httpClasses: readonly MutationClass[] = [
  { name: 'other methods and addresses', atLeast: 100, holds: 'both', make: methodsAndPaths },
  { name: 'other types and headers', atLeast: 50, holds: 'both', make: clothes },
];
