/** A refund and what can happen to it: values in, values out. */
import type { PlaceRefund } from './place-refund.ts';

export type RefundOutcome = 'SUCCESS' | 'FAILURE';

/** `CREATED`: accepted. `REFUNDED_SETTLED`: taken from the merchant's account. The others are final. */
export type RefundStatus = 'CREATED' | 'REFUNDED_SETTLED' | RefundOutcome;

export interface Refund {
  /** PayBy's number of the refund. */
  readonly orderNo: string;
  /** What the merchant asked for. */
  readonly terms: PlaceRefund;
  /** The same for two requests exactly when their business parameters are the same. */
  readonly fingerprint: string;
  /** PayBy's number and the merchant's number of the order it gives back. */
  readonly originOrderNo: string;
  readonly originMerchantOrderNo: string;
  readonly status: RefundStatus;
}

/** Taken from the merchant's account, not yet with the payer; a finished one stays as it is. */
export const deducted = (refund: Refund): Refund =>
  refund.status === 'CREATED' ? { ...refund, status: 'REFUNDED_SETTLED' } : refund;

/** Over, one way or the other; a finished one stays as it is. */
export const finished = (refund: Refund, outcome: RefundOutcome): Refund =>
  isFinished(refund) ? refund : { ...refund, status: outcome };

export const isFinished = ({ status }: Refund): boolean =>
  status === 'SUCCESS' || status === 'FAILURE';

/**
 * What of a payment can still be refunded, in fils. A refund counts from the moment it is accepted:
 * one under way must not be promised twice. Only a failed one gives its part back.
 */
export const remainingOf = (paidAmount: number, refunds: readonly Refund[]): number =>
  refunds
    .filter(({ status }) => status !== 'FAILURE')
    .reduce((rest, { terms }) => rest - terms.amount, paidAmount);
