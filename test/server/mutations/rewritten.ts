/** The same JSON written again: other spaces, orders of keys and spellings of numbers. */
import * as fc from 'fast-check';
import { bytesOf, letter, signatureOf, signed } from './letter.ts';
import { draw, type MutationClass } from './mutation.ts';
import { genuine, paymentOf, refund, refundOf, written } from './texts.ts';

const originals = [
  { text: genuine.payment, value: paymentOf('open') },
  { text: genuine.refund, value: refundOf('paid') },
] as const;

/** Both as PayBy signed the original, which is refused, and as if PayBy had written it so. */
export function* bothWays(original: string, texts: Iterable<string>) {
  const signature = signatureOf(bytesOf(original));
  for (const text of texts) {
    yield [letter(bytesOf(text), signature)];
    yield [signed(text)];
  }
}

/** The value with the keys of every object in an order drawn from `ranks`. */
function shuffled(value: unknown, ranks: readonly number[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const rank = (index: number) => ranks[index % ranks.length] ?? 0;
  const entries = Object.entries(value).map((entry, index) => ({ entry, rank: rank(index) }));
  const sorted = entries.sort((one, other) => one.rank - other.rank);
  return Object.fromEntries(sorted.map(({ entry: [key, inner] }) => [key, shuffled(inner, ranks)]));
}

/** The value with the keys of every object in alphabetical order, as PayBy's own samples have them. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

function* rewritten(seed: number) {
  const ranks = fc.array(fc.nat(99), { minLength: 12, maxLength: 12 });
  for (const { text, value } of originals) {
    const spaced = [1, 2, 4, '\t', ' \n'].map((indent) => JSON.stringify(value, null, indent));
    const orders = draw(seed, 60, ranks).map((order) => written(shuffled(value, order)));
    const others = [
      JSON.stringify(value),
      JSON.stringify(sorted(value)),
      text.replaceAll(':', ': '),
      text.replaceAll(',', ', '),
      text.replaceAll('/', '\\/'),
      text.replaceAll('é', '\\u00e9'),
      text.replaceAll('SUCCESS', '\\u0053UCCESS'),
      text.replaceAll('"status"', '"st\\u0061tus"'),
    ];
    const texts = [...spaced, ...orders, ...others];
    yield* bothWays(text, texts);
    // Whoever verifies what was read and written again would take these.
    for (const canonical of [JSON.stringify(value), JSON.stringify(sorted(value))]) {
      const signature = signatureOf(bytesOf(canonical));
      for (const other of [text, ...texts]) yield [letter(bytesOf(other), signature)];
    }
  }
}

const numbers = [
  '200',
  '200.0',
  '200.000',
  '2e2',
  '2E2',
  '2e+2',
  '0.2e3',
  '20000e-2',
  '200.0000000000000001',
  '"200.00"',
  '"200"',
  '+200.00',
  '0200.00',
  '200.',
  '.2e3',
  '0xC8',
  '200,00',
  '2_00',
  '200.00AED',
  '200.001',
  '200.01',
  '199.99',
  '199.999',
  '199.99999999999999999',
  '-200.00',
  '-0',
  '0',
  '0.00',
  '20000',
  '2',
  '1e400',
  '-1e400',
  '1e308',
  '1e21',
  '9007199254740993',
  '1e-7',
  '4294967496',
  'NaN',
  'Infinity',
  'null',
  'true',
  '[200.00]',
  '{"amount":200.00}',
  '{}',
  '""',
  '200.00n',
  '9'.repeat(400),
  `200.${'0'.repeat(5_000)}`,
  `200.${'0'.repeat(30)}1`,
  `${'0'.repeat(3)}200`,
];

function* numbered() {
  const spellings = (text: string, sum: string) =>
    numbers.flatMap((number) => [
      text.replaceAll(`"amount":${sum}`, `"amount":${number}`),
      text.replace(`"amount":${sum}`, `"amount":${number}`),
    ]);
  yield* bothWays(genuine.payment, spellings(genuine.payment, '200.00'));
  const whole = refund('paid', { amount: { amount: 200, currency: 'AED' } });
  yield* bothWays(whole, spellings(whole, '200.00'));
}

export const rewrittenClasses: readonly MutationClass[] = [
  { name: 'the same JSON written again', atLeast: 580, holds: 'both', make: rewritten },
  { name: 'numbers spelled otherwise', atLeast: 380, holds: 'both', make: numbered },
];
