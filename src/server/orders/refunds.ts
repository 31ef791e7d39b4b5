/** What refunds do to an order: values in, values out. */
import { entryOf } from '../../troubleshooting.ts';
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
    super(`${message}; see ${entryOf(code)}`);
    this.code = code;
  }
}

/** What has gone back or may be on its way, in fils. */
const spoken = (refunds: readonly RefundRecord[]): number =>
  refunds
    .filter(({ status }) => status !== 'failed')
    .reduce((sum, { amount }) => sum + filsOf(amount), 0);

/** What has gone back, in fils. */
export const succeeded = (refunds: readonly RefundRecord[]): number =>
  spoken(refunds.filter(({ status }) => status === 'succeeded'));

/** What of an order can still be refunded, in fils. */
export const remainingOf = ({ amount, status, refunds = [] }: OrderRecord): number =>
  status === 'paid' ? Math.max(filsOf(amount) - spoken(refunds), 0) : 0;

/** Whether there is, or was, money to give back. */
export const hasBeenPaid = ({ status }: OrderRecord): boolean =>
  status === 'paid' || status === 'refunded';

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
 * number, and for a wish without one while a refund of this amount, or of all the rest, is still pending:
 * asking again after an unknown outcome must not give the money back twice.
 *
 * @throws OrderError
 */
export function withRefund(
  record: OrderRecord,
  wish: RefundWish,
): { record: OrderRecord; refund: RefundRecord; isNew: boolean } {
  const { id, refunds = [] } = record;
  const earlier = wish.isNamed
    ? refunds.find((refund) => refund.id === wish.id)
    : samePending(record, wish.amount);
  if (earlier && (wish.amount ?? earlier.amount) === earlier.amount) {
    return { record, refund: earlier, isNew: false };
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
  if (fils > remaining || fils === 0) {
    const said = `of order ${id} can be refunded ${fromFils(remaining)} ${record.currency}`;
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
  const changed = { ...record, refunds: [...refunds, refund], updatedAt: wish.now };
  return { record: changed, refund, isNew: true };
}

/** A wish for the rest can only be the one of before when that has left nothing to refund. */
function samePending(record: OrderRecord, amount: string | undefined): RefundRecord | undefined {
  if (amount === undefined && remainingOf(record) > 0) return undefined;
  return record.refunds?.findLast(
    (refund) =>
      refund.status === 'pending' &&
      refund.revoke === undefined &&
      (amount ?? refund.amount) === refund.amount,
  );
}

/** How a refund stands at PayBy. */
export interface RefundNews {
  readonly id: string;
  readonly amount: string;
  readonly status: RefundRecord['status'];
  readonly orderNo?: string;
  readonly failure?: RefundRecord['failure'];
}

/** What news of a refund mean for an order. */
export type RefundVerdict =
  /** Something is new. */
  | 'news'
  /** Nothing is. */
  | 'known'
  /** The refund has ended otherwise, and stays as it ended. */
  | 'outdated'
  /** They cannot be of this order: another amount, more than it has, or nothing was paid. */
  | 'mismatch'
  /** PayBy says a word nobody knows, never taken for success. */
  | 'unknown';

/** Pure. A refund the kit did not ask for counts once it succeeded; money that did move is always believed. */
export function judgeRefund(record: OrderRecord, news: RefundNews): RefundVerdict {
  const { refunds = [], amount } = record;
  const known = refundOf(record, news);
  if (known && known.amount !== news.amount) return 'mismatch';
  if (known?.status === news.status) {
    return known.orderNo === undefined && news.orderNo ? 'news' : 'known';
  }
  if (known?.status === 'succeeded') return 'outdated';
  if (known?.status === 'failed' && news.status === 'pending') return 'outdated';
  if (!hasBeenPaid(record)) return 'mismatch';
  if (news.status !== 'succeeded') return known ? 'news' : 'known';
  return succeeded(refunds) + filsOf(news.amount) > filsOf(amount) ? 'mismatch' : 'news';
}

/** PayBy may tell of a revocation as of a refund, under a number of its own. */
const refundOf = ({ refunds = [] }: OrderRecord, news: RefundNews): RefundRecord | undefined =>
  refunds.find(({ id }) => id === news.id) ??
  refunds.find((refund) => refund.status !== 'failed' && isRevokeOf(refund, news));

const isRevokeOf = (refund: RefundRecord, { amount, orderNo }: RefundNews): boolean =>
  refund.revoke === true &&
  refund.amount === amount &&
  (!refund.orderNo || !orderNo || refund.orderNo === orderNo);

/**
 * The order after news of a refund, also one it did not ask for itself. All of the amount gone back makes
 * it `refunded`. For news it is: see {@link judgeRefund}.
 */
export function afterRefund(record: OrderRecord, news: RefundNews, now: number): OrderRecord {
  const { refunds = [] } = record;
  const known = refundOf(record, news);
  // The shop hears of an order that was taken back as a whole: not of its parts as well.
  const stranger: Omit<RefundRecord, 'id' | 'amount' | 'status'> = {
    createdAt: now,
    told: record.status === 'refunded',
  };
  const { failure: _, ...before } = known ?? stranger;
  const fresh: RefundRecord = { ...before, ...news, id: known?.id ?? news.id };
  const all = known
    ? refunds.map((refund) => (refund === known ? fresh : refund))
    : [...refunds, fresh];
  const isAll = record.status === 'paid' && succeeded(all) === filsOf(record.amount);
  return { ...record, refunds: all, updatedAt: now, ...(isAll && { status: 'refunded' }) };
}

/** Whether the refunds of an order that is `refunded` say how it came to that. */
export const isExplained = ({ amount, refunds = [] }: OrderRecord): boolean =>
  succeeded(refunds) === filsOf(amount) ||
  refunds.some(({ revoke, status }) => revoke && status === 'succeeded');
