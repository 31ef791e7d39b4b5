/** Giving money back, at the shop's word: once, also when PayBy's answer never came. */
import { messageOf } from '../anomaly.ts';
import { randomName } from '../bytes.ts';
import type { CheckoutContext } from '../context.ts';
import { parsePositiveAmount } from '../payby/money.ts';
import {
  isPaybyFailure,
  PaybyError,
  saysNoSuchRefund,
  saysTryLater,
} from '../payby/payby-error.ts';
import type { PaybyRefund } from '../payby/payby-refund.ts';
import { checkOrderNumber, checkText } from '../payby/payby-request.ts';
import { noSuchOrder, type OrderRecord, type RefundRecord } from '../stores/order-store.ts';
import { changeOrder } from './move-order.ts';
import { afterRefund, OrderError, type RefundNews, withRefund } from './refunds.ts';

export interface RefundOptions {
  /**
   * The shop's own number for the refund, 1–64 letters, digits, `-` or `_`, unique per merchant: the
   * same refund asked for again under it is one refund. Without it, asking again while a refund of the
   * same amount is pending means that one.
   */
  id?: string;
  /** Shown in PayBy's portal; up to 200 characters. */
  reason?: string;
}

export interface RefundResult {
  order: OrderRecord;
  /** `pending` until PayBy has moved the money; `onRefunded` tells when it succeeded. */
  refund: RefundRecord;
}

/**
 * Refunds a part of a paid order, or all that remains of it.
 *
 * @throws TypeError for an amount that is no decimal string; OrderError for an order that is not paid, or
 *   has less left; PaybyError when PayBy refused; PaybyUnknownError when nobody knows: the refund is
 *   pending then, and found out by `reconcile`
 */
export async function refundOrder(
  ctx: CheckoutContext,
  id: string,
  amount: string | undefined,
  { id: own, reason }: RefundOptions,
): Promise<RefundResult> {
  const wish = {
    id: own === undefined ? `R${randomName()}` : checkOrderNumber('refund id', own),
    isNamed: own !== undefined,
    ...(amount !== undefined && { amount: parsePositiveAmount(amount) }),
    ...(reason !== undefined && { reason: checkText('reason', reason, 1, 200) }),
  };
  return ctx.inTurn(id, async () => {
    if ((await ctx.store.get(id)) === undefined) throw orderNotFound(id);
    let refund: RefundRecord | undefined;
    await changeOrder(ctx, id, (record) => {
      const planned = withRefund(record, { ...wish, now: ctx.clock.now() });
      ({ refund } = planned);
      return planned.record;
    });
    if (refund === undefined) throw noSuchOrder(id);
    const order = refund.status === 'pending' ? await placeRefund(ctx, id, refund) : undefined;
    return resultOf(order ?? (await ctx.store.get(id)), refund);
  });
}

function resultOf(order: OrderRecord | undefined, refund: RefundRecord): RefundResult {
  if (order === undefined) throw new Error('the order of a refund is not in the store any more');
  return { order, refund: order.refunds?.find(({ id }) => id === refund.id) ?? refund };
}

export const orderNotFound = (id: string): OrderError =>
  new OrderError('order-not-found', `there is no order ${JSON.stringify(id.slice(0, 64))}`);

/** The same call again with the same number is the same refund to PayBy. */
async function placeRefund(
  ctx: CheckoutContext,
  orderId: string,
  { id, amount, reason }: RefundRecord,
): Promise<OrderRecord> {
  const order = await ctx.store.get(orderId);
  if (order === undefined) throw noSuchOrder(orderId);
  try {
    const { refund } = await ctx.payby.placeRefund({
      refundMerchantOrderNo: id,
      originMerchantOrderNo: orderId,
      amount: { amount, currency: order.currency },
      notifyUrl: order.notifyUrl,
      ...(reason !== undefined && { reason }),
    });
    return (await takeRefund(ctx, order, refund)) ?? order;
  } catch (cause) {
    if (!isPaybyFailure(cause)) throw cause;
    const message = `the refund ${id} of ${amount} ${order.currency}: ${messageOf(cause)}`;
    ctx.anomalies.report({ code: 'refund-failed', message, orderId, cause });
    if (cause instanceof PaybyError && !saysTryLater(cause)) {
      const failure = { code: cause.code };
      await noteRefund(ctx, orderId, { id, amount, status: 'failed', failure });
    }
    throw cause;
  }
}

/**
 * Takes what PayBy says of a refund, asked for here or elsewhere.
 *
 * @returns the order as it is then; undefined, reported, when the refund cannot be of this order or has a
 *   status nobody knows
 */
export async function takeRefund(
  ctx: CheckoutContext,
  order: OrderRecord,
  refund: PaybyRefund,
): Promise<OrderRecord | undefined> {
  const { refundMerchantOrderNo, originMerchantOrderNo, amount, orderNo, failCode, failDes } =
    refund;
  const orderId = order.id;
  const status = statusOfRefund(refund.status);
  if (status === undefined) {
    const message = `PayBy's status of the refund ${refundMerchantOrderNo} is ${refund.status}`;
    ctx.anomalies.report({ code: 'status-unknown', message, orderId });
    return undefined;
  }
  const news = isOfOrder(refund, order) && {
    id: refundMerchantOrderNo,
    amount: amount.amount,
    status,
    ...(orderNo && { orderNo }),
    ...(failCode && { failure: { code: failCode, ...(failDes && { message: failDes }) } }),
  };
  const taken = news ? await noteRefund(ctx, orderId, news) : undefined;
  if (taken) return taken;
  const said = `${amount.amount} ${amount.currency} of ${originMerchantOrderNo ?? orderId}`;
  const message = `PayBy's refund ${refundMerchantOrderNo} over ${said} does not fit the order`;
  ctx.anomalies.report({ code: 'refund-mismatch', message, orderId });
  return undefined;
}

/** A number that is not said, or not known yet, contradicts nothing. */
const isOfOrder = (
  { originMerchantOrderNo = '', originOrderNo = '', amount }: PaybyRefund,
  { id, orderNo = '', currency }: OrderRecord,
): boolean =>
  (originMerchantOrderNo === '' || originMerchantOrderNo === id) &&
  (originOrderNo === '' || orderNo === '' || originOrderNo === orderNo) &&
  amount.currency === currency;

/** PayBy's words: CREATED, REFUNDED_SETTLED, SUCCESS, FAILURE; undefined for what nobody knows. */
export function statusOfRefund(status: string): RefundRecord['status'] | undefined {
  if (status === 'SUCCESS') return 'succeeded';
  if (status === 'FAILURE') return 'failed';
  return status === 'CREATED' || status === 'REFUNDED_SETTLED' ? 'pending' : undefined;
}

async function noteRefund(
  ctx: CheckoutContext,
  orderId: string,
  news: RefundNews,
): Promise<OrderRecord | undefined> {
  let fits = true;
  const { record } = await changeOrder(ctx, orderId, (present) => {
    const changed = afterRefund(present, news, ctx.clock.now());
    fits = changed !== undefined;
    return changed ?? present;
  });
  return fits ? record : undefined;
}

/**
 * Finds out what became of the order's pending refunds. One that never reached PayBy is placed again,
 * under its own number. What goes wrong at PayBy is reported.
 */
export async function followRefunds(ctx: CheckoutContext, order: OrderRecord): Promise<void> {
  for (const refund of order.refunds ?? []) {
    if (refund.status !== 'pending' || refund.revoke) continue;
    try {
      const found = await ctx.payby.getRefund({ refundMerchantOrderNo: refund.id }, { retries: 0 });
      await takeRefund(ctx, order, found.refund);
    } catch (cause) {
      if (!isPaybyFailure(cause)) throw cause;
      if (saysNoSuchRefund(cause)) await placeRefund(ctx, order.id, refund).catch(ignorePayby);
      else reportFailure(ctx, order.id, refund, cause);
    }
  }
}

function ignorePayby(cause: unknown): void {
  if (!isPaybyFailure(cause)) throw cause;
}

function reportFailure(
  ctx: CheckoutContext,
  orderId: string,
  { id }: RefundRecord,
  cause: unknown,
): void {
  const message = `the refund ${id} could not be queried: ${messageOf(cause)}`;
  ctx.anomalies.report({ code: 'refund-failed', message, orderId, cause });
}
