/** Taking a whole order back: an unpaid one is cancelled, the money of a paid one is returned. */
import { messageOf } from '../anomaly.ts';
import { randomName } from '../bytes.ts';
import type { CheckoutContext } from '../context.ts';
import {
  isPaybyFailure,
  PaybyError,
  saysOrderIsFinal,
  saysTryLater,
} from '../payby/payby-error.ts';
import { noSuchOrder, type OrderRecord } from '../stores/order-store.ts';
import { closeOrder } from './close-order.ts';
import { changeOrder } from './move-order.ts';
import { awaitsPaid } from './order-status.ts';
import { aloneAt } from './pursue-refund.ts';
import { orderNotFound } from './refund-order.ts';
import { afterRevoke, awaitsRevoke, pendingRevoke, withRevoke } from './revocation.ts';
import { settle } from './settle.ts';

/**
 * Takes an order back and answers it as it is then: `cancelled` when nobody had paid it, `refunded` when
 * somebody had, still `paid` while another process or PayBy is at it. One that is over already is answered
 * as it is.
 *
 * @throws OrderError when there is no such order, or all of its money is on its way back; PaybyError when
 *   PayBy refused; PaybyUnknownError when nobody knows: an open order is cancelled again, a paid one found
 *   out by `reconcile`
 */
export async function revokeOrder(ctx: CheckoutContext, id: string): Promise<OrderRecord> {
  const closed = await closeOrder(ctx, id, 'cancelled');
  if (closed === undefined) throw orderNotFound(id);
  if (closed.status !== 'paid') return closed;
  try {
    return await ctx.inTurn(id, () => revokePaid(ctx, id));
  } finally {
    // It may have turned out to be paid only now, and stayed so.
    const present = await ctx.store.get(id);
    if (present && awaitsPaid(present)) ctx.tellSoon(id);
  }
}

async function revokePaid(ctx: CheckoutContext, id: string): Promise<OrderRecord> {
  const { before, record } = await changeOrder(ctx, id, (present) =>
    withRevoke(present, `V${randomName()}`, ctx.clock.now()),
  );
  await pursueRevoke(ctx, record, !awaitsRevoke(before));
  return existing(ctx, id);
}

async function existing(ctx: CheckoutContext, id: string): Promise<OrderRecord> {
  const record = await ctx.store.get(id);
  if (record === undefined) throw noSuchOrder(id);
  return record;
}

/**
 * Asks PayBy for a revocation that is pending. One that may have been asked for before is looked up first:
 * PayBy does not document what it answers to a second one. What goes wrong is reported and thrown.
 */
async function pursueRevoke(
  ctx: CheckoutContext,
  record: OrderRecord,
  isNew: boolean,
): Promise<void> {
  const revoke = pendingRevoke(record);
  if (revoke === undefined) return;
  try {
    await aloneAt(ctx, revoke.id, async () => {
      const present = isNew ? record : await lookUp(ctx, record);
      if (awaitsRevoke(present)) await revokeAtPayby(ctx, present);
    });
  } catch (cause) {
    if (!isPaybyFailure(cause)) throw cause;
    const message = `the order could not be revoked: ${messageOf(cause)}`;
    ctx.anomalies.report({ code: 'refund-failed', message, orderId: record.id, cause });
    throw cause;
  }
}

async function revokeAtPayby(ctx: CheckoutContext, record: OrderRecord): Promise<void> {
  const { id } = record;
  try {
    const order = await ctx.payby.revokeOrder({ merchantOrderNo: id }, { retries: 0 });
    await settle(ctx, record, order);
  } catch (cause) {
    if (!(cause instanceof PaybyError) || saysTryLater(cause)) throw cause;
    if (saysOrderIsFinal(cause) && !awaitsRevoke(await lookUp(ctx, record))) return;
    const failure = { code: cause.code };
    await changeOrder(ctx, id, (present) => afterRevoke(present, ctx.clock.now(), failure));
    throw cause;
  }
}

async function lookUp(ctx: CheckoutContext, record: OrderRecord): Promise<OrderRecord> {
  const order = await ctx.payby.getOrder({ merchantOrderNo: record.id }, { retries: 0 });
  return (await settle(ctx, record, order)).record;
}

/**
 * Finds out what became of a revocation that was not answered, and asks for it again if PayBy did not do it.
 * What goes wrong at PayBy is reported. Callers have the order's turn.
 */
export async function followRevoke(ctx: CheckoutContext, id: string): Promise<void> {
  try {
    await pursueRevoke(ctx, await existing(ctx, id), false);
  } catch (cause) {
    if (!isPaybyFailure(cause)) throw cause;
  }
}
