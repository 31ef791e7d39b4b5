/** Asking PayBy how an order stands: once per interval, whoever wants to know, and never once final. */

import type { CheckoutContext } from '../context.ts';
import { isPaybyFailure, saysNoSuchOrder } from '../payby/payby-error.ts';
import { messageOf } from '../report.ts';
import type { OrderRecord } from '../stores/order-store.ts';
import { cancelAtPayby } from './close-order.ts';
import { afterShop } from './fulfil.ts';
import { isOpen } from './order-status.ts';
import { hasFreshToken, needsRenewal, placeAtPayby } from './place-order.ts';
import { settle } from './settle.ts';

/**
 * The record after a query, if one is due, and after `onPaid` if it is paid. PayBy's failures are
 * survived: they are reported, and the record is answered as it is.
 *
 * @throws only what the store throws
 */
export async function currentOrder(
  ctx: CheckoutContext,
  id: string,
): Promise<OrderRecord | undefined> {
  const record = await ctx.querying(id, () => ctx.inTurn(id, () => queryIfDue(ctx, id)));
  return record && afterShop(ctx, record);
}

async function queryIfDue(ctx: CheckoutContext, id: string): Promise<OrderRecord | undefined> {
  const record = await ctx.store.get(id);
  if (record === undefined || !isOpen(record)) return record;
  const now = ctx.clock.now();
  const isDue = await ctx.store.claimQuery(id, now, lastQueryAllowed(ctx, record, now));
  return isDue ? query(ctx, record, now) : record;
}

/**
 * The interval is broken once in an order's life: as it expires, so that a customer whose countdown
 * ends learns the truth at once.
 */
function lastQueryAllowed(ctx: CheckoutContext, { expiresAt }: OrderRecord, now: number): number {
  const intervalAgo = now - ctx.queryInterval;
  return now < expiresAt ? intervalAgo : Math.max(intervalAgo, expiresAt - 1);
}

async function query(ctx: CheckoutContext, record: OrderRecord, now: number): Promise<OrderRecord> {
  const { id, expiresAt } = record;
  let present = record;
  try {
    present = await ask(ctx, record, now);
  } catch (cause) {
    if (!isPaybyFailure(cause)) throw cause;
    ctx.report({ code: 'query-failed', message: messageOf(cause), orderId: id, cause });
    return record;
  }
  const reason = record.closing ?? (now < expiresAt ? undefined : 'expired');
  if (!isOpen(present) || reason === undefined) return present;
  try {
    return await cancelAtPayby(ctx, present, reason);
  } catch (cause) {
    // Reported there; the next query cancels again.
    if (isPaybyFailure(cause)) return present;
    throw cause;
  }
}

async function ask(ctx: CheckoutContext, record: OrderRecord, now: number): Promise<OrderRecord> {
  if (needsRenewal(record, now) && record.closing === undefined && now < record.expiresAt) {
    // The same placeOrder again answers the present order too, so a renewal costs no second call.
    const renewed = await placeAtPayby(ctx, record);
    if (!isOpen(renewed) || hasFreshToken(renewed, now)) return renewed;
  }
  try {
    const order = await ctx.payby.getOrder({ merchantOrderNo: record.id });
    return (await settle(ctx, record, order)).record;
  } catch (cause) {
    // Its placeOrder was never answered: PayBy need not have it.
    if (saysNoSuchOrder(cause) && record.orderNo === undefined) return record;
    throw cause;
  }
}
