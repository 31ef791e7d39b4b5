/** Giving an order up, so that nobody can pay it any more, or learning that somebody did. */
import type { CheckoutContext } from '../context.ts';
import { isPaybyFailure, saysNoSuchOrder, saysOrderIsFinal } from '../payby/payby-error.ts';
import { messageOf } from '../report.ts';
import type { OrderRecord } from '../stores/order-store.ts';
import { isOpen } from './order-status.ts';
import { settle } from './settle.ts';

/** Why an order is given up. */
export type Reason = 'cancelled' | 'expired';

/**
 * Cancels an open order at PayBy and answers the record as it is then: closed, or paid after all.
 *
 * @throws PaybyError, PaybyUnknownError when the order may still be paid; it stays open, and is
 *   cancelled again at the next query
 */
export const closeOrder = (
  ctx: CheckoutContext,
  id: string,
  reason: Reason,
): Promise<OrderRecord | undefined> =>
  ctx.inTurn(id, async () => {
    const record = await ctx.store.get(id);
    return record && isOpen(record) ? cancelAtPayby(ctx, record, reason) : record;
  });

/** The same for callers that have the order's turn already. What goes wrong at PayBy is reported. */
export async function cancelAtPayby(
  ctx: CheckoutContext,
  record: OrderRecord,
  reason: Reason,
): Promise<OrderRecord> {
  const { id } = record;
  const closing = await ctx.store.patch(id, { closing: reason, updatedAt: ctx.clock.now() });
  try {
    const order = await ctx.payby.cancelOrder({ merchantOrderNo: id });
    return (await settle(ctx, closing, order)).record;
  } catch (cause) {
    if (!isPaybyFailure(cause)) throw cause;
    if (saysNoSuchOrder(cause) && record.orderNo === undefined) return neverPlaced(ctx, id, reason);
    const present = await lookAgain(ctx, closing);
    if (!isOpen(present)) return present;
    const message = `the order could not be cancelled: ${messageOf(cause)}`;
    if (!saysOrderIsFinal(cause))
      ctx.report({ code: 'cancel-failed', message, orderId: id, cause });
    throw cause;
  }
}

/** placeOrder never reached PayBy, and its QR code reached nobody: there is nothing to cancel. */
async function neverPlaced(ctx: CheckoutContext, id: string, to: Reason): Promise<OrderRecord> {
  return (await ctx.store.transition(id, to, { updatedAt: ctx.clock.now() })).record;
}

async function lookAgain(ctx: CheckoutContext, record: OrderRecord): Promise<OrderRecord> {
  try {
    const order = await ctx.payby.getOrder({ merchantOrderNo: record.id });
    return (await settle(ctx, record, order)).record;
  } catch (cause) {
    if (!isPaybyFailure(cause)) throw cause;
    ctx.report({ code: 'query-failed', message: messageOf(cause), orderId: record.id, cause });
    return record;
  }
}
