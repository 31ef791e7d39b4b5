/** PayBy's own refund as the kit hands it on: money as decimal strings, the rest as PayBy says it. */
import * as v from 'valibot';
import { parse } from '../../protocol.ts';
import { loose, money, text } from './fields.ts';
import { type Amount, amountFromWire } from './money.ts';

/** PayBy's refund, as placeRefund, getRefund and notifications carry it. */
export const refundOrderSchema = v.looseObject({
  refundMerchantOrderNo: text,
  orderNo: loose(text),
  originMerchantOrderNo: loose(text),
  originOrderNo: loose(text),
  status: text,
  amount: money,
  reason: loose(v.string()),
  failCode: loose(v.string()),
  failDes: loose(v.string()),
});

export type RefundOrder = v.InferOutput<typeof refundOrderSchema>;

export interface PaybyRefund {
  /** The merchant's number for the refund. */
  refundMerchantOrderNo: string;
  /** PayBy's own number for the refund. */
  orderNo?: string;
  /** The merchant's number for the order that was paid. */
  originMerchantOrderNo?: string;
  /** PayBy's number for the order that was paid. */
  originOrderNo?: string;
  /** PayBy's word: `CREATED`, then `REFUNDED_SETTLED`, then `SUCCESS`; or `FAILURE`. */
  status: string;
  /** What is given back. */
  amount: Amount;
  reason?: string;
  failCode?: string;
  failDes?: string;
  /** Every field PayBy sent. Amounts in here are numbers. */
  raw: RefundOrder;
}

/** What placeRefund and getRefund answer. */
export interface PlacedRefund {
  refund: PaybyRefund;
  summary?: {
    /** What was paid. */
    acquireAmount?: Amount;
    /** What can still be given back. */
    remainRefundAmount?: Amount;
  };
}

/**
 * The refund in an answer or a notification, checked against {@link refundOrderSchema}.
 *
 * @throws ProtocolError naming the field that is wrong; TypeError when the amount cannot be PayBy's
 */
export function toPaybyRefund(value: unknown): PaybyRefund {
  const raw = parse(refundOrderSchema, value, 'refundOrder');
  const { amount, currency } = raw.amount;
  return {
    refundMerchantOrderNo: raw.refundMerchantOrderNo,
    status: raw.status,
    amount: { amount: amountFromWire(amount, 'refundOrder.amount.amount'), currency },
    ...(raw.orderNo && { orderNo: raw.orderNo }),
    ...(raw.originMerchantOrderNo && { originMerchantOrderNo: raw.originMerchantOrderNo }),
    ...(raw.originOrderNo && { originOrderNo: raw.originOrderNo }),
    ...(raw.reason && { reason: raw.reason }),
    ...(raw.failCode && { failCode: raw.failCode }),
    ...(raw.failDes && { failDes: raw.failDes }),
    raw,
  };
}

const summarySchema = loose(
  v.looseObject({ acquireAmount: loose(money), remainRefundAmount: loose(money) }),
);

/** The refund with PayBy's `refundSummary`, whose strange amounts are left out: they only inform. */
export function toPlacedRefund(refundOrder: unknown, refundSummary: unknown): PlacedRefund {
  const refund = toPaybyRefund(refundOrder);
  const said = v.parse(summarySchema, refundSummary);
  if (said === undefined) return { refund };
  const acquireAmount = informative(said.acquireAmount);
  const remainRefundAmount = informative(said.remainRefundAmount);
  return {
    refund,
    summary: {
      ...(acquireAmount && { acquireAmount }),
      ...(remainRefundAmount && { remainRefundAmount }),
    },
  };
}

function informative(said: v.InferOutput<typeof money> | undefined): Amount | undefined {
  if (said === undefined) return undefined;
  try {
    return { amount: amountFromWire(said.amount), currency: said.currency };
  } catch {
    return undefined;
  }
}
