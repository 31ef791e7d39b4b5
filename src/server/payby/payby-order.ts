/** PayBy's own order as the kit hands it on: money as decimal strings, the rest as PayBy says it. */
import type { AcquireOrder } from '../../protocol.ts';
import { type Amount, amountFromWire } from './money.ts';

export interface PaybyOrder {
  merchantOrderNo: string;
  /** PayBy's own number. */
  orderNo?: string;
  /** PayBy's word: `CREATED`, `PAID_SUCCESS`, `SETTLED`, `FAILURE`, … */
  status: string;
  /** What was asked for. */
  totalAmount: Amount;
  /** What the customer paid; a discount can put it below `totalAmount`. */
  paidAmount?: Amount;
  /** Epoch ms. */
  paidTime?: number;
  /** When the order can no longer be paid, epoch ms. */
  expiredTime?: number;
  /** Whether the order was reversed. */
  revoked: boolean;
  failCode?: string;
  failDes?: string;
  /** Every field PayBy sent. Amounts in here are numbers. */
  raw: AcquireOrder;
}

/**
 * @throws TypeError when the total cannot be a PayBy amount. A strange paid amount is left out rather
 *   than refused: it must never cost a payment its recognition.
 */
export function toPaybyOrder(raw: AcquireOrder): PaybyOrder {
  const { amount, currency } = raw.totalAmount;
  const paidAmount = paidAmountOf(raw);
  return {
    merchantOrderNo: raw.merchantOrderNo,
    status: raw.status,
    totalAmount: { amount: amountFromWire(amount, 'totalAmount.amount'), currency },
    revoked: String(raw.revoked) === 'true',
    ...(raw.orderNo && { orderNo: raw.orderNo }),
    ...(paidAmount && { paidAmount }),
    ...(raw.paymentInfo?.paidTime !== undefined && { paidTime: raw.paymentInfo.paidTime }),
    ...(raw.expiredTime !== undefined && { expiredTime: raw.expiredTime }),
    ...(raw.failCode && { failCode: raw.failCode }),
    ...(raw.failDes && { failDes: raw.failDes }),
    raw,
  };
}

function paidAmountOf(raw: AcquireOrder): Amount | undefined {
  const paid = raw.paymentInfo?.paidAmount;
  if (paid === undefined) return undefined;
  try {
    return { amount: amountFromWire(paid.amount), currency: paid.currency };
  } catch {
    return undefined;
  }
}
