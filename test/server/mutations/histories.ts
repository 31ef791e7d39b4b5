/** Letters that come again, late, or in another order than they were written. */
import * as fc from 'fast-check';
import { bytesOf, type Letter, letter, signed } from './letter.ts';
import { draw, type MutationClass } from './mutation.ts';
import { type Role, roles } from './scene.ts';
import { genuine, money, payment, paymentOf, refund, written } from './texts.ts';

/** What PayBy may say over an order's life. */
function* lettersOf(role: Role): Generator<Letter> {
  const unpaid = { paymentInfo: undefined };
  yield signed(payment(role, { status: 'CREATED', ...unpaid }));
  yield signed(payment(role));
  yield signed(payment(role, { status: 'SETTLED' }));
  yield signed(payment(role, { status: 'FAILURE', ...unpaid }));
  yield signed(payment(role, { status: 'FAILURE', expiredTime: 1, ...unpaid }));
  yield signed(payment(role, { revoked: 'true' }));
  yield signed(payment(role, { status: 'FAILURE', revoked: 'true', ...unpaid }));
  yield signed(refund(role, { refundMerchantOrderNo: 'R-1' }));
  yield signed(refund(role, { refundMerchantOrderNo: 'R-1', status: 'CREATED' }));
  yield signed(refund(role, { refundMerchantOrderNo: 'R-1', status: 'FAILURE' }));
  yield signed(refund(role, { refundMerchantOrderNo: 'R-2', amount: money(150) }));
  yield signed(refund(role, { refundMerchantOrderNo: 'R-3', amount: money(100.01) }));
}

const lettersByRole = new Map(roles.map((role) => [role, [...lettersOf(role)]]));
const lettersFor = (role: Role): readonly Letter[] => lettersByRole.get(role) ?? [];

/** Every letter after every other, for an order in every state. */
function* pairs() {
  for (const role of roles) {
    for (const first of lettersFor(role)) {
      for (const second of lettersFor(role)) yield [first, second];
    }
  }
}

function* shuffles(seed: number) {
  for (const [index, role] of roles.entries()) {
    const order = fc.shuffledSubarray([...lettersFor(role)], { minLength: 3 });
    yield* draw(seed + index, 12, order);
  }
  const mixed = fc.array(fc.constantFrom(...roles.flatMap(lettersFor)), {
    minLength: 4,
    maxLength: 12,
  });
  yield* draw(seed, 60, mixed);
}

function* replays() {
  for (const role of roles) {
    for (const one of lettersFor(role)) yield Array.from({ length: 4 }, () => one);
  }
  const stamped = (change: object) => signed(written({ ...paymentOf('open'), ...change }));
  const stamps = [0, -1, 1, 1587113039189, 1e15, 1e300, '1795341600000', null, undefined];
  for (const notify_timestamp of stamps) {
    yield [stamped({ notify_timestamp }), signed(genuine.payment)];
    yield [signed(genuine.payment), stamped({ notify_timestamp })];
  }
  for (const notify_id of ['202611220001', '202611220002', '', null, 7, undefined]) {
    yield [signed(genuine.payment), stamped({ notify_id }), signed(genuine.payment)];
  }
}

/** A forger tries between PayBy's own letters. */
function* interleaved() {
  for (const role of roles) {
    const letters = lettersFor(role);
    for (const [index, one] of letters.entries()) {
      const other = letters[(index + 1) % letters.length];
      const sign = new Map(other?.headers).get('sign');
      const forged = letter(one.body, sign);
      yield [forged, one, forged, letter(bytesOf(payment(role)), 'AAAA'), one];
    }
  }
}

export const historyClasses: readonly MutationClass[] = [
  { name: 'two letters in every order', atLeast: 1100, holds: 'both', make: pairs },
  { name: 'whole histories shuffled', atLeast: 150, holds: 'both', make: shuffles },
  { name: 'replays, old and odd stamps', atLeast: 110, holds: 'both', make: replays },
  { name: 'forgeries between genuine letters', atLeast: 90, holds: 'both', make: interleaved },
];
