import { isGivenBack, paymentOf, type SandboxOrder } from '../orders/order.ts';
import { wireMoney } from '../wire/money.ts';
import { type Refund, remainingOf } from './refund.ts';

/** `refundOrder` as PayBy writes it in answers and notifications, fields in PayBy's order. */
export function refundOrder({ terms, status, ...numbers }: Refund): Record<string, unknown> {
  const { reserved, ...others } = terms.passedThrough;
  return {
    refundMerchantOrderNo: terms.refundMerchantOrderNo,
    orderNo: numbers.orderNo,
    originMerchantOrderNo: numbers.originMerchantOrderNo,
    status,
    amount: wireMoney(terms.amount),
    notifyUrl: terms.notifyUrl,
    reason: terms.reason,
    reserved,
    ...others,
    ...(status === 'FAILURE' && failure),
  };
}

const failure = { failCode: 'REFUND_FAILED', failDes: 'The refund failed in the sandbox.' };

/**
 * `refundSummary` of an order: what was paid and what of it can still be refunded. PayBy calls the
 * first "the payment amount for the payment order"; after a discount this is taken as what the payer
 * paid, so that no more can go back.
 */
export function refundSummary(order: SandboxOrder, refunds: readonly Refund[]) {
  const { paidAmount = 0 } = paymentOf(order) ?? {};
  return {
    acquireAmount: wireMoney(paidAmount),
    remainRefundAmount: wireMoney(isGivenBack(order) ? 0 : remainingOf(paidAmount, refunds)),
  };
}
