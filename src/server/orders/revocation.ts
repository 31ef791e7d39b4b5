/** What taking a whole order back does to it: values in, values out. A revocation is kept as a refund. */
import { filsOf, fromFils } from '../fils.ts';
import type { OrderRecord, RefundRecord } from '../stores/order-store.ts';
import { OrderError, remainingOf, succeeded } from './refunds.ts';

/** The revocation that is on its way. */
export const pendingRevoke = ({ refunds = [] }: OrderRecord): RefundRecord | undefined =>
  refunds.find(({ revoke, status }) => revoke && status === 'pending');

export const awaitsRevoke = (record: OrderRecord): boolean => pendingRevoke(record) !== undefined;

/**
 * The order with a revocation on its way. Nothing changes when there is one, or nothing was paid.
 *
 * @throws OrderError when all of its money is on its way back already
 */
export function withRevoke(record: OrderRecord, id: string, now: number): OrderRecord {
  const { refunds = [] } = record;
  if (record.status !== 'paid' || awaitsRevoke(record)) return record;
  const remaining = remainingOf(record);
  if (remaining === 0) {
    const message = `all of order ${record.id} is being refunded: there is nothing to take back`;
    throw new OrderError('refund-exceeds', message);
  }
  const revoke = {
    id,
    amount: fromFils(remaining),
    status: 'pending',
    revoke: true,
    createdAt: now,
    told: false,
  } as const;
  return { ...record, refunds: [...refunds, revoke], updatedAt: now };
}

/** The order once PayBy has taken it back, or refused to. */
export function afterRevoke(
  record: OrderRecord,
  now: number,
  failure?: RefundRecord['failure'],
): OrderRecord {
  const pending = pendingRevoke(record);
  if (pending === undefined) return record;
  const ended: RefundRecord = failure
    ? { ...pending, status: 'failed', failure }
    : { ...pending, status: 'succeeded' };
  const refunds = record.refunds?.map((refund) => (refund === pending ? ended : refund));
  return { ...record, updatedAt: now, ...(refunds && { refunds }) };
}

/** Whether an order was taken back as a whole rather than refunded bit by bit. */
export const wasRevoked = (record: OrderRecord): boolean =>
  record.status === 'refunded' &&
  succeeded((record.refunds ?? []).filter(({ revoke }) => !revoke)) < filsOf(record.amount);
