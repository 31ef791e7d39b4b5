/** An order and what can happen to it: values in, values out. */
import type { Payer } from './payers.ts';
import type { PlaceOrder } from './place-order.ts';

/** A payment as the payer made it. */
export interface Payment {
  /** Epoch ms. */
  paidTime: number;
  payerMid: string;
  /** In fils; below the order's total when a discount applied. */
  paidAmount: number;
}

export type FailureReason = 'cancelled' | 'expired' | 'declined' | 'revoked';

export type OrderState =
  | { status: 'CREATED' } // → PAID_SUCCESS | FAILURE
  | { status: 'PAID_SUCCESS'; payment: Payment } // → SETTLED | FAILURE with its payment
  | { status: 'SETTLED'; payment: Payment; revoked?: true } // final but for being revoked
  | { status: 'FAILURE'; because: FailureReason } // never paid; final
  | { status: 'FAILURE'; because: 'revoked'; payment: Payment }; // paid and given back; final

export interface SandboxOrder {
  readonly orderNo: string;
  /** What the merchant asked for. */
  readonly terms: PlaceOrder;
  /** The same for two requests exactly when their business parameters are the same. */
  readonly fingerprint: string;
  /** Of the first request, epoch ms: repeating the request does not move it. */
  readonly requestTime: number;
  /** Epoch ms. */
  readonly expiredTime: number;
  /** Who scanned the code: the first if the order binds its payer, otherwise the latest. */
  readonly payer?: Payer;
  readonly state: OrderState;
}

/** Whether this person may pay: an order with `changePayer` "true" is its first scanner's alone. */
export const isOpenTo = ({ terms, payer }: SandboxOrder, who: Payer): boolean =>
  !terms.changePayer || payer === undefined || payer.mid === who.mid;

/** The order once somebody has opened its code. */
export const scannedBy = (order: SandboxOrder, payer: Payer): SandboxOrder =>
  isOpenTo(order, payer) ? { ...order, payer } : order;

/** Paid, if it can still be paid; otherwise the same order. */
export const paid = (order: SandboxOrder, payment: Payment): SandboxOrder =>
  order.state.status === 'CREATED'
    ? { ...order, state: { status: 'PAID_SUCCESS', payment } }
    : order;

/** After an attempt that failed: over if only one was allowed, otherwise still open. */
export const declined = (order: SandboxOrder): SandboxOrder =>
  order.terms.oneTimePayment ? failed(order, 'declined') : order;

/** Cancelled by the merchant, if it is still open; otherwise the same order. */
export const cancelled = (order: SandboxOrder): SandboxOrder => failed(order, 'cancelled');

/** Expired, if it is still open; otherwise the same order. */
export const expired = (order: SandboxOrder): SandboxOrder => failed(order, 'expired');

/** Settled to the merchant, if it is paid; otherwise the same order. */
export const settled = (order: SandboxOrder): SandboxOrder =>
  order.state.status === 'PAID_SUCCESS'
    ? { ...order, state: { status: 'SETTLED', payment: order.state.payment } }
    : order;

/** Revoked: an open order fails, a paid one is given back, a settled one keeps its status. */
export function revoked(order: SandboxOrder): SandboxOrder {
  switch (order.state.status) {
    case 'CREATED':
      return failed(order, 'revoked');
    case 'PAID_SUCCESS': {
      const { payment } = order.state;
      return { ...order, state: { status: 'FAILURE', because: 'revoked', payment } };
    }
    case 'SETTLED':
      return { ...order, state: { ...order.state, revoked: true } };
    case 'FAILURE':
      return order;
  }
}

/** The payment of an order that was paid, whatever came of it. */
export const paymentOf = ({ state }: SandboxOrder): Payment | undefined =>
  'payment' in state ? state.payment : undefined;

/** Whether it was paid and a revoke gave that back: what `revoked: "true"` says. */
export const isGivenBack = ({ state }: SandboxOrder): boolean =>
  'payment' in state &&
  (state.status === 'FAILURE' || (state.status === 'SETTLED' && state.revoked === true));

/** Whether a revoke was what ended it, paid or not. */
export const isRevoked = (order: SandboxOrder): boolean =>
  isGivenBack(order) || ('because' in order.state && order.state.because === 'revoked');

/**
 * The order as the passing of time alone leaves it: expired, or settled to the merchant.
 *
 * @param now epoch ms
 * @param settleAfter how long after its payment an order is settled, ms
 */
export function atTime(order: SandboxOrder, now: number, settleAfter: number): SandboxOrder {
  const { state } = order;
  if (state.status === 'CREATED' && now >= order.expiredTime) return expired(order);
  if (state.status === 'PAID_SUCCESS' && now >= state.payment.paidTime + settleAfter) {
    return settled(order);
  }
  return order;
}

const failed = (order: SandboxOrder, because: FailureReason): SandboxOrder =>
  order.state.status === 'CREATED' ? { ...order, state: { status: 'FAILURE', because } } : order;
