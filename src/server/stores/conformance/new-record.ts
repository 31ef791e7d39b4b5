import type { OrderRecord } from '../order-store.ts';

/** Epoch ms; what a store does hangs on no clock of its own. */
export const start = 1_800_000_000_000;

const run = globalThis.crypto.randomUUID();
let count = 0;

/** A text that no other call and no other run has given; they ascend within a run. */
export function unique(name: string): string {
  count += 1;
  return `${name}-${run}-${String(count).padStart(6, '0')}`;
}

export const newRecord = (changes: Partial<OrderRecord> = {}): OrderRecord => ({
  id: unique('order'),
  status: 'pending',
  amount: '12.34',
  currency: 'AED',
  subject: 'Cart',
  reference: unique('cart'),
  idempotencyKey: unique('key'),
  notifyUrl: 'https://shop.example/notify',
  expiresAt: start + 1000,
  createdAt: start,
  updatedAt: start,
  ...changes,
});

/** The order, paid. */
export const paid = (record: OrderRecord): OrderRecord => ({
  ...record,
  status: 'paid',
  paidAt: start + 1,
  paidAmount: '12.00',
});

/** The order, whose present status the shop has taken. */
export const told = (record: OrderRecord): OrderRecord => ({ ...record, told: record.status });

export const cancelled = (record: OrderRecord): OrderRecord => ({ ...record, status: 'cancelled' });
