import type { CallFault } from '../faults/faults.ts';

/** A call of the merchant's that was found to be in order. */
export interface ApiCall {
  /** The operation, by the end of its path: `placeOrder`, `refund/getOrder`. */
  on: string;
  bizContent: unknown;
}

/** How a call ended: the `head.code` that was sent, or none where no answer was given. */
export type CallEnd = string | undefined;

/** A call whose work is about to be done. */
export interface OpenCall {
  /** The order or refund it names, by the merchant's number. */
  merchantOrderNo?: string;
  /** What is to go wrong with it. */
  fault?: CallFault;
  end(code: CallEnd): void;
}

/** Hears of every call, before its work is done and when it is over. */
export type CallDesk = (call: ApiCall) => OpenCall;
