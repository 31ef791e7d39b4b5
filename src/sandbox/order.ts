/** An order and what can happen to it: values in, values out. */
import type { PlaceOrder } from './place-order.ts';

/** A payment as the payer made it. */
export interface Payment {
  /** Epoch ms. */
  paidTime: number;
  payerMid: string;
}

export type FailureReason = 'cancelled' | 'expired' | 'declined';

export type OrderState =
  | { status: 'CREATED' } // → PAID_SUCCESS | FAILURE
  | { status: 'PAID_SUCCESS'; payment: Payment } // → SETTLED
  | { status: 'SETTLED'; payment: Payment } // final
  | { status: 'FAILURE'; because: FailureReason }; // final

/** Who opened the wallet page. */
export interface Payer {
  mid: string;
  /** As getCashierUrlInfo shows it: `+971-58*92`. */
  mobileNumberMask: string;
}

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
  /** The first who scanned the code, once somebody has. */
  readonly payer?: Payer;
  readonly state: OrderState;
}

/** The order once somebody has opened its code; the first one is remembered. */
export const scannedBy = (order: SandboxOrder, payer: Payer): SandboxOrder =>
  order.payer ? order : { ...order, payer };

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

/**
 * The order as the passing of time alone leaves it: expired, or settled to the merchant.
 *
 * @param now epoch ms
 * @param settleAfter how long after its payment an order is settled, ms
 */
export function atTime(order: SandboxOrder, now: number, settleAfter: number): SandboxOrder {
  const { state } = order;
  if (state.status === 'CREATED' && now >= order.expiredTime) return failed(order, 'expired');
  if (state.status === 'PAID_SUCCESS' && now >= state.payment.paidTime + settleAfter) {
    return { ...order, state: { status: 'SETTLED', payment: state.payment } };
  }
  return order;
}

const failed = (order: SandboxOrder, because: FailureReason): SandboxOrder =>
  order.state.status === 'CREATED' ? { ...order, state: { status: 'FAILURE', because } } : order;
