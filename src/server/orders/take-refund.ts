/** The one way from what PayBy says of a refund, signed, to what the shop believes. */
import type { AnomalyCode } from '../anomaly.ts';
import type { CheckoutContext } from '../context.ts';
import type { PaybyRefund } from '../payby/payby-refund.ts';
import type { OrderRecord, RefundRecord } from '../stores/order-store.ts';
import { changeOrder } from './move-order.ts';
import { afterRefund, judgeRefund, type RefundNews, type RefundVerdict } from './refunds.ts';

export interface TakenRefund {
  verdict: RefundVerdict;
  /** The order as it is now. */
  order: OrderRecord;
}

/**
 * Takes what PayBy says of a refund, whoever asked for it. What does not fit the order, is not understood or
 * contradicts what is known is reported and changes nothing. A refund that fails after it was on its way
 * is reported, too.
 */
export async function takeRefund(
  ctx: CheckoutContext,
  order: OrderRecord,
  refund: PaybyRefund,
): Promise<TakenRefund> {
  const { refundMerchantOrderNo, amount, status, failCode = 'PayBy does not say why' } = refund;
  const taken = await judged(ctx, order, refund);
  const { verdict } = taken;
  const said = `PayBy's refund ${refundMerchantOrderNo} over ${amount.amount} ${amount.currency}`;
  const report = (code: AnomalyCode, what: string) =>
    ctx.anomalies.report({ code, message: `${said} ${what}`, orderId: order.id });
  if (verdict === 'mismatch') report('refund-mismatch', 'does not fit the order');
  if (verdict === 'unknown') report('status-unknown', `has the status ${status}`);
  if (status !== 'FAILURE') return taken;
  if (verdict === 'news') report('refund-failed', `has failed: ${failCode}`);
  if (verdict === 'outdated')
    report('status-conflict', 'is called failed; it has succeeded before');
  return taken;
}

async function judged(
  ctx: CheckoutContext,
  order: OrderRecord,
  refund: PaybyRefund,
): Promise<TakenRefund> {
  const status = statusOfRefund(refund.status);
  if (status !== undefined && isOf(order, refund)) {
    return noteRefund(ctx, order.id, newsOf(refund, status));
  }
  const present = (await ctx.store.get(order.id)) ?? order;
  return { verdict: status === undefined ? 'unknown' : 'mismatch', order: present };
}

const isOf = (
  order: OrderRecord,
  { originMerchantOrderNo, originOrderNo, amount }: PaybyRefund,
): boolean =>
  (originMerchantOrderNo === undefined || originMerchantOrderNo === order.id) &&
  (originOrderNo === undefined || !order.orderNo || originOrderNo === order.orderNo) &&
  amount.currency === order.currency;

const newsOf = (refund: PaybyRefund, status: RefundRecord['status']): RefundNews => {
  const { refundMerchantOrderNo, amount, orderNo, failCode, failDes } = refund;
  return {
    id: refundMerchantOrderNo,
    amount: amount.amount,
    status,
    ...(orderNo && { orderNo }),
    ...(failCode && { failure: { code: failCode, ...(failDes && { message: failDes }) } }),
  };
};

/** PayBy's words: CREATED, REFUNDED_SETTLED, SUCCESS, FAILURE; undefined for what nobody knows. */
function statusOfRefund(status: string): RefundRecord['status'] | undefined {
  if (status === 'SUCCESS') return 'succeeded';
  if (status === 'FAILURE') return 'failed';
  return status === 'CREATED' || status === 'REFUNDED_SETTLED' ? 'pending' : undefined;
}

/** Judges and stores, in one step. */
export async function noteRefund(
  ctx: CheckoutContext,
  orderId: string,
  news: RefundNews,
): Promise<TakenRefund> {
  let verdict: RefundVerdict = 'known';
  const { record: order } = await changeOrder(ctx, orderId, (present) => {
    verdict = judgeRefund(present, news);
    return verdict === 'news' ? afterRefund(present, news, ctx.clock.now()) : present;
  });
  return { verdict, order };
}
