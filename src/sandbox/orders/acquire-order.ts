import { wireMoney } from '../wire/money.ts';
import {
  type FailureReason,
  isGivenBack,
  type Payment,
  paymentOf,
  type SandboxOrder,
} from './order.ts';

/** PayBy's own samples carry no failCode after a cancellation, an expiry or a revoke. */
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
  const payment = paymentOf(order);
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
    paySceneCode: terms.scene,
    revoked: String(isGivenBack(order)),
    reserved,
    ...(payment && { paymentInfo: paymentInfo(payment) }),
    ...('because' in state && failures[state.because]),
  };
}

function paymentInfo({ paidAmount, paidTime, payerMid }: Payment): Record<string, unknown> {
  return {
    paidAmount: wireMoney(paidAmount),
    paidTime,
    payerMid,
    payChannel: 'BALANCE',
    // The sandbox charges no fees.
    payeeFeeAmount: wireMoney(0),
    payerFeeAmount: wireMoney(0),
    settlementAmount: wireMoney(paidAmount),
  };
}
