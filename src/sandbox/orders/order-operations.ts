import * as v from 'valibot';
import { validate } from '../http/signed-request.ts';
import type { Operation } from '../operations.ts';
import type { RefundBook } from '../refunds/refund-book.ts';
import { epoch, fingerprint } from '../wire/fields.ts';
import { Refusal } from '../wire/return-codes.ts';
import { acquireOrder } from './acquire-order.ts';
import { findOrder, readOrderKey } from './find-order.ts';
import { cancelled, isRevoked, revoked, type SandboxOrder } from './order.ts';
import type { OrderBook } from './order-book.ts';
import { expiryOf, readPlaceOrder } from './place-order.ts';
import type { Token } from './token-book.ts';

const longestExtension = 15 * 24 * 3_600_000;

export interface OrderPorts {
  book: OrderBook;
  refunds: RefundBook;
  partnerId: string;
  /** The link that leads to the wallet: what a code carries, or what opens the app. */
  tokenUrl: (token: Token) => string;
}

export function createOrderOperations({ book, refunds, partnerId, tokenUrl }: OrderPorts) {
  const answer = (order: SandboxOrder) => ({ acquireOrder: acquireOrder(order, partnerId) });
  const find = (bizContent: unknown) => findOrder(book, readOrderKey(bizContent));

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
    const link = tokenUrl(book.tokenFor(order));
    const interActionParams = terms.scene === 'EWALLET' ? { deepLink: link } : { tokenUrl: link };
    return { ...answer(order), interActionParams };
  };

  const getOrder: Operation = ({ bizContent }) => answer(find(bizContent));

  const cancelOrder: Operation = ({ bizContent }) =>
    answer(book.save(cancelled(mustBeOpen(find(bizContent)))));

  /**
   * PayBy has no code for an order that failed before: such a one is answered as it is. A refund,
   * part or whole and also one under way, rules a revoke out: together they could give back more
   * than was paid. The payer's money of a settled order goes back without a refund of the merchant's.
   */
  const revokeOrder: Operation = ({ bizContent }) => {
    const order = find(bizContent);
    if (isRevoked(order)) throw new Refusal('ACQUIRE_ORDER_REVOKED');
    if (refunds.of(order).some(({ status }) => status !== 'FAILURE')) {
      throw new Refusal('ACQUIRE_ORDER_REFUNDED');
    }
    return answer(book.save(revoked(order)));
  };

  /** The mask of whoever scanned; before anybody has, `payer` is there and empty. */
  const getCashierUrlInfo: Operation = ({ bizContent }) => {
    const { tokenUrl } = validate(cashierUrl, bizContent, 'bizContent');
    const token = book.token(URL.parse(tokenUrl)?.searchParams.get('ft') ?? '');
    const order = token && book.byOrderNo(token.orderNo);
    if (!order || book.hasLapsed(token) || order.state.status === 'FAILURE') {
      throw new Refusal('TOKEN_URL_NOT_EXIST');
    }
    return { payer: { mobileNumberMask: order.payer?.mobileNumberMask } };
  };

  /** Only an open order has an expiry to move; any other is refused as cancelOrder refuses it. */
  const updateExpiredTime: Operation = ({ bizContent, requestTime }) => {
    const { expiredTime } = validate(newExpiry, bizContent, 'bizContent');
    const order = mustBeOpen(find(bizContent));
    if (expiredTime <= requestTime || expiredTime > requestTime + longestExtension) {
      throw new Refusal('INVALID_EXPIRED_TIME', 'expected at most 15 days after the request');
    }
    return answer(book.save({ ...order, expiredTime }));
  };

  return { placeOrder, getOrder, cancelOrder, revokeOrder, getCashierUrlInfo, updateExpiredTime };
}

const cashierUrl = v.looseObject({ tokenUrl: v.string() });

const newExpiry = v.looseObject({ expiredTime: epoch });

/** Why an order that is not open any more refuses to be changed. */
const closed = {
  PAID_SUCCESS: 'ORDER_PAID',
  SETTLED: 'ORDER_SETTLED',
  FAILURE: 'ORDER_FAILURE',
} as const;

function mustBeOpen(order: SandboxOrder): SandboxOrder {
  if (order.state.status === 'CREATED') return order;
  throw new Refusal(closed[order.state.status]);
}
