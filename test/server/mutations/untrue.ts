/** PayBy's own signature under what was not asked for. */
import * as fc from 'fast-check';
import { signed } from './letter.ts';
import { draw, type MutationClass } from './mutation.ts';
import { atPayby, ids, payeeMid, roles } from './scene.ts';
import { type Fields, money, payment, refund } from './texts.ts';

const statuses = [
  'CREATED',
  'PAID_SUCCESS',
  'SETTLED',
  'SETTLED_SUCCESS',
  'FAILURE',
  'SUCCESS',
  'REFUNDED_SETTLED',
  'AUTHORIZATION',
  'VOID',
  'PAID',
  'paid',
  'paid_success',
  'PAID_SUCCESS ',
  'PAID_SUCCESS\n',
  ' SETTLED',
  'SETTLED_SUCCESSFULLY',
  'NOT_PAID_SUCCESS',
  'ＰＡＩＤ',
  'UNHEARD_OF',
  '',
  ' ',
  '0',
  'true',
  'constructor',
  '__proto__',
  'toString',
  'pending',
  'refunded',
];

const strange: readonly unknown[] = [
  null,
  0,
  1,
  true,
  false,
  '',
  ' ',
  [],
  {},
  [[]],
  'x',
  2 ** 53,
  -1,
];

/** Numbers of others, in place of the order's own. */
const others = (key: 'merchantOrderNo' | 'orderNo') => roles.map((role) => atPayby(ids[role])[key]);

const paymentChanges: readonly Fields[] = [
  ...statuses.map((status) => ({ status })),
  ...statuses.map((status) => ({ status, revoked: 'true', paymentInfo: undefined })),
  ...['true', true, 'false', 'TRUE', ' true', 1, {}].map((revoked) => ({ revoked })),
  ...['AED', 'USD', 'aed', 'AE', 'AEDD', '', null, 784, ['AED']].map((currency) => ({
    totalAmount: { amount: 200, currency },
  })),
  ...[199.99, 200.01, 20000, 2, 0, 12.34, 200.001, -200, 1e12].map((amount) => ({
    totalAmount: money(amount),
  })),
  { totalAmount: { amount: '200.00', currency: 'AED' } },
  { totalAmount: [money(200)] },
  { totalAmount: undefined, amount: money(200) },
  ...others('merchantOrderNo').map((merchantOrderNo) => ({ merchantOrderNo })),
  ...others('orderNo').map((orderNo) => ({ orderNo })),
  ...['M572007254058', `${ids.open} `, ids.open.toLowerCase(), `${ids.open}\0`, '../notify'].map(
    (merchantOrderNo) => ({ merchantOrderNo }),
  ),
  { merchantOrderNo: undefined },
  { orderNo: undefined },
  ...['1', `${payeeMid}0`, ` ${payeeMid}`, undefined].map((other) => ({ payeeMid: other })),
  ...[
    'merchantOrderNo',
    'orderNo',
    'status',
    'totalAmount',
    'payeeMid',
    'paymentInfo',
    'revoked',
  ].flatMap((field) => strange.map((value) => ({ [field]: value }))),
  { paymentInfo: { paidAmount: money(0.01) } },
  { paymentInfo: { paidAmount: money(200, 'USD') } },
  { expiredTime: 0, status: 'FAILURE' },
];

const refundChanges: readonly Fields[] = [
  ...statuses.map((status) => ({ status })),
  ...[0.01, 49.99, 150, 150.01, 180, 200, 200.01, 1e6, 50.005, -50, 1e12].map((amount) => ({
    amount: money(amount),
  })),
  ...['USD', 'aed', '', null].map((currency) => ({ amount: { amount: 50, currency } })),
  { amount: { amount: '50.00', currency: 'AED' } },
  ...roles.map((role) => ({ originMerchantOrderNo: ids[role] })),
  ...others('orderNo').map((originOrderNo) => ({ originOrderNo })),
  ...[undefined, 'M572007254058', ''].map((originMerchantOrderNo) => ({ originMerchantOrderNo })),
  ...['R-partly-done', 'R-partly-pending', 'R-refunded'].flatMap((refundMerchantOrderNo) =>
    ['CREATED', 'REFUNDED_SETTLED', 'SUCCESS', 'FAILURE', 'DONE'].flatMap((status) =>
      [20, 50, 200].map((amount) => ({ refundMerchantOrderNo, status, amount: money(amount) })),
    ),
  ),
  ...[
    'refundMerchantOrderNo',
    'originMerchantOrderNo',
    'originOrderNo',
    'status',
    'amount',
  ].flatMap((field) => strange.map((value) => ({ [field]: value }))),
];

function* untruePayments() {
  for (const role of roles) {
    for (const change of paymentChanges) yield [signed(payment(role, change))];
  }
}

function* untrueRefunds() {
  for (const role of roles) {
    for (const change of refundChanges) yield [signed(refund(role, change))];
  }
}

/** Several things wrong, or right, at once. */
function* combined(seed: number) {
  const role = fc.constantFrom(...roles);
  const pick = (changes: readonly Fields[]) =>
    fc.tuple(role, fc.array(fc.constantFrom(...changes), { minLength: 2, maxLength: 3 }));
  const merged = (changes: readonly Fields[]): Fields => Object.assign({}, ...changes);
  for (const [of, changes] of draw(seed, 300, pick(paymentChanges))) {
    yield [signed(payment(of, merged(changes)))];
  }
  for (const [of, changes] of draw(seed, 300, pick(refundChanges))) {
    yield [signed(refund(of, merged(changes)))];
  }
}

export const untrueClasses: readonly MutationClass[] = [
  {
    name: 'signed payments that are not what was asked for',
    atLeast: 1500,
    holds: 'both',
    make: untruePayments,
  },
  { name: 'signed refunds that do not fit', atLeast: 1000, holds: 'both', make: untrueRefunds },
  { name: 'several things wrong at once', atLeast: 600, holds: 'both', make: combined },
];
