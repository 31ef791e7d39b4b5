/** What a signed payment must do to the orders. */
import { start } from '../support/fake-clock.ts';
import {
  fieldOf,
  type Known,
  moneyOf,
  refused,
  textOf,
  type Verdict,
  type World,
} from './oracle.ts';

/** What PayBy's words come to; undefined for words nobody knows. */
type Meaning = 'pending' | 'paid' | 'unpaid' | 'returned';

export function afterPayment(world: World, said: unknown): Verdict {
  const [id, word] = [textOf(said, 'merchantOrderNo'), textOf(said, 'status')];
  const total = moneyOf(said, 'totalAmount');
  if (!id || !word || !total) return refused(400);
  const order = world.get(id);
  if (order === undefined) return refused(404);
  const isAsked =
    total.amount === order.amount &&
    total.currency === order.currency &&
    agrees(textOf(said, 'orderNo'), order.orderNo) &&
    agrees(payeeOf(said), order.payeeMid);
  if (!isAsked) return refused(422, 'order-mismatch');
  const meaning = meaningOf(word, said);
  return meaning ? follow(order, meaning, said) : refused(422, 'status-unknown');
}

function payeeOf(said: unknown): string | undefined {
  const payee = fieldOf(said, 'payeeMid');
  return typeof payee === 'string' && payee !== '' ? payee : undefined;
}

/** What is not said, or not known, contradicts nothing. */
export const agrees = (said: string | undefined, known: string | undefined): boolean =>
  said === undefined || known === undefined || said === known;

function meaningOf(word: string, said: unknown): Meaning | undefined {
  const isPaid = ['PAID_SUCCESS', 'SETTLED', 'SETTLED_SUCCESS'].includes(word);
  const revoked = fieldOf(said, 'revoked');
  if (revoked === 'true' || revoked === true) {
    return isPaid || typeof fieldOf(said, 'paymentInfo') === 'object' ? 'returned' : 'unpaid';
  }
  if (isPaid) return 'paid';
  if (word === 'FAILURE') return 'unpaid';
  return word === 'CREATED' ? 'pending' : undefined;
}

const isOpen = ({ status }: Known) => status === 'pending' || status === 'scanned';
const isUnpaid = ({ status }: Known) => ['failed', 'expired', 'cancelled'].includes(status);

/** What went back bit by bit leaves PayBy's order paid; what was taken back as a whole does not. */
const wasPaidToTheEnd = (order: Known) =>
  order.status === 'refunded' && returnedOf(order.refunds) === Math.round(order.amount * 100);

/** What went back bit by bit, in fils. */
export const returnedOf = (refunds: Known['refunds']): number =>
  refunds
    .filter(({ status }) => status === 'succeeded')
    .reduce((sum, { amount }) => sum + Math.round(amount * 100), 0);

function follow(order: Known, meaning: Meaning, said: unknown): Verdict {
  switch (meaning) {
    case 'pending':
      return isOpen(order) ? same(order) : refused(409);
    case 'unpaid':
      if (isOpen(order)) return ended(order, endOf(said));
      return isUnpaid(order) ? same(order) : refused(409);
    case 'paid':
      if (isOpen(order) || isUnpaid(order)) return paid(order);
      return order.status === 'paid' || wasPaidToTheEnd(order) ? same(order) : refused(409);
    case 'returned':
      if (order.status === 'refunded') return same(order);
      return {
        status: 200,
        order: { ...order, status: 'refunded', isOwed: false },
        heard: [`refunded ${order.id} whole`],
      };
  }
}

function endOf(said: unknown): Known['status'] {
  const revoked = fieldOf(said, 'revoked');
  if (revoked === 'true' || revoked === true) return 'cancelled';
  const expired = fieldOf(said, 'expiredTime');
  return typeof expired === 'number' && expired <= start ? 'expired' : 'failed';
}

const ended = (order: Known, status: Known['status']): Verdict => ({
  status: 200,
  order: { ...order, status },
  heard: [`${status} ${order.id}`],
});

export const paid = (order: Known): Verdict => ({
  status: 200,
  order: { ...order, status: 'paid', isOwed: false },
  heard: [`paid ${order.id}`],
});

/** Nothing new, except to a shop that still has to hear of the payment. */
export const same = (order: Known): Verdict => (order.isOwed ? paid(order) : { status: 200 });
