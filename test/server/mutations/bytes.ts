/** Bytes that change on the way, under the signature of what they were. */
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import {
  type Bytes,
  bytesOf,
  type Letter,
  letter,
  signatureOf,
  signed,
  withHeader,
} from './letter.ts';
import { draw, drawNumbers, type MutationClass } from './mutation.ts';
import { genuine } from './texts.ts';

const originals = [genuine.payment, genuine.refund].map((text) => {
  const body = bytesOf(text);
  return { text, body, signature: signatureOf(body) };
});

type Original = (typeof originals)[number];

/** What becomes of the body at `at`; `random` is 0–255. */
type Edit = (body: Bytes, at: number, random: number) => Bytes;

const spliced = (body: Bytes, at: number, gone: number, ...put: number[]): Bytes =>
  new Uint8Array([...body.subarray(0, at), ...put, ...body.subarray(at + gone)]);

const edits: Readonly<Record<string, Edit>> = {
  'a byte put in': (body, at, random) => spliced(body, at, 0, random),
  'a byte taken out': (body, at) => spliced(body, at, 1),
  'a byte doubled': (body, at) => spliced(body, at, 0, body[at] ?? 0),
  'two neighbours swapped': (body, at) =>
    spliced(body, at, 2, ...[body[at + 1], body[at]].filter((byte) => byte !== undefined)),
  'a byte replaced': (body, at, random) => body.with(at, random),
  'a digit changed': (body, at, random) => {
    const digit = body.findIndex((byte, place) => place >= at && byte >= 48 && byte <= 57);
    return digit < 0 ? body : body.with(digit, 48 + (random % 10));
  },
};

/** Every byte of both bodies has one of its bits flipped. */
function* flippedBodies(seed: number) {
  for (const { body, signature } of originals) {
    const bits = drawNumbers(seed, body.length, 7);
    for (const [at, bit] of bits.entries()) {
      yield [letter(body.with(at, (body[at] ?? 0) ^ (1 << bit)), signature)];
    }
  }
}

function* flippedSignatures(seed: number) {
  for (const { body, signature } of originals) {
    const bytes = Buffer.from(signature, 'base64');
    const bits = drawNumbers(seed, bytes.length, 7);
    for (const [at, bit] of bits.entries()) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (bytes[at] ?? 0) ^ (1 << bit);
      yield [letter(body, flipped.toString('base64'))];
    }
  }
}

function* edited(seed: number) {
  for (const [index, edit] of Object.values(edits).entries()) {
    for (const { body, signature } of originals) {
      const places = fc.tuple(fc.nat(body.length - 1), fc.nat(255));
      for (const [at, random] of draw(seed + index, 100, places)) {
        yield [letter(edit(body, at, random), signature)];
      }
    }
  }
}

function* cutBodies() {
  for (const { body, signature } of originals) {
    for (const length of body.keys()) yield [letter(body.slice(0, length), signature)];
  }
}

const joined = (...parts: readonly Uint8Array[]): Bytes => new Uint8Array(Buffer.concat(parts));

function* appended(seed: number) {
  const additions = ['\n', ' ', '\0', '}', ',', '{}', '//', ...originals.map(({ text }) => text)];
  for (const { body, signature } of originals) {
    for (const text of additions) {
      const more = bytesOf(text);
      for (const changed of [joined(body, more), joined(more, body)]) {
        yield [letter(changed, signature)];
        yield [signed(changed)];
      }
    }
    const noise = fc.uint8Array({ minLength: 1, maxLength: 40 });
    for (const more of draw(seed, 100, noise)) yield [letter(joined(body, more), signature)];
  }
}

const mark = new Uint8Array([0xef, 0xbb, 0xbf]);

/** Other ways to put a text into bytes. */
const encodings: readonly ((text: string) => Uint8Array)[] = [
  (text) => joined(mark, bytesOf(text)),
  (text) => joined(mark, mark, bytesOf(text)),
  (text) => Buffer.from(text, 'utf16le'),
  (text) => joined(new Uint8Array([0xff, 0xfe]), Buffer.from(text, 'utf16le')),
  (text) => Buffer.from(text, 'utf16le').swap16(),
  (text) => Buffer.from(text, 'latin1'),
  (text) => Buffer.from(text.normalize('NFD')),
  (text) => bytesOf(text.replaceAll('é', '\\u00e9')),
  (text) => bytesOf(text.replaceAll('é', '\\ud800')),
  (text) =>
    joined(bytesOf(text.slice(0, 30)), new Uint8Array([0xc0, 0xaf]), bytesOf(text.slice(30))),
  (text) => gzipSync(text),
  (text) => bytesOf(encodeURIComponent(text)),
  (text) => bytesOf(`notification=${encodeURIComponent(text)}`),
  (text) => bytesOf(Buffer.from(text).toString('base64')),
  (text) => bytesOf(JSON.stringify(text)),
];

function* encoded() {
  const says: readonly ((one: Letter) => Letter)[] = [
    (one) => one,
    (one) => withHeader(one, 'content-encoding', 'gzip'),
    (one) => withHeader(one, 'content-encoding', 'identity'),
  ];
  for (const { text, body, signature } of originals) {
    for (const say of says) yield [say(letter(body, signature))];
    for (const encode of encodings) {
      const bytes = new Uint8Array(encode(text));
      for (const say of says) {
        yield [say(letter(bytes, signature))];
        yield [say(signed(bytes))];
      }
    }
  }
}

/** Every signature belongs to its own bytes. */
function* exchanged() {
  const swap = (one: Original, other: Original) => [letter(one.body, other.signature)];
  for (const one of originals) {
    for (const other of originals) yield swap(one, other);
    yield [letter(new Uint8Array(0), one.signature)];
    yield [letter(one.body, signatureOf(new Uint8Array(0)))];
    yield [signed(new Uint8Array(0))];
    yield [letter(bytesOf(one.signature), one.signature)];
  }
}

export const byteClasses: readonly MutationClass[] = [
  { name: 'a bit of the body flipped', atLeast: 800, holds: 'refused', make: flippedBodies },
  {
    name: 'a bit of the signature flipped',
    atLeast: 512,
    holds: 'refused',
    make: flippedSignatures,
  },
  { name: 'a byte more, less or another', atLeast: 1200, holds: 'both', make: edited },
  { name: 'the body cut at every length', atLeast: 800, holds: 'refused', make: cutBodies },
  { name: 'something in front or behind', atLeast: 200, holds: 'both', make: appended },
  { name: 'another encoding', atLeast: 180, holds: 'both', make: encoded },
  { name: 'another body’s signature', atLeast: 10, holds: 'both', make: exchanged },
];
