/** The one way from what PayBy says, signed, to what the shop believes. */
import { type OrderStatus, statusOf } from '../../protocol.ts';
import { messageOf } from '../anomaly.ts';
import type { CheckoutContext } from '../context.ts';
import type { PaybyOrder } from '../payby/payby-order.ts';
import type { OrderPatch, OrderRecord } from '../stores/order-store.ts';
import { changeOrder } from './move-order.ts';
import { canFollow, isOpen } from './order-status.ts';
import { afterRevoke, awaitsRevoke, wasRevoked } from './revocation.ts';

/** What PayBy's order means for a record. */
export type Verdict =
  | { kind: 'status'; to: OrderStatus; patch: OrderPatch }
  /** PayBy's order is not what was asked for: nothing may change. */
  | { kind: 'mismatch'; message: string }
  /** A status nobody knows, never taken for paid: nothing may change. */
  | { kind: 'unknown'; message: string };

/** Pure. @param now epoch ms */
export function judge(record: OrderRecord, order: PaybyOrder, now: number): Verdict {
  const message = mismatchOf(record, order);
  if (message) return { kind: 'mismatch', message };
  const status = statusOf(order.raw, now);
  if (status === undefined)
    return { kind: 'unknown', message: `PayBy's status is ${order.status}` };
  return {
    kind: 'status',
    to: named(status, record, order, now),
    patch: patchOf(record, order, status, now),
  };
}

/**
 * What was paid is not compared: a discount of PayBy's can put `paidAmount` below the total. Whom PayBy
 * pays need not be the partner id, but it stays the same over an order's life.
 */
function mismatchOf(record: OrderRecord, order: PaybyOrder): string | undefined {
  const asked = `${record.amount} ${record.currency}`;
  const said = `${order.totalAmount.amount} ${order.totalAmount.currency}`;
  const { payeeMid } = order.raw;
  if (order.merchantOrderNo !== record.id) return `PayBy speaks of order ${order.merchantOrderNo}`;
  if (order.orderNo && record.orderNo && order.orderNo !== record.orderNo) {
    return `PayBy's number is ${order.orderNo}, it was ${record.orderNo}`;
  }
  if (payeeMid && record.payeeMid && payeeMid !== record.payeeMid) {
    return `PayBy's order is for the merchant ${payeeMid}, it was for ${record.payeeMid}`;
  }
  return asked === said ? undefined : `PayBy's order is for ${said}, asked for was ${asked}`;
}

/** PayBy knows one kind of failure; the shop remembers which one it asked for, and when the order ends. */
function named(
  status: OrderStatus,
  { closing, expiresAt }: OrderRecord,
  { failCode }: PaybyOrder,
  now: number,
): OrderStatus {
  if (status !== 'failed' && status !== 'expired') return status;
  return closing ?? (now >= expiresAt && !failCode ? 'expired' : status);
}

function patchOf(
  { currency }: OrderRecord,
  order: PaybyOrder,
  status: OrderStatus,
  now: number,
): OrderPatch {
  const { orderNo, paidAmount, paidTime, failCode, failDes, raw } = order;
  return {
    updatedAt: now,
    ...(orderNo && { orderNo }),
    ...(raw.payeeMid && { payeeMid: raw.payeeMid }),
    ...(status === 'paid' && { paidAt: paidTime ?? now }),
    ...(paidAmount?.currency === currency && { paidAmount: paidAmount.amount }),
    ...(failCode && { failure: { code: failCode, ...(failDes && { message: failDes }) } }),
  };
}

export interface Settlement {
  /** `outdated`: PayBy's word is older than what is known, and nothing changed. */
  kind: Verdict['kind'] | 'outdated';
  /** The record as it is now. */
  record: OrderRecord;
}

/** What is learned beside the order itself, and kept whether it moves or not. */
export type Learned = Pick<OrderPatch, 'tokenUrl' | 'tokenUrlAt'>;

/** Judges and stores. What must not happen silently is reported; the shop is told of it soon. */
export async function settle(
  ctx: CheckoutContext,
  record: OrderRecord,
  order: PaybyOrder,
  learned: Learned = {},
): Promise<Settlement> {
  const orderId = record.id;
  const verdict = judge(record, order, ctx.clock.now());
  if (verdict.kind !== 'status') {
    const code = verdict.kind === 'mismatch' ? 'order-mismatch' : 'status-unknown';
    ctx.anomalies.report({ code, message: verdict.message, orderId });
    return { kind: verdict.kind, record };
  }
  const { patch } = verdict;
  let { to } = verdict;
  const { before, record: present } = await changeOrder(ctx, orderId, (current) => {
    // Another process may have begun to give the order up since it was read.
    to = named(verdict.to, current, order, patch.updatedAt);
    if (!canFollow(current.status, to)) return withNews(current, patch, learned);
    const moved = { ...current, ...patch, ...learned, status: to };
    return to === 'refunded' ? afterRevoke(moved, patch.updatedAt) : moved;
  });
  if (present.status === before.status) return unmoved(ctx, present, to, order);
  if (to === 'expired' && !before.closing) ctx.confirmExpiry(orderId);
  if (to === 'paid' && !isOpen(before)) await paidLate(ctx, present, before.status);
  if (to === 'refunded' && !awaitsRevoke(before)) {
    const message = `PayBy gave the money back; the order was ${before.status}`;
    ctx.anomalies.report({ code: 'refunded', message, orderId });
  }
  return { kind: 'status', record: present };
}

const isUnpaidEnd = (status: OrderStatus): boolean =>
  status === 'failed' || status === 'expired' || status === 'cancelled';

/**
 * Whether an order may be called `to` although it does not move there. It keeps being paid at PayBy after
 * all of it was refunded, and every end without a payment is one to PayBy.
 */
const isKnown = (present: OrderRecord, to: OrderStatus): boolean =>
  present.status === to ||
  isOpen(present) ||
  (isUnpaidEnd(present.status) && isUnpaidEnd(to)) ||
  (to === 'paid' && present.status === 'refunded' && !wasRevoked(present));

/** PayBy's number, and whom it pays, are learned even where the order does not move. Pure. */
function withNews(current: OrderRecord, patch: OrderPatch, learned: Learned): OrderRecord {
  const { updatedAt, orderNo, payeeMid } = patch;
  const news = {
    ...(orderNo !== undefined && current.orderNo === undefined && { orderNo }),
    ...(payeeMid !== undefined && current.payeeMid === undefined && { payeeMid }),
    ...learned,
  };
  return Object.keys(news).length === 0 ? current : { ...current, ...news, updatedAt };
}

/** PayBy says what is known already, or too late. */
function unmoved(
  ctx: CheckoutContext,
  present: OrderRecord,
  to: OrderStatus,
  { status }: PaybyOrder,
): Settlement {
  if (present.status === 'paid' && isUnpaidEnd(to)) {
    const message = `PayBy says ${status}; the order is paid`;
    ctx.anomalies.report({ code: 'status-conflict', message, orderId: present.id });
  }
  return { kind: isKnown(present, to) ? 'status' : 'outdated', record: present };
}

/** The customer may have a newer order for the same purchase open: nobody shall pay that as well. */
async function paidLate(
  ctx: CheckoutContext,
  { id, reference }: OrderRecord,
  from: OrderStatus,
): Promise<void> {
  const rival = reference === undefined ? undefined : await openRival(ctx, id, reference);
  const also = rival ? `; the open order ${rival.id} of the same reference is cancelled` : '';
  const message = `PayBy says paid; the order was ${from}${also}`;
  ctx.anomalies.report({ code: 'paid-after-close', message, orderId: id });
  if (rival) ctx.giveUp(rival.id, 'cancelled');
}

/** A store that cannot tell must not cost the payment its recognition. */
async function openRival(ctx: CheckoutContext, orderId: string, reference: string) {
  try {
    return await ctx.store.findOpen(reference);
  } catch (cause) {
    ctx.anomalies.report({ code: 'internal', message: messageOf(cause), orderId, cause });
    return undefined;
  }
}
