/** What goes wrong, as the operator must know it. The kit itself writes to no log. */

/**
 * - `quote-failed`: the shop's own function threw
 * - `on-paid-failed`: it threw, or took more than 30 s; it is tried again
 * - `place-failed`, `query-failed`, `cancel-failed`: PayBy refused, or nobody knows; asked again
 * - `notification-refused`: a notification with a wrong signature, body or order
 * - `order-mismatch`: PayBy's order has another amount or currency than was asked; nothing changed
 * - `status-unknown`: PayBy named a status outside its documentation; nothing changed
 * - `status-conflict`: PayBy calls an order failed that it called paid before; it stays paid
 * - `paid-after-close`: money came for an order that was given up; `onPaid` is called, look at it. An
 *   open order of the same reference is named, and cancelled so that nobody pays twice
 * - `refunded`: PayBy gave the money of an order back; the shop is told by this alone
 * - `refund-notified`: PayBy notified a refund, which the kit does not follow
 * - `internal`: the store or the kit failed
 */
export type CheckoutProblemCode =
  | 'quote-failed'
  | 'on-paid-failed'
  | 'place-failed'
  | 'query-failed'
  | 'cancel-failed'
  | 'notification-refused'
  | 'order-mismatch'
  | 'status-unknown'
  | 'status-conflict'
  | 'paid-after-close'
  | 'refunded'
  | 'refund-notified'
  | 'internal';

export interface CheckoutProblem {
  code: CheckoutProblemCode;
  message: string;
  orderId?: string;
  /** What was thrown, if something was. */
  cause?: unknown;
}

export type Report = (problem: CheckoutProblem) => unknown;

/** A hook that can be called anywhere: a broken log must not break a payment, at once or later. */
export const createReport =
  (hook: Report | undefined): Report =>
  (problem) => {
    (async () => hook?.(problem))().catch(() => {});
  };

/** The message of whatever was thrown. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
