/** Every event that a checkout can send. */
export const eventNames = [
  'payby-order',
  'payby-change',
  'payby-redirect',
  'payby-scanned',
  'payby-paid',
  'payby-failed',
  'payby-expired',
  'payby-cancelled',
  'payby-error',
] as const;

export type EventName = (typeof eventNames)[number];
