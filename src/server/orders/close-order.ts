/** Giving an order up, so that nobody can pay it any more, or learning that somebody did. */
import { messageOf } from '../anomaly.ts';
import type { CheckoutContext } from '../context.ts';
import {
  isPaybyFailure,
  type PaybyError,
  PaybyUnknownError,
  saysNoSuchOrder,
  saysOrderIsFinal,
  saysOrderIsPaid,
} from '../payby/payby-error.ts';
import type { OrderRecord } from '../stores/order-store.ts';
import { inBackground } from './in-background.ts';
import { changeOrder, moveOrder } from './move-order.ts';
import { awaitsPaid, isOpen } from './order-status.ts';
import { settle } from './settle.ts';

/** Why an order is given up. */
export type Reason = 'cancelled' | 'expired';

/** How long after its end an order is cancelled, ms: PayBy's acceptance case 002 wants 20 to 120 s. */
const graceAfterEnd = 20_000;

/** How long an order whose placeOrder was not answered waits to be asked for again, ms. */
const graceAfterCreate = 30_000;

/** The pause between two tries to cancel, ms: PayBy's acceptance case 005 wants 3–10 s. */
const cancelInterval = 3_000;

/**
 * Why an order is to be cancelled now, if it is: the shop or its customer said so, its time is over, or
 * placeOrder was never answered and nobody asked for it again.
 */
export function cancelOn(record: OrderRecord, now: number): Reason | undefined {
  const { closing, expiresAt, createdAt, tokenUrl } = record;
  if (!isOpen(record)) return undefined;
  if (closing) return closing;
  if (now >= expiresAt + graceAfterEnd) return 'expired';
  return tokenUrl === undefined && now >= createdAt + graceAfterCreate ? 'cancelled' : undefined;
}

/**
 * Cancels an open order at PayBy and answers the record as it is then: closed, or paid after all.
 *
 * @throws PaybyError, PaybyUnknownError when the order may still be paid; it stays open, and is
 *   cancelled again every 3 s, by PayBy's acceptance cases 005 and 006
 */
export const closeOrder = (
  ctx: CheckoutContext,
  id: string,
  reason: Reason,
): Promise<OrderRecord | undefined> =>
  ctx.inTurn(id, async () => {
    const record = await ctx.store.get(id);
    if (!record || !isOpen(record)) return record;
    if (ctx.timers.has(`cancel/${id}`)) throw underWay();
    return cancelAtPayby(ctx, record, reason);
  });

/**
 * Cancels an order that PayBy itself has called expired, as PayBy's acceptance case 002 asks: there is
 * nothing left to cancel as a rule, and a payment that came in its last moment is heard of.
 *
 * @param delay ms
 */
export function confirmExpiry(ctx: CheckoutContext, id: string, delay = graceAfterEnd): void {
  const confirm = async () => {
    const present = await ctx.inTurn(id, () => cancelExpired(ctx, id));
    if (present && awaitsPaid(present)) ctx.tellSoon(id);
  };
  ctx.timers.later(`expiry/${id}`, delay, () => void inBackground(ctx, id, confirm));
}

async function cancelExpired(ctx: CheckoutContext, id: string): Promise<OrderRecord | undefined> {
  const record = await ctx.store.get(id);
  if (record?.status !== 'expired') return undefined;
  try {
    await ctx.payby.cancelOrder({ merchantOrderNo: id }, { retries: 0 });
    ctx.courses.ended(`cancel/${id}`);
    return record;
  } catch (cause) {
    if (!isPaybyFailure(cause)) throw cause;
    if (!saysOrderIsPaid(cause)) {
      const isOver = saysOrderIsFinal(cause) || saysNoSuchOrder(cause);
      if (!isOver) noteFailure(ctx, id, cause, () => confirmExpiry(ctx, id, cancelInterval));
      return record;
    }
    const present = await lookAgain(ctx, record, true);
    // A payment PayBy could not show yet must not be forgotten.
    if (present.status === 'expired') confirmExpiry(ctx, id);
    return present;
  }
}

const underWay = () =>
  new PaybyUnknownError({
    operation: 'cancelOrder',
    reason: 'gateway',
    message: 'the order is being cancelled, and PayBy has not confirmed it yet',
  });

const stillOpen = () =>
  new PaybyUnknownError({
    operation: 'cancelOrder',
    reason: 'unreadable',
    message: 'PayBy did not answer that the order is over',
  });

/** The same for callers that have the order's turn already. What goes wrong at PayBy is reported. */
export async function cancelAtPayby(
  ctx: CheckoutContext,
  record: OrderRecord,
  reason: Reason,
): Promise<OrderRecord> {
  const { id } = record;
  const updatedAt = ctx.clock.now();
  const { record: closing } = await changeOrder(ctx, id, (present) =>
    isOpen(present) ? { ...present, closing: reason, updatedAt } : present,
  );
  if (!isOpen(closing)) return closing;
  try {
    const order = await ctx.payby.cancelOrder({ merchantOrderNo: id }, { retries: 0 });
    const { record: present } = await settle(ctx, closing, order);
    if (isOpen(present)) throw stillOpen();
    return present;
  } catch (cause) {
    if (!isPaybyFailure(cause)) throw cause;
    if (saysNoSuchOrder(cause) && record.orderNo === undefined) return neverPlaced(ctx, id, reason);
    const present = await lookAgain(ctx, closing, saysOrderIsFinal(cause));
    if (!isOpen(present)) return present;
    noteFailure(ctx, id, cause, () =>
      ctx.timers.later(`cancel/${id}`, cancelInterval, () => ctx.giveUp(id, reason)),
    );
    throw cause;
  }
}

/** Cancels `again` soon, or gives it up and tells a responsible person. */
function noteFailure(
  ctx: CheckoutContext,
  id: string,
  cause: PaybyError | PaybyUnknownError,
  again: () => void,
): void {
  const message = `the order could not be cancelled: ${messageOf(cause)}`;
  ctx.anomalies.report({ code: 'cancel-failed', message, orderId: id, cause });
  if (!ctx.courses.failed(`cancel/${id}`, ctx.clock.now())) {
    again();
    return;
  }
  const given = `the order cannot be cancelled, and may still be paid: ${messageOf(cause)}`;
  ctx.anomalies.report({ code: 'cancel-gave-up', message: given, orderId: id, cause });
}

/** placeOrder never reached PayBy, and its QR code reached nobody: there is nothing to cancel. */
async function neverPlaced(ctx: CheckoutContext, id: string, to: Reason): Promise<OrderRecord> {
  return (await moveOrder(ctx, id, to, { updatedAt: ctx.clock.now() })).record;
}

/** A cancel that was not answered may have been done; a query tells, if one may be made now. */
async function lookAgain(
  ctx: CheckoutContext,
  record: OrderRecord,
  isFinal: boolean,
): Promise<OrderRecord> {
  const now = ctx.clock.now();
  const until = now + ctx.queryInterval;
  const mayAsk = await ctx.store.claim(`query/${record.id}`, ctx.holder(), now, until);
  if (!isFinal && !mayAsk) return record;
  try {
    const order = await ctx.payby.getOrder({ merchantOrderNo: record.id }, { retries: 0 });
    return (await settle(ctx, record, order)).record;
  } catch (cause) {
    if (!isPaybyFailure(cause)) throw cause;
    ctx.anomalies.report({
      code: 'query-failed',
      message: messageOf(cause),
      orderId: record.id,
      cause,
    });
    return record;
  }
}
