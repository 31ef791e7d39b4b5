/** JSON that readers disagree about, or choke on. */
import * as fc from 'fast-check';
import { draw, type MutationClass } from './mutation.ts';
import { bothWays } from './rewritten.ts';
import { ids } from './scene.ts';
import { genuine, payment, paymentOf, refundOf, written } from './texts.ts';

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
  { name: 'keys given twice, and strange ones', atLeast: 700, holds: 'both', make: strangeKeys },
  { name: 'huge, deep and hollow JSON', atLeast: 380, holds: 'both', make: deep },
];
