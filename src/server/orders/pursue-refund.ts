/** Asking PayBy for a refund, or what became of it, until that is known. */
import { messageOf } from '../anomaly.ts';
import type { CheckoutContext } from '../context.ts';
import {
  isPaybyFailure,
  PaybyError,
  saysNoSuchRefund,
  saysTryLater,
} from '../payby/payby-error.ts';
import { noSuchOrder, type OrderRecord, type RefundRecord } from '../stores/order-store.ts';
import { noteRefund, takeRefund } from './take-refund.ts';

/** How long a process may be at a refund before another one takes over, ms. It needs three answers at most. */
const claimTime = 45_000;

/**
 * Runs `task` for a refund unless another process is at it; that one will note what comes of it.
 *
 * Callers have the order's turn.
 */
export async function aloneAt(
  ctx: CheckoutContext,
  refundId: string,
  task: () => Promise<unknown>,
): Promise<void> {
  const name = `refund/${refundId}`;
  const holder = ctx.holder();
  const now = ctx.clock.now();
  if (!(await ctx.store.claim(name, holder, now, now + claimTime))) return;
  try {
    await task();
  } finally {
    await ctx.store.release(name, holder);
  }
}

/**
 * Asks PayBy for a refund that is pending. One that may have been asked for before is looked up first: PayBy
 * may refuse to hear of it again for the very reason that it did it.
 *
 * @throws PaybyError when PayBy refused: the refund has `failed` then, unless the refusal is passing
 * @throws PaybyUnknownError when nobody knows: it stays pending
 */
export async function pursueRefund(
  ctx: CheckoutContext,
  order: OrderRecord,
  refund: RefundRecord,
  isNew: boolean,
): Promise<void> {
  // Another process may have ended it since it was read: placed again, a refused one might succeed.
  if (!isNew && !(await isPending(ctx, order.id, refund.id))) return;
  try {
    if (!isNew && (await lookUp(ctx, order, refund))) return;
    await place(ctx, order, refund);
  } catch (cause) {
    if (!isPaybyFailure(cause)) throw cause;
    const { id, amount } = refund;
    const message = `the refund ${id} of ${amount} ${order.currency}: ${messageOf(cause)}`;
    ctx.anomalies.report({ code: 'refund-failed', message, orderId: order.id, cause });
    throw cause;
  }
}

async function isPending(ctx: CheckoutContext, orderId: string, refundId: string) {
  const present = await ctx.store.get(orderId);
  return present?.refunds?.find(({ id }) => id === refundId)?.status === 'pending';
}

async function place(ctx: CheckoutContext, order: OrderRecord, refund: RefundRecord) {
  const { id, amount, reason } = refund;
  const request = {
    refundMerchantOrderNo: id,
    originMerchantOrderNo: order.id,
    amount: { amount, currency: order.currency },
    notifyUrl: order.notifyUrl,
    ...(reason !== undefined && { reason }),
  };
  try {
    const placed = await ctx.payby.placeRefund(request, { retries: 0 });
    await takeRefund(ctx, order, placed.refund);
  } catch (cause) {
    if (!(cause instanceof PaybyError) || saysTryLater(cause)) throw cause;
    // What was refused may have been done for another process, or before this one was restarted.
    if (await lookUp(ctx, order, refund)) return;
    const failure = { code: cause.code };
    await noteRefund(ctx, order.id, { id, amount, status: 'failed', failure });
    throw cause;
  }
}

/** Takes the refund as PayBy has it. @returns whether PayBy has it, for this order and amount */
async function lookUp(
  ctx: CheckoutContext,
  order: OrderRecord,
  refund: RefundRecord,
): Promise<boolean> {
  try {
    const number = { refundMerchantOrderNo: refund.id };
    const found = await ctx.payby.getRefund(number, { retries: 0 });
    const { verdict } = await takeRefund(ctx, order, found.refund);
    return verdict !== 'mismatch';
  } catch (cause) {
    if (saysNoSuchRefund(cause)) return false;
    throw cause;
  }
}

/**
 * Finds out what became of the order's pending refunds. One that never reached PayBy is placed again,
 * under its own number. What goes wrong at PayBy is reported. Callers have the order's turn.
 */
export async function followRefunds(ctx: CheckoutContext, orderId: string): Promise<void> {
  const order = await ctx.store.get(orderId);
  if (order === undefined) throw noSuchOrder(orderId);
  for (const refund of order.refunds ?? []) {
    if (refund.status !== 'pending' || refund.revoke) continue;
    try {
      await aloneAt(ctx, refund.id, () => pursueRefund(ctx, order, refund, false));
    } catch (cause) {
      if (!isPaybyFailure(cause)) throw cause;
    }
  }
}
