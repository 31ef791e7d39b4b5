/** Every status an order can have, in the contract between the element and a merchant's backend. */
export const orderStatuses = [
  'pending',
  'scanned',
  'paid',
  'failed',
  'expired',
  'cancelled',
  'refunded',
] as const;

export type OrderStatus = (typeof orderStatuses)[number];

/** Statuses after which an order does not change any more, as far as its customer is concerned. */
export const isFinal = (status: OrderStatus): boolean =>
  status !== 'pending' && status !== 'scanned';
