import * as v from 'valibot';
import { validate } from '../http/signed-request.ts';
import type { Operation } from '../operations.ts';
import { findOrder } from '../orders/find-order.ts';
import { isGivenBack, type Payment, type SandboxOrder } from '../orders/order.ts';
import type { OrderBook } from '../orders/order-book.ts';
import type { Schedule } from '../time/time.ts';
import { merchantNo, paybyNo } from '../wire/fields.ts';
import { Refusal } from '../wire/return-codes.ts';
import { readPlaceRefund, refundFingerprint, refundNo } from './place-refund.ts';
import { finished, isFinished, type Refund, remainingOf } from './refund.ts';
import type { RefundBook } from './refund-book.ts';
import { refundOrder, refundSummary } from './refund-order.ts';

const refundableFor = 180 * 24 * 3_600_000;

export interface RefundPorts {
  book: OrderBook;
  refunds: RefundBook;
  /** Epoch ms. */
  now: () => number;
  schedule: Schedule;
  /** How long a refund pends before it succeeds, ms; Infinity: until somebody finishes it. */
  refundDelay: () => number;
  /** Told about every refund that has become SUCCESS or FAILURE. */
  onRefunded: (refund: Refund) => void;
}

export function createRefundOperations(ports: RefundPorts) {
  const { book, refunds, now, schedule, refundDelay, onRefunded } = ports;

  const answer = (refund: Refund) => {
    const order = book.byOrderNo(refund.originOrderNo);
    return {
      refundOrder: refundOrder(refund),
      refundSummary: order && refundSummary(order, refunds.of(order)),
    };
  };

  /** Succeeds, unless somebody has finished it before. */
  const succeed = ({ orderNo }: Refund) => {
    const refund = refunds.byOrderNo(orderNo);
    if (refund && !isFinished(refund)) onRefunded(refunds.save(finished(refund, 'SUCCESS')));
  };

  const start = (refund: Refund) => {
    refunds.save(refund);
    const delay = refundDelay();
    if (delay === 0) succeed(refund);
    else if (delay < Infinity) schedule(delay, () => succeed(refund));
    return refunds.byOrderNo(refund.orderNo) ?? refund;
  };

  /** The same refund again is answered as it is by now; nothing is refunded twice. */
  const placeOrder: Operation = ({ bizContent, requestTime }) => {
    const terms = readPlaceRefund(bizContent);
    const fingerprint = refundFingerprint(bizContent, terms);
    const known = refunds.byMerchantOrderNo(terms.refundMerchantOrderNo);
    if (known && known.fingerprint !== fingerprint) {
      throw new Refusal('REFUND_MERCHANT_ORDER_NO_EXIST');
    }
    if (known) return answer(known);
    const order = findOrder(book, terms.origin, 'originMerchantOrderNo or originOrderNo');
    const { paidAmount } = refundablePayment(order, now());
    const remaining = remainingOf(paidAmount, refunds.of(order));
    if (terms.amount > remaining) throw new Refusal('REFUND_AMOUNT_EXCEEDED');
    const refund = start({
      orderNo: refunds.nextOrderNo(requestTime),
      terms,
      fingerprint,
      originOrderNo: order.orderNo,
      originMerchantOrderNo: order.terms.merchantOrderNo,
      status: 'CREATED',
    });
    return answer(refund);
  };

  const getOrder: Operation = ({ bizContent }) => answer(findRefund(refunds, bizContent));

  return { placeOrder, getOrder };
}

/**
 * The payment to give back. PayBy names no code for an order older than 180 days: it is refused as
 * rejected.
 *
 * @throws Refusal 62015 while unpaid, 62040 after a revoke, 62002 for a failed one, 62045 too late
 */
function refundablePayment(order: SandboxOrder, now: number): Payment {
  const { state, requestTime } = order;
  if (isGivenBack(order)) throw new Refusal('ACQUIRE_ORDER_REVOKED');
  if (state.status === 'CREATED') throw new Refusal('ORDER_NOT_PAID');
  if (state.status === 'FAILURE') throw new Refusal('ORDER_FAILURE');
  if (now > requestTime + refundableFor) {
    throw new Refusal('REFUND_REJECTED', 'the order is more than 180 days old');
  }
  return state.payment;
}

const refundKey = v.looseObject({
  refundMerchantOrderNo: v.optional(merchantNo),
  merchantOrderNo: v.optional(merchantNo),
  orderNo: v.optional(paybyNo),
});

/**
 * The refund that `bizContent` names by exactly one of its two numbers.
 *
 * @throws Refusal 400 for both numbers or none, 62007 or 62035 for one nobody knows
 */
function findRefund(refunds: RefundBook, bizContent: unknown): Refund {
  const key = validate(refundKey, bizContent, 'bizContent');
  const own = key.refundMerchantOrderNo ?? key.merchantOrderNo;
  if (own !== undefined && key.orderNo !== undefined) {
    const rule = 'expected refundMerchantOrderNo or orderNo, and not both';
    throw new Refusal('INVALID_PARAMETER', `bizContent: ${rule}`);
  }
  const refund =
    key.orderNo === undefined
      ? refunds.byMerchantOrderNo(refundNo(key))
      : refunds.byOrderNo(key.orderNo);
  if (refund) return refund;
  const unknown = key.orderNo === undefined;
  throw new Refusal(unknown ? 'REFUND_MERCHANT_ORDER_NO_NOT_EXIST' : 'ORDER_NO_NOT_EXIST');
}
