/** What goes to PayBy about refunds: typed, checked before it leaves. */
import { type Amount, sameAmount } from './money.ts';
import type { PaybyRefund } from './payby-refund.ts';
import { checkNotifyUrl, checkOrderNumber, eitherNumber, wireMoney } from './payby-request.ts';

/** One of a refund's two numbers, never both. */
export type RefundNumber =
  | { refundMerchantOrderNo: string; orderNo?: never }
  | { orderNo: string; refundMerchantOrderNo?: never };

/** The paid order, by one of its two numbers. PayBy refunds within 180 days. */
export type RefundOrigin =
  | { originMerchantOrderNo: string; originOrderNo?: never }
  | { originOrderNo: string; originMerchantOrderNo?: never };

export type RefundRequest = {
  /** 1–64 letters, digits, `-` or `_`: the refund's own number, unique per merchant for ever. */
  refundMerchantOrderNo: string;
  /** What is given back, a decimal string in AED, above zero. */
  amount: Amount;
  reason?: string;
  /** Who asked for it on the merchant's side. */
  operatorName?: string;
  /** Where PayBy posts the refund's notifications; http(s), up to 200 characters. */
  notifyUrl?: string;
} & RefundOrigin;

/** The `bizContent` of placeRefund. @throws TypeError naming the field, the value and the limit */
export function refundContent(request: RefundRequest): object {
  const { refundMerchantOrderNo, amount, reason, operatorName, notifyUrl } = request;
  const { originMerchantOrderNo, originOrderNo } = request;
  return {
    refundMerchantOrderNo: checkOrderNumber('refundMerchantOrderNo', refundMerchantOrderNo),
    ...eitherNumber({ originMerchantOrderNo, originOrderNo }),
    amount: wireMoney('amount', amount),
    ...(reason !== undefined && { reason }),
    ...(operatorName !== undefined && { operatorName }),
    ...(notifyUrl !== undefined && { notifyUrl: checkNotifyUrl(notifyUrl) }),
  };
}

/** The `bizContent` of getRefund. @throws TypeError for both numbers, for none, or for one that is none */
export const refundNumberContent = ({ refundMerchantOrderNo, orderNo }: RefundNumber): object =>
  eitherNumber({ refundMerchantOrderNo, orderNo });

/** Whether PayBy's refund is the one asked for, as far as PayBy tells: its amount and its order. */
export const isRefundAsked = (refund: PaybyRefund, asked: RefundRequest): boolean =>
  sameAmount(refund.amount, asked.amount) &&
  agree(refund.originMerchantOrderNo, asked.originMerchantOrderNo) &&
  agree(refund.originOrderNo, asked.originOrderNo);

const agree = (said: string | undefined, asked: string | undefined): boolean =>
  said === undefined || asked === undefined || said === asked;
