/** The same JSON written again, and JSON that readers disagree about. */
import * as fc from 'fast-check';
import { bytesOf, letter, signatureOf, signed } from './letter.ts';
import { draw, type MutationClass } from './mutation.ts';
import { ids } from './scene.ts';
import { genuine, payment, paymentOf, refund, refundOf, written } from './texts.ts';

const originals = [
  { text: genuine.payment, value: paymentOf('open') },
  { text: genuine.refund, value: refundOf('paid') },
] as const;

/** Both as PayBy signed the original, which is refused, and as if PayBy had written it so. */
function* bothWays(original: string, texts: Iterable<string>) {
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

function* rewritten(seed: number) {
  const ranks = fc.array(fc.nat(99), { minLength: 12, maxLength: 12 });
  for (const { text, value } of originals) {
    const spaced = [1, 2, 4, '\t', ' \n'].map((indent) => JSON.stringify(value, null, indent));
    const orders = draw(seed, 60, ranks).map((order) => written(shuffled(value, order)));
    const others = [
      JSON.stringify(JSON.parse(text)),
      text.replaceAll(':', ': '),
      text.replaceAll(',', ', '),
      text.replaceAll('/', '\\/'),
      text.replaceAll('é', '\\u00e9'),
      text.replaceAll('SUCCESS', '\\u0053UCCESS'),
      text.replaceAll('"status"', '"st\\u0061tus"'),
    ];
    yield* bothWays(text, [...spaced, ...orders, ...others]);
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

/** Inserts members at the beginning or the end of the object behind `"key":`, or of the whole. */
function* withMembers(text: string, key: string, members: string) {
  yield text.replace(`"${key}":{`, `"${key}":{${members},`);
  yield text.replace('{', `{${members},`);
  yield text.replace(/\}$/, `,${members}}`);
  yield text.replace(/\}\}$/, `,${members}}}`);
}

const orderKeys: readonly string[] = [
  '"status":"PAID_SUCCESS"',
  '"status":"CREATED"',
  '"status":"UNHEARD_OF"',
  '"status":["PAID_SUCCESS"]',
  '"totalAmount":{"amount":200.00,"currency":"AED"}',
  '"totalAmount":{"amount":1.00,"currency":"AED"}',
  '"totalAmount":{"amount":1.00,"amount":200.00,"currency":"USD","currency":"AED"}',
  '"amount":{"amount":50.00,"currency":"AED"}',
  '"amount":{"amount":500.00,"currency":"AED"}',
  `"merchantOrderNo":"${ids.other}"`,
  `"merchantOrderNo":"${ids.open}"`,
  `"originMerchantOrderNo":"${ids.partly}"`,
  '"acquireOrder":{}',
  '"acquireOrder":null',
  '"refundOrder":{}',
  '"refundOrder":null',
  `"acquireOrder":${written(paymentOf('other').acquireOrder)}`,
  `"refundOrder":${written(refundOf('partly').refundOrder)}`,
  '"__proto__":{"status":"PAID_SUCCESS"}',
  '"__proto__":null',
  '"__proto__":{"acquireOrder":{"status":"PAID_SUCCESS"}}',
  '"constructor":{"prototype":{"status":"PAID_SUCCESS"}}',
  '"constructor":null',
  '"prototype":{"revoked":"true"}',
  '"toString":"x"',
  '"hasOwnProperty":1',
  '"toJSON":"x"',
  '"then":"x"',
  '"":""',
  '"STATUS":"FAILURE"',
  '"status ":"FAILURE"',
  '"st\\u0061tus":"FAILURE"',
];

function* strangeKeys() {
  for (const members of orderKeys) {
    yield* bothWays(genuine.payment, withMembers(genuine.payment, 'acquireOrder', members));
    yield* bothWays(genuine.refund, withMembers(genuine.refund, 'refundOrder', members));
    const poor = payment('open', { status: undefined });
    yield* bothWays(poor, withMembers(poor, 'acquireOrder', members));
  }
}

const nested = (depth: number, open: string, close: string) =>
  `${open.repeat(depth)}1${close.repeat(depth)}`;

const extras = (depth: number): readonly string[] => [
  `"extra":${nested(depth, '[', ']')}`,
  `"extra":${nested(depth, '{"a":', '}')}`,
  `"paymentInfo":${nested(depth, '{"paidAmount":', '}')}`,
];

function* deep() {
  for (const depth of [10, 1_000, 5_000, 20_000, 60_000]) {
    for (const members of extras(depth)) {
      yield* bothWays(genuine.payment, withMembers(genuine.payment, 'acquireOrder', members));
    }
  }
  for (const size of [1_000, 100_000, 262_144 - genuine.payment.length - 10, 262_144, 400_000]) {
    const members = `"extra":"${'x'.repeat(size)}"`;
    yield* bothWays(genuine.payment, withMembers(genuine.payment, 'acquireOrder', members));
  }
  const documents = ['', ' ', 'null', 'true', '0', '"paid"', '[]', '{}', '{', '[{}]', 'undefined'];
  const hollow = ['{"acquireOrder":[]}', '{"acquireOrder":"x"}', '{"refundOrder":[]}'];
  const around = [`[${genuine.payment}]`, `{"body":${genuine.payment}}`, `(${genuine.payment})`];
  const loose = [genuine.payment.replaceAll('"', "'"), genuine.payment.replace(/\}$/, ',}')];
  yield* bothWays(genuine.payment, [...documents, ...hollow, ...around, ...loose]);
  const any = fc.json({ maxDepth: 3 });
  yield* bothWays(genuine.payment, draw(7, 100, any));
}

export const jsonClasses: readonly MutationClass[] = [
  { name: 'the same JSON written again', atLeast: 280, holds: 'both', make: rewritten },
  { name: 'numbers spelled otherwise', atLeast: 380, holds: 'both', make: numbered },
  { name: 'keys given twice, and strange ones', atLeast: 700, holds: 'both', make: strangeKeys },
  { name: 'huge, deep and hollow JSON', atLeast: 380, holds: 'both', make: deep },
];
