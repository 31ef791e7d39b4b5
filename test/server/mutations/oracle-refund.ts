/** What a signed refund must do to the orders. */
import { type Known, moneyOf, refused, textOf, type Verdict, type World } from './oracle.ts';
import { agrees, paid, returnedOf, same } from './oracle-payment.ts';
import { atPayby } from './scene.ts';

const statuses: Readonly<Record<string, 'pending' | 'succeeded' | 'failed'>> = {
  CREATED: 'pending',
  REFUNDED_SETTLED: 'pending',
  SUCCESS: 'succeeded',
  FAILURE: 'failed',
};

export function afterRefund(world: World, said: unknown): Verdict {
  const [id, word] = [textOf(said, 'refundMerchantOrderNo'), textOf(said, 'status')];
  const [origin, sum] = [textOf(said, 'originMerchantOrderNo'), moneyOf(said, 'amount')];
  if (!id || !word || !origin || !sum) return refused(400);
  const order = world.get(origin);
  if (order === undefined) return refused(404);
  const status = Object.hasOwn(statuses, word) ? statuses[word] : undefined;
  const known = order.refunds.find((one) => one.id === id);
  const isOfOrder =
    sum.currency === order.currency &&
    agrees(textOf(said, 'originOrderNo'), order.orderNo) &&
    (known === undefined || known.amount === sum.amount);
  const standing = afterAsking(order);
  if (status === undefined) return { ...refused(422, 'status-unknown'), ...standing.change };
  if (!isOfOrder) return { ...refused(422, 'refund-mismatch'), ...standing.change };
  if (!standing.isPaid) return refused(422, 'refund-mismatch');
  return noted(standing.order, { id, amount: sum.amount, status }, known);
}

/**
 * Money only goes back after it came: where that is news, PayBy is asked, and its word counts. `change` is
 * what comes of it when the refund itself is refused.
 */
function afterAsking(order: Known) {
  if (order.status === 'paid' || order.status === 'refunded') return { order, isPaid: true };
  if (atPayby(order.id).status !== 'PAID_SUCCESS') return { order, isPaid: false };
  const asked: Known = { ...order, status: 'paid', isOwed: true };
  return { order: asked, isPaid: true, change: toldAsPaid(asked) };
}

const toldAsPaid = (order: Known): Pick<Verdict, 'order' | 'heard'> => {
  const { order: told, heard } = paid(order);
  return { ...(told && { order: told }), ...(heard && { heard }) };
};

function noted(
  order: Known,
  news: Known['refunds'][number],
  known: Known['refunds'][number] | undefined,
): Verdict {
  const isNews = news.status === 'succeeded' || known?.status === 'pending';
  if (known && known.status !== news.status && !isNews) return refused(409);
  if (known?.status === news.status || !(known || isNews)) return same(order);
  const refunds = [...order.refunds.filter((one) => one !== known), news];
  const back = returnedOf(refunds);
  const whole = Math.round(order.amount * 100);
  if (back > whole)
    return { ...refused(422, 'refund-mismatch'), ...(order.isOwed && toldAsPaid(order)) };
  const isAll = order.status === 'paid' && back === whole;
  const after: Known = { ...order, refunds, isOwed: false, ...(isAll && { status: 'refunded' }) };
  // The parts of an order that was taken back as a whole are not told after it.
  const isHeard = news.status === 'succeeded' && (known || order.status !== 'refunded');
  const refundHeard = isHeard ? [`refunded ${order.id} ${news.id}`] : [];
  // A payment the shop never heard of and does not keep is told as a refund alone.
  const paidHeard = order.isOwed && !isAll ? [`paid ${order.id}`] : [];
  return { status: 200, order: after, heard: [...paidHeard, ...refundHeard] };
}
