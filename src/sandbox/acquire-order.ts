import { wireMoney } from './money.ts';
import type { FailureReason, Payment, SandboxOrder } from './order.ts';

/** PayBy's own samples carry no failCode after a cancellation or an expiry. */
const failures: Partial<Record<FailureReason, { failCode: string; failDes: string }>> = {
  declined: {
    failCode: 'PAYMENT_DECLINED',
    failDes: 'The payment was declined in the sandbox wallet.',
  },
};

/** `acquireOrder` as PayBy writes it in answers and notifications, fields in PayBy's order. */
export function acquireOrder(order: SandboxOrder, partnerId: string): Record<string, unknown> {
  const { terms, state } = order;
  const { accessoryContent, reserved, ...others } = terms.passedThrough;
  return {
    merchantOrderNo: terms.merchantOrderNo,
    orderNo: order.orderNo,
    status: state.status,
    product: 'Basic Payment Gateway',
    totalAmount: wireMoney(terms.total),
    payeeMid: terms.payeeMid ?? partnerId,
    expiredTime: order.expiredTime,
    notifyUrl: terms.notifyUrl,
    subject: terms.subject,
    subjectAr: terms.subjectAr,
    requestTime: order.requestTime,
    accessoryContent,
    ...others,
    paySceneCode: 'DYNQR',
    revoked: 'false',
    reserved,
    ...('payment' in state && { paymentInfo: paymentInfo(state.payment, terms.total) }),
    ...('because' in state && failures[state.because]),
  };
}

function paymentInfo(payment: Payment, total: number): Record<string, unknown> {
  return {
    paidAmount: wireMoney(total),
    paidTime: payment.paidTime,
    payerMid: payment.payerMid,
    payChannel: 'BALANCE',
    // The sandbox charges no fees.
    payeeFeeAmount: wireMoney(0),
    payerFeeAmount: wireMoney(0),
    settlementAmount: wireMoney(total),
  };
}
