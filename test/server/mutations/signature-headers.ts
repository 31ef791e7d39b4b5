/** The right signature, or what was one, in another spelling: only PayBy's own is taken. */
import * as fc from 'fast-check';
import { bytesOf, type Letter, letter, signatureOf, withHeader } from './letter.ts';
import { draw, drawNumbers, type MutationClass } from './mutation.ts';
import { partnerId } from './scene.ts';
import { genuine } from './texts.ts';

const body = bytesOf(genuine.payment);
const right = signatureOf(body);
const raw = Buffer.from(right, 'base64');
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const base64 = (...parts: readonly Uint8Array[]) => Buffer.concat(parts).toString('base64');
const zero = new Uint8Array(1);

const spellings: readonly string[] = [
  right.replaceAll('+', '-').replaceAll('/', '_'),
  `${right.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`,
  raw.toString('hex'),
  `0x${raw.toString('hex')}`,
  right.replaceAll('=', ''),
  right.replace('==', '='),
  `${right}=`,
  `${right}==`,
  `=${right}`,
  `${right}AAAA`,
  `AAAA${right}`,
  ` ${right}`,
  `${right}\t`,
  right.toLowerCase(),
  right.toUpperCase(),
  right.replace('==', '%3D%3D'),
  encodeURIComponent(right),
  `"${right}"`,
  `'${right}'`,
  `<${right}>`,
  `Bearer ${right}`,
  `sha256=${right}`,
  `SHA256withRSA ${right}`,
  `v1=${right}`,
  `t=1795341600000,v1=${right}`,
  `${right},${right}`,
  `${right}, AAAA`,
  `AAAA, ${right}`,
  `${right};${right}`,
  `${right} ${right}`,
  `${right}${right}`,
  Buffer.from(right).toString('base64'),
  base64(zero, raw),
  base64(raw, zero),
  base64(raw.subarray(1)),
  base64(raw.subarray(0, 255)),
  base64(Buffer.from(raw).reverse()),
  base64(new Uint8Array(256)),
  base64(new Uint8Array(256).fill(255)),
  base64(new Uint8Array(256).with(255, 1)),
  base64(bytesOf(genuine.payment)),
  '',
  '=',
  '====',
  'A',
  'AAAA',
  'null',
  'undefined',
  'true',
  'none',
  '[object Object]',
  'ünïcode',
  'A'.repeat(344),
  'A'.repeat(10_240),
  '='.repeat(10_240),
  right.repeat(30),
];

/** White space that Base64 readers like to overlook, at every fourth place. */
function* spaced() {
  for (let at = 1; at < right.length; at += 4) {
    for (const space of [' ', '\t'])
      yield [letter(body, right.slice(0, at) + space + right.slice(at))];
  }
}

/** The bits of the last character that stand for no byte: sixteen spellings of one signature. */
function* slack() {
  for (const character of alphabet) yield [letter(body, `${right.slice(0, 341)}${character}==`)];
}

function* spelled() {
  for (const spelling of spellings) yield [letter(body, spelling)];
  yield [letter(body, undefined)];
  yield* spaced();
  yield* slack();
}

function* replaced(seed: number) {
  const steps = drawNumbers(seed, 342, 62);
  for (const [at, step] of steps.entries()) {
    const other = alphabet[(alphabet.indexOf(right[at] ?? '') + 1 + step) % 64];
    yield [letter(body, right.slice(0, at) + other + right.slice(at + 1))];
  }
  const noise = fc.string({ unit: fc.constantFrom(...alphabet, '=', '-', ' '), maxLength: 700 });
  for (const text of draw(seed, 200, noise)) yield [letter(body, text)];
}

function* cut() {
  for (let length = 0; length < right.length; length += 1) {
    yield [letter(body, right.slice(0, length))];
  }
}

const bare: Letter = { body, headers: [] };

function* named() {
  for (const name of ['sign', 'Sign', 'SIGN', 'sIgN']) yield [withHeader(bare, name, right)];
  for (const name of [
    'signature',
    'x-sign',
    'sign-',
    'signs',
    '_sign',
    'authorization',
    'cookie',
  ]) {
    yield [withHeader(bare, name, right)];
  }
  for (const [one, other] of [
    [right, right],
    [right, ''],
    ['', right],
    [right, 'AAAA'],
    ['AAAA', right],
  ] as const) {
    yield [withHeader(withHeader(bare, 'sign', one), 'Sign', other)];
  }
  for (const partner of [
    partnerId,
    '200000004022',
    `${partnerId}0`,
    '',
    'null',
    '*',
    `${partnerId},200000004022`,
  ]) {
    yield [withHeader(letter(body, right), 'Partner-Id', partner)];
    yield [withHeader(letter(body, 'AAAA'), 'Partner-Id', partner)];
  }
  const twice = withHeader(letter(body, right), 'Partner-Id', partnerId);
  yield [withHeader(twice, 'partner-id', partnerId)];
}

export const signatureClasses: readonly MutationClass[] = [
  { name: 'the signature spelled otherwise', atLeast: 250, holds: 'both', make: spelled },
  { name: 'a character of the signature replaced', atLeast: 500, holds: 'refused', make: replaced },
  { name: 'the signature cut at every length', atLeast: 344, holds: 'refused', make: cut },
  { name: 'games with header names', atLeast: 30, holds: 'both', make: named },
];
