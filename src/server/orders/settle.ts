/** The one way from what PayBy says, signed, to what the shop believes. */
import { type OrderStatus, statusOf } from '../../protocol.ts';
import type { CheckoutContext } from '../context.ts';
import type { PaybyOrder } from '../payby/payby-order.ts';
import { messageOf } from '../report.ts';
import type { OrderPatch, OrderRecord } from '../stores/order-store.ts';
import { isOpen } from './order-status.ts';

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
  return { kind: 'status', to: named(status, record), patch: patchOf(record, order, status, now) };
}

/**
 * What was paid is not compared: a discount of PayBy's can put `paidAmount` below the total. Nor is
 * `payeeMid`, which need not be the partner id; the signature is made for this merchant alone.
 */
function mismatchOf(record: OrderRecord, order: PaybyOrder): string | undefined {
  const asked = `${record.amount} ${record.currency}`;
  const said = `${order.totalAmount.amount} ${order.totalAmount.currency}`;
  if (order.merchantOrderNo !== record.id) return `PayBy speaks of order ${order.merchantOrderNo}`;
  if (order.orderNo && record.orderNo && order.orderNo !== record.orderNo) {
    return `PayBy's number is ${order.orderNo}, it was ${record.orderNo}`;
  }
  return asked === said ? undefined : `PayBy's order is for ${said}, asked for was ${asked}`;
}

/** PayBy knows one kind of failure; the shop remembers which one it asked for. */
const named = (status: OrderStatus, { closing }: OrderRecord): OrderStatus =>
  closing && (status === 'failed' || status === 'expired') ? closing : status;

function patchOf(
  { currency }: OrderRecord,
  order: PaybyOrder,
  status: OrderStatus,
  now: number,
): OrderPatch {
  const { orderNo, paidAmount, paidTime, failCode, failDes } = order;
  return {
    updatedAt: now,
    ...(orderNo && { orderNo }),
    ...(status === 'paid' && { paidAt: paidTime ?? now }),
    ...(paidAmount?.currency === currency && { paidAmount: paidAmount.amount }),
    ...(failCode && { failure: { code: failCode, ...(failDes && { message: failDes }) } }),
  };
}

export interface Settlement {
  kind: Verdict['kind'];
  /** The record as it is now. */
  record: OrderRecord;
}

/** Judges and stores. What must not happen silently is reported; `onPaid` is the caller's to run. */
export async function settle(
  ctx: CheckoutContext,
  record: OrderRecord,
  order: PaybyOrder,
): Promise<Settlement> {
  const orderId = record.id;
  const verdict = judge(record, order, ctx.clock.now());
  if (verdict.kind !== 'status') {
    const code = verdict.kind === 'mismatch' ? 'order-mismatch' : 'status-unknown';
    ctx.report({ code, message: verdict.message, orderId });
    return { kind: verdict.kind, record };
  }
  const { to, patch } = verdict;
  const { record: present, from, changed } = await ctx.store.transition(orderId, to, patch);
  if (!changed) return { kind: 'status', record: await unmoved(ctx, present, to, order) };
  if (to === 'paid' && !isOpen({ status: from })) await paidLate(ctx, present, from);
  if (to === 'refunded') {
    const message = `PayBy gave the money back; the order was ${from}`;
    ctx.report({ code: 'refunded', message, orderId });
  }
  return { kind: 'status', record: present };
}

/** PayBy says what is known already, or too late. Its number is learned even so. */
async function unmoved(
  ctx: CheckoutContext,
  present: OrderRecord,
  to: OrderStatus,
  { status, orderNo }: PaybyOrder,
): Promise<OrderRecord> {
  const { id } = present;
  if (present.status === 'paid' && ['failed', 'expired', 'cancelled'].includes(to)) {
    const message = `PayBy says ${status}; the order is paid`;
    ctx.report({ code: 'status-conflict', message, orderId: id });
  }
  if (orderNo === undefined || present.orderNo !== undefined) return present;
  return ctx.store.patch(id, { orderNo, updatedAt: ctx.clock.now() });
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
  ctx.report({ code: 'paid-after-close', message, orderId: id });
  if (rival) ctx.giveUp(rival.id);
}

/** A store that cannot tell must not cost the payment its recognition. */
async function openRival(ctx: CheckoutContext, orderId: string, reference: string) {
  try {
    return await ctx.store.findOpen(reference);
  } catch (cause) {
    ctx.report({ code: 'internal', message: messageOf(cause), orderId, cause });
    return undefined;
  }
}
