import * as v from 'valibot';
import { validate } from '../http/signed-request.ts';
import { merchantNo, paybyNo } from '../wire/fields.ts';
import { Refusal } from '../wire/return-codes.ts';
import type { SandboxOrder } from './order.ts';
import type { OrderBook } from './order-book.ts';

/** An order by one of its two numbers. */
export interface OrderKey {
  merchantOrderNo?: string;
  orderNo?: string;
}

const orderKeySchema = v.looseObject({
  merchantOrderNo: v.optional(merchantNo),
  orderNo: v.optional(paybyNo),
});

/** @throws Refusal 400 naming the field */
export const readOrderKey = (bizContent: unknown): OrderKey =>
  validate(orderKeySchema, bizContent, 'bizContent');

/**
 * The order that a request names by exactly one of its numbers.
 *
 * @param fields what the request calls them, for the message
 * @throws Refusal 400 for both numbers or none, 62004 or 62035 for one nobody knows
 */
export function findOrder(
  book: OrderBook,
  { merchantOrderNo, orderNo }: OrderKey,
  fields = 'merchantOrderNo or orderNo',
): SandboxOrder {
  if ((merchantOrderNo === undefined) === (orderNo === undefined)) {
    throw new Refusal('INVALID_PARAMETER', `bizContent: expected ${fields}, and not both`);
  }
  const order = merchantOrderNo
    ? book.byMerchantOrderNo(merchantOrderNo)
    : book.byOrderNo(orderNo ?? '');
  if (order) return order;
  throw new Refusal(merchantOrderNo ? 'MERCHANT_ORDER_NO_NOT_EXIST' : 'ORDER_NO_NOT_EXIST');
}
