/** PayBy's operations: where each lives, and what may be done when its answer is missing. */
import {
  type PaybyError,
  type PaybyOperation,
  saysNoSuchOrder,
  saysOrderIsFinal,
  saysOrderNumberTaken,
} from './payby-error.ts';

export interface OperationRules {
  /** Below the base URL. */
  path: string;
  /** Whether PayBy takes the same request again without doing anything twice. */
  repeatable: boolean;
  /**
   * Whether this refusal of a repetition settles what became of the attempts before it, too. Any other
   * one says only that this attempt did nothing.
   */
  settles(refusal: PaybyError): boolean;
}

/** Nothing changes by asking, so every refusal is the whole answer. */
const query = { repeatable: true, settles: () => true };

/** The refusal tells how the order stands, whatever became of the attempts before. */
const change = {
  repeatable: true,
  settles: (refusal: PaybyError) =>
    saysOrderIsFinal(refusal) || saysNoSuchOrder(refusal) || saysOrderNumberTaken(refusal),
};

/** PayBy documents no answer to a second revokeOrder: the caller looks at the order first. */
const once = { repeatable: false, settles: () => true };

/**
 * PayBy never refunds twice under one number, but may refuse the second request for what the first one
 * did (62017, 62006, 62041): only the refund itself tells.
 */
const refund = { repeatable: true, settles: () => false };

export const operations: Readonly<Record<PaybyOperation, OperationRules>> = {
  placeOrder: { path: '/acquire2/placeOrder', ...change },
  getOrder: { path: '/acquire2/getOrder', ...query },
  cancelOrder: { path: '/acquire2/cancelOrder', ...change },
  revokeOrder: { path: '/acquire2/revokeOrder', ...once },
  placeRefund: { path: '/acquire2/refund/placeOrder', ...refund },
  getRefund: { path: '/acquire2/refund/getOrder', ...query },
  getCashierUrlInfo: { path: '/acquire2/getCashierUrlInfo', ...query },
  updateExpiredTime: { path: '/acquire2/updateExpiredTime', ...change },
};
