/** Telling PayBy about an order: the first time, after an unknown outcome, and for a fresh tokenUrl. */

import { messageOf } from '../anomaly.ts';
import type { CheckoutContext } from '../context.ts';
import {
  isPaybyFailure,
  PaybyError,
  PaybyUnknownError,
  saysOrderIsFinal,
  saysTryLater,
} from '../payby/payby-error.ts';
import type { PlaceOrderRequest } from '../payby/payby-request.ts';
import type { OrderRecord } from '../stores/order-store.ts';
import { changeOrder } from './move-order.ts';
import { canFollow, isOpen } from './order-status.ts';
import { settle } from './settle.ts';

const minute = 60 * 1000;

/** PayBy's tokens lapse after about an hour; they are renewed before, ms. */
const tokenLifetime = 50 * minute;

/** Whether the order has a QR code that should still work. @param now epoch ms */
export const hasFreshToken = ({ tokenUrlAt }: OrderRecord, now: number): boolean =>
  tokenUrlAt !== undefined && now < tokenUrlAt + tokenLifetime;

/** Whether the order's QR code should be renewed now. @param now epoch ms */
export const needsRenewal = (record: OrderRecord, now: number): boolean =>
  record.tokenUrl !== undefined &&
  !hasFreshToken(record, now) &&
  now >= (record.renewalFailedAt ?? 0) + minute;

/**
 * Places an order that can be paid at PayBy, unless it has a fresh tokenUrl.
 *
 * @throws PaybyError when PayBy refused; a new order is `failed` then, unless the refusal is passing
 * @throws PaybyUnknownError when nobody knows; the order stays pending, and the same call is right
 */
export const placeOrder = (ctx: CheckoutContext, id: string): Promise<OrderRecord | undefined> =>
  ctx.placing.run(id, () => ctx.inTurn(id, () => placeIfDue(ctx, id)));

async function placeIfDue(ctx: CheckoutContext, id: string): Promise<OrderRecord | undefined> {
  const record = await ctx.store.get(id);
  const now = ctx.clock.now();
  if (!record || !isOpen(record) || record.closing || now >= record.expiresAt) return record;
  const isDue = record.tokenUrl === undefined || needsRenewal(record, now);
  return isDue ? placeAtPayby(ctx, record) : record;
}

/** The same for callers that have the order's turn already, whatever the age of its token. */
export async function placeAtPayby(
  ctx: CheckoutContext,
  record: OrderRecord,
): Promise<OrderRecord> {
  try {
    const placed = await ctx.payby.placeOrder(requestOf(record), { retries: 0 });
    const tokenUrl = record.eWallet ? placed.deepLink : placed.tokenUrl;
    const learned = tokenUrl ? { tokenUrl, tokenUrlAt: ctx.clock.now() } : {};
    const settled = await settle(ctx, record, placed.order, learned);
    if (settled.kind === 'mismatch' || settled.kind === 'unknown') throw notOurs();
    return settled.record;
  } catch (cause) {
    return refused(ctx, record, cause);
  }
}

async function refused(
  ctx: CheckoutContext,
  record: OrderRecord,
  cause: unknown,
): Promise<OrderRecord> {
  const { id } = record;
  if (!isPaybyFailure(cause)) throw cause;
  if (saysOrderIsFinal(cause)) {
    const order = await ctx.payby.getOrder({ merchantOrderNo: id }, { retries: 0 });
    return (await settle(ctx, record, order)).record;
  }
  ctx.anomalies.report({ code: 'place-failed', message: messageOf(cause), orderId: id, cause });
  const definite = cause instanceof PaybyError && !saysTryLater(cause);
  const { record: present } = await changeOrder(ctx, id, (current) =>
    afterRefusal(current, definite ? cause.code : undefined, ctx.clock.now()),
  );
  if (present.tokenUrl !== undefined) return present;
  if (!definite) ctx.follow(id);
  throw cause;
}

/**
 * Pure. The code a customer may be looking at, perhaps from another process, stays as good as it is, until
 * PayBy fails the order itself. @param code of a refusal that is not passing
 */
function afterRefusal(record: OrderRecord, code: string | undefined, now: number): OrderRecord {
  if (record.tokenUrl !== undefined) return { ...record, renewalFailedAt: now, updatedAt: now };
  if (code === undefined || !canFollow(record.status, 'failed')) return record;
  return { ...record, status: 'failed', failure: { code }, updatedAt: now };
}

const notOurs = () =>
  new PaybyUnknownError({
    operation: 'placeOrder',
    reason: 'unreadable',
    message: 'PayBy answered with an order that is not what was asked for',
  });

/** Always the same for the same record: PayBy then returns the order it has. */
function requestOf(record: OrderRecord): PlaceOrderRequest {
  const { id, subject, subjectAr, amount, currency, expiresAt, notifyUrl, eWallet } = record;
  return {
    merchantOrderNo: id,
    subject,
    ...(subjectAr !== undefined && { subjectAr }),
    totalAmount: { amount, currency },
    expiredTime: expiresAt,
    notifyUrl,
    ...(eWallet && { eWallet }),
  };
}
