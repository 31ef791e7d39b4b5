/** What an operator should look at, told and counted. The kit itself writes to no log. */
import { entryOf } from '../troubleshooting.ts';

/**
 * - `quote-failed`: the shop's own function threw
 * - `callback-failed`: `onPaid`, `onFailed` or `onRefunded` threw or took too long; it is called again
 * - `place-failed`, `query-failed`, `cancel-failed`, `refund-failed`: PayBy refused, or nobody knows
 * - `query-gave-up`, `cancel-gave-up`: that went on for more than three tries or ten seconds; a person
 *   should look. The order is asked for again later
 * - `notification-refused`: a notification with a wrong signature, body, order, amount or age
 * - `order-mismatch`: PayBy's order is not the one that was asked for; nothing changed
 * - `refund-mismatch`: PayBy's refund is not the one that was asked for, or more than was paid
 * - `status-unknown`: PayBy named a status outside its documentation; nothing changed
 * - `status-conflict`: PayBy calls an order failed that it called paid before, or a refund that it called
 *   done; it stays so
 * - `paid-after-close`: money came for an order that was given up; `onPaid` is called, look at it. An
 *   open order of the same reference is named, and cancelled so that nobody pays twice
 * - `refunded`: PayBy gave the money of an order back without having been asked by the kit
 * - `body-already-read`: something read a request before the checkout got it
 * - `internal`: the store, the shop's `authorize` or the kit failed
 */
export const anomalyCodes = [
  'quote-failed',
  'callback-failed',
  'place-failed',
  'query-failed',
  'query-gave-up',
  'cancel-failed',
  'cancel-gave-up',
  'refund-failed',
  'notification-refused',
  'order-mismatch',
  'refund-mismatch',
  'status-unknown',
  'status-conflict',
  'paid-after-close',
  'refunded',
  'body-already-read',
  'internal',
] as const;

export type AnomalyCode = (typeof anomalyCodes)[number];

export interface Anomaly {
  code: AnomalyCode;
  message: string;
  orderId?: string;
  /** What was thrown, if something was. */
  cause?: unknown;
  /** Where the package explains the code and says what to do. */
  help: string;
}

export type OnAnomaly = (anomaly: Anomaly) => unknown;

export type AnomalyCounts = Readonly<Record<AnomalyCode, number>>;

export interface Anomalies {
  /** Counts and tells. A listener that fails, at once or later, changes nothing. */
  report(anomaly: Omit<Anomaly, 'help'>): void;
  /** How many of each there were since the start of this process. */
  counts(): AnomalyCounts;
}

export function createAnomalies(listener: OnAnomaly | undefined): Anomalies {
  const none = Object.fromEntries(anomalyCodes.map((code) => [code, 0])) as AnomalyCounts;
  const counts: Record<AnomalyCode, number> = { ...none };
  return {
    report(anomaly) {
      counts[anomaly.code] += 1;
      (async () => listener?.({ ...anomaly, help: entryOf(anomaly.code) }))().catch(() => {});
    },
    counts: () => ({ ...counts }),
  };
}

/** The message of whatever was thrown. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
