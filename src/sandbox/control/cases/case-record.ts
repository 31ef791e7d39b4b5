/** What the merchant's side did in a case. All times are on the sandbox's scaled time line, ms. */
import type { CaseId } from './cases.ts';

export interface CaseCall {
  /** The operation, by the end of its path. */
  on: string;
  at: number;
  /** When it was answered, or given up by its caller; absent while it is under way. */
  endedAt?: number;
  /** The `head.code` it was answered with; absent without an answer. */
  code?: string;
  /** Whether the order was paid by then. */
  paid: boolean;
}

export interface CaseDelivery {
  at: number;
  /** From 1 to 8. */
  attempt: number;
  /** `accepted`, or what was wrong. */
  outcome: string;
}

export interface CaseOrder {
  /** In fils. */
  total: number;
  notifyUrl?: string;
  expiresAt: number;
}

export interface CaseRecord {
  id: CaseId;
  /** The order it plays on: the first one that was placed after it was armed. */
  merchantOrderNo?: string;
  /** That order, once it is made. */
  order?: CaseOrder;
  calls: readonly CaseCall[];
  deliveries: readonly CaseDelivery[];
}

/** PayBy's "unknown": the call may have been carried out or not, and is to be asked again. */
export const isUnknown = ({ code }: CaseCall): boolean =>
  code === undefined || /^(402|404|500|504|601)$/.test(code);
