import * as v from 'valibot';
import type { OrderBook } from '../orders/order-book.ts';
import type { RefundBook } from '../refunds/refund-book.ts';

const number = v.optional(v.fallback(v.string(), ''), '');

const named = v.looseObject({
  merchantOrderNo: number,
  refundMerchantOrderNo: number,
  originMerchantOrderNo: number,
  orderNo: number,
  originOrderNo: number,
  tokenUrl: number,
});

/** Which orders and refunds a call is about, by the merchant's numbers; its own comes first. */
export function subjectsOfCall(
  bizContent: unknown,
  book: OrderBook,
  refunds: RefundBook,
): string[] {
  const biz = v.parse(v.fallback(named, v.getDefaults(named)), bizContent);
  const ft = URL.canParse(biz.tokenUrl) ? new URL(biz.tokenUrl).searchParams.get('ft') : '';
  return [
    biz.refundMerchantOrderNo,
    biz.merchantOrderNo,
    refunds.byOrderNo(biz.orderNo)?.terms.refundMerchantOrderNo,
    book.byOrderNo(biz.orderNo)?.terms.merchantOrderNo,
    biz.originMerchantOrderNo,
    book.byOrderNo(biz.originOrderNo)?.terms.merchantOrderNo,
    book.byOrderNo(book.token(ft ?? '')?.orderNo ?? '')?.terms.merchantOrderNo,
  ].filter(isNamed);
}

const isNamed = (subject: string | undefined): subject is string => !!subject;
