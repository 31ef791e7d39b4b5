/** What the acquiring API does, one function per path. A new operation is one more entry here. */
import * as v from 'valibot';
import { acquireOrder } from './acquire-order.ts';
import { cancelled, type SandboxOrder } from './order.ts';
import type { OrderBook, Token } from './order-book.ts';
import { expiryOf, fingerprint, merchantOrderNo, readPlaceOrder } from './place-order.ts';
import { Refusal, type ReturnName } from './return-codes.ts';
import { type ApiRequest, validate } from './signed-request.ts';

/** Does its work and returns the answer's `body`; throws a Refusal otherwise. */
export type Operation = (request: ApiRequest) => Record<string, unknown>;

export interface OperationPorts {
  book: OrderBook;
  partnerId: string;
  /** The link a code carries. */
  tokenUrl: (token: Token) => string;
}

/** The operations by their path below the base URL. */
export function createOperations({ book, partnerId, tokenUrl }: OperationPorts) {
  const answer = (order: SandboxOrder) => ({ acquireOrder: acquireOrder(order, partnerId) });

  const placeOrder: Operation = ({ bizContent, requestTime }) => {
    const terms = readPlaceOrder(bizContent);
    const asked = fingerprint(bizContent);
    const known = book.byMerchantOrderNo(terms.merchantOrderNo);
    if (known && known.fingerprint !== asked) throw new Refusal('MERCHANT_ORDER_NO_EXIST');
    const order = known ?? {
      orderNo: book.nextOrderNo(requestTime),
      terms,
      fingerprint: asked,
      requestTime,
      expiredTime: expiryOf(terms, requestTime),
      state: { status: 'CREATED' },
    };
    if (order.state.status !== 'CREATED') return answer(order);
    book.save(order);
    return { ...answer(order), interActionParams: { tokenUrl: tokenUrl(book.tokenFor(order)) } };
  };

  const getOrder: Operation = ({ bizContent }) => answer(findOrder(book, bizContent));

  const cancelOrder: Operation = ({ bizContent }) => {
    const order = findOrder(book, bizContent);
    if (order.state.status !== 'CREATED') throw new Refusal(closed[order.state.status]);
    return answer(book.save(cancelled(order)));
  };

  return {
    '/acquire2/placeOrder': placeOrder,
    '/acquire2/getOrder': getOrder,
    '/acquire2/cancelOrder': cancelOrder,
  };
}

/** Why an order that is not open any more refuses to be changed. */
const closed = {
  PAID_SUCCESS: 'ORDER_PAID',
  SETTLED: 'ORDER_SETTLED',
  FAILURE: 'ORDER_FAILURE',
} as const;

const orderKey = v.looseObject({
  merchantOrderNo: v.optional(merchantOrderNo),
  orderNo: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
});

/**
 * The order that `bizContent` names by exactly one of its two numbers.
 *
 * @throws Refusal 400 for both numbers or none, 62004 or 62035 for one nobody knows
 */
function findOrder(book: OrderBook, bizContent: unknown): SandboxOrder {
  const { merchantOrderNo: own, orderNo } = validate(orderKey, bizContent, 'bizContent');
  if (own !== undefined && orderNo === undefined) {
    return found(book.byMerchantOrderNo(own), 'MERCHANT_ORDER_NO_NOT_EXIST');
  }
  if (orderNo !== undefined && own === undefined) {
    return found(book.byOrderNo(orderNo), 'ORDER_NO_NOT_EXIST');
  }
  const detail = 'bizContent: expected merchantOrderNo or orderNo, and not both';
  throw new Refusal('INVALID_PARAMETER', detail);
}

function found(order: SandboxOrder | undefined, otherwise: ReturnName): SandboxOrder {
  if (!order) throw new Refusal(otherwise);
  return order;
}
