/** What refunds do to an order: values in, values out. */
import { filsOf, fromFils } from '../fils.ts';
import type { OrderRecord, RefundRecord } from '../stores/order-store.ts';

/** Why a refund or a revocation is not even asked for at PayBy. */
export type OrderErrorCode =
  | 'order-not-found'
  | 'order-not-paid'
  | 'refund-exceeds'
  | 'refund-differs';

/** Thrown by `refund` and `revoke` for an order they cannot be done for. Nothing has changed. */
export class OrderError extends Error {
  override readonly name = 'OrderError';
  readonly code: OrderErrorCode;

  constructor(code: OrderErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** What has gone back or may be on its way, in fils. */
const spoken = (refunds: readonly RefundRecord[]): number =>
  refunds
    .filter(({ status }) => status !== 'failed')
    .reduce((sum, { amount }) => sum + filsOf(amount), 0);

const succeeded = (refunds: readonly RefundRecord[]): number =>
  spoken(refunds.filter(({ status }) => status === 'succeeded'));

/** What of an order can still be refunded, in fils. */
export const remainingOf = ({ amount, refunds = [] }: OrderRecord): number =>
  filsOf(amount) - spoken(refunds);

export interface RefundWish {
  /** The number the refund gets at PayBy. */
  readonly id: string;
  /** Whether `id` is the shop's own, so that the same wish again means the same refund. */
  readonly isNamed: boolean;
  /** A decimal string with two decimals; all that remains when absent. */
  readonly amount?: string;
  readonly reason?: string;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * The refund that a wish stands for, and the order with it. One of before is answered for the same
 * number, and for a wish without one while a refund of this amount is still pending: asking again after
 * an unknown outcome must not give the money back twice.
 *
 * @throws OrderError
 */
export function withRefund(
  record: OrderRecord,
  wish: RefundWish,
): { record: OrderRecord; refund: RefundRecord } {
  const { id, refunds = [] } = record;
  const earlier = refunds.find((refund) =>
    wish.isNamed ? refund.id === wish.id : isSamePending(refund, wish.amount),
  );
  if (earlier && (wish.amount ?? earlier.amount) === earlier.amount) {
    return { record, refund: earlier };
  }
  if (earlier) {
    const said = `refund ${wish.id} of order ${id} is over ${earlier.amount}, not ${wish.amount}`;
    throw new OrderError('refund-differs', `${said}; use another id for another refund`);
  }
  if (!hasBeenPaid(record)) {
    throw new OrderError(
      'order-not-paid',
      `order ${id} is ${record.status}: there is nothing to refund`,
    );
  }
  const remaining = remainingOf(record);
  const fils = wish.amount === undefined ? remaining : filsOf(wish.amount);
  if (fils > remaining || fils === 0 || record.status === 'refunded') {
    const left = record.status === 'refunded' ? 0 : remaining;
    const said = `of order ${id} can be refunded ${fromFils(left)} ${record.currency}`;
    throw new OrderError('refund-exceeds', `${said}, asked for was ${wish.amount ?? 'the rest'}`);
  }
  const refund: RefundRecord = {
    id: wish.id,
    amount: fromFils(fils),
    status: 'pending',
    ...(wish.reason !== undefined && { reason: wish.reason }),
    createdAt: wish.now,
    told: false,
  };
  return { record: { ...record, refunds: [...refunds, refund], updatedAt: wish.now }, refund };
}

/** Whether there is, or was, money to give back. */
export const hasBeenPaid = ({ status }: OrderRecord): boolean =>
  status === 'paid' || status === 'refunded';

const isSamePending = (refund: RefundRecord, amount: string | undefined): boolean =>
  refund.status === 'pending' &&
  refund.revoke === undefined &&
  (amount === undefined || refund.amount === amount);

/** The order with a revocation on its way. Nothing changes when there is one. */
export function withRevoke(record: OrderRecord, id: string, now: number): OrderRecord {
  const { refunds = [] } = record;
  const remaining = remainingOf(record);
  if (record.status !== 'paid' || awaitsRevoke(record)) return record;
  const amount = fromFils(Math.max(remaining, 0));
  const refund = {
    id,
    amount,
    status: 'pending',
    revoke: true,
    createdAt: now,
    told: false,
  } as const;
  return { ...record, refunds: [...refunds, refund], updatedAt: now };
}

export const awaitsRevoke = ({ refunds = [] }: OrderRecord): boolean =>
  refunds.some(({ revoke, status }) => revoke && status === 'pending');

/** Whether an order was taken back as a whole rather than refunded bit by bit. */
export const wasRevoked = (record: OrderRecord): boolean =>
  record.status === 'refunded' && succeeded(plainRefunds(record)) < filsOf(record.amount);

const plainRefunds = ({ refunds = [] }: OrderRecord): RefundRecord[] =>
  refunds.filter(({ revoke }) => !revoke);

/** The order once PayBy has taken it back, or refused to. */
export function afterRevoke(
  record: OrderRecord,
  now: number,
  failure?: RefundRecord['failure'],
): OrderRecord {
  if (!awaitsRevoke(record)) return record;
  const status = failure ? ('failed' as const) : ('succeeded' as const);
  const refunds = record.refunds?.map((refund) =>
    refund.revoke && refund.status === 'pending'
      ? { ...refund, status, ...(failure && { failure }) }
      : refund,
  );
  return { ...record, updatedAt: now, ...(refunds && { refunds }) };
}

/** How a refund stands at PayBy. */
export interface RefundNews {
  readonly id: string;
  readonly amount: string;
  readonly status: RefundRecord['status'];
  readonly orderNo?: string;
  readonly reason?: string;
  readonly failure?: RefundRecord['failure'];
}

/**
 * The order after news of a refund, also one it did not ask for itself. A refund that ended stays as it
 * ended, except that money which did move is always believed. All of the amount gone back makes the
 * order `refunded`.
 *
 * @returns undefined when the news cannot be of this order: another amount, more than it has, or never paid
 */
export function afterRefund(
  record: OrderRecord,
  news: RefundNews,
  now: number,
): OrderRecord | undefined {
  if (!hasBeenPaid(record)) return undefined;
  const { refunds = [] } = record;
  const known = refunds.find(({ id }) => id === news.id);
  if (known && known.amount !== news.amount) return undefined;
  if (known && (known.status === news.status || known.status === 'succeeded')) return record;
  if (known?.status === 'failed' && news.status === 'pending') return record;
  if (!known && news.status !== 'succeeded') return record;
  const fresh: RefundRecord = {
    ...(known ?? { createdAt: now, told: false }),
    ...news,
  };
  const all = known
    ? refunds.map((refund) => (refund === known ? fresh : refund))
    : [...refunds, fresh];
  if (succeeded(all) > filsOf(record.amount)) return undefined;
  const isAll = record.status === 'paid' && succeeded(all) === filsOf(record.amount);
  return { ...record, refunds: all, updatedAt: now, ...(isAll && { status: 'refunded' }) };
}
