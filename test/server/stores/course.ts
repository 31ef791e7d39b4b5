/** The course of the orders that a process makes while it is killed. */
import type { OrderRecord } from '../../../src/server/stores/order-store.ts';

type Change = (record: OrderRecord) => OrderRecord;

const start = 1_800_000_000_000;

export const newOrder = (run: string, number: string): OrderRecord => ({
  id: `${run}-${number}`,
  status: 'pending',
  amount: '12.34',
  currency: 'AED',
  subject: 'Cart',
  reference: `cart-${run}-${number}`,
  idempotencyKey: `key-${run}-${number}`,
  details: { run, number },
  notifyUrl: 'https://shop.example/notify',
  expiresAt: start + 1000,
  createdAt: start,
  updatedAt: start,
});

/** The first leaves it as it was created. */
export const stages: readonly Change[] = [
  (order) => order,
  (order) => ({
    ...order,
    status: 'scanned',
    updatedAt: start + 1,
    payer: { mobileNumberMask: '*' },
  }),
  (order) => ({
    ...order,
    status: 'paid',
    updatedAt: start + 2,
    paidAt: start,
    paidAmount: '12.00',
  }),
  (order) => ({ ...order, updatedAt: start + 3, told: 'paid' }),
];

/** The order as it is after the stage of that number. */
export const orderAt = (run: string, number: string, stage: number): OrderRecord =>
  stages.slice(0, stage + 1).reduce((order, change) => change(order), newOrder(run, number));
