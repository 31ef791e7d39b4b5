import { defaultTokenHosts } from '../../../../src/order/token-hosts.ts';
import type { OrderPlan } from './course.ts';

/** What was truly said of an order, for the oracle. */
export interface Word {
  id: string;
  isPaid: boolean;
  /** It ended without a payment. */
  isOver: boolean;
  /** It has an end, at which it may lapse. */
  hasEnd: boolean;
}

/** Links a checkout may lead to. */
export const goodLinks = [
  'https://qr.payby.com?BIZ_TYPE=202&ft=7ac14d5d372a459fbe948e83fcaae0cb',
  'https://pay.test2pay.com/q?t=1',
  'https://botim.money/pay#now',
] as const;

/** Allowed only where the page names the host. */
export const namedHost = 'pay.shop.example';

/** Links that lead, or seem to lead, somewhere else. */
export const badLinks = [
  'https://payby.com.evil.example/q',
  'https://qr.payby.com@evil.example/q',
  'https://evilpayby.com/q',
  'http://qr.payby.com/q',
  'javascript:alert(1)//https://qr.payby.com',
  'data:text/html,https://qr.payby.com',
  '//evil.example/q',
  'https://user:word@qr.payby.com/q',
  'http://localhost:3000/q',
  'botim://pay',
  `https://${namedHost}/q`,
] as const;

/** Whether a checkout with this `token-hosts` may lead to `link`: written apart from the product's own. */
export function mayLeadTo(link: string, tokenHosts: string): boolean {
  const match = /^https:\/\/([a-z0-9.-]+)(?=[/?#]|$)/.exec(link);
  const host = match?.[1];
  if (!host) return false;
  const hosts = [...defaultTokenHosts, ...tokenHosts.split(' ').filter(Boolean)];
  return hosts.some((allowed) => host === allowed || host.endsWith(`.${allowed}`));
}

/** Words that are no status of the contract; the last is PayBy's, and means paid in PayBy's JSON only. */
export const strangeStatuses = ['PAID', 'success', 'settled', 'paid ', '', 'PAID_SUCCESS'] as const;

/** The order `id` as the plan has it, as JSON text, and what that says. */
export function wordFor(plan: OrderPlan, id: string, epoch: number): { text: string; word: Word } {
  const isPaybys = plan.form === 'payby';
  const value = isPaybys ? paybyOrder(plan, id, epoch) : order(plan, id, epoch);
  const isPaid = plan.status === 'paid' || (isPaybys && plan.status === 'PAID_SUCCESS');
  const isOver = ['failed', 'expired', 'cancelled'].includes(plan.status);
  const word = { id, isPaid, isOver, hasEnd: plan.lasts !== undefined };
  return { text: JSON.stringify(value), word };
}

function order({ form, ...plan }: OrderPlan, id: string, epoch: number) {
  return {
    id,
    status: plan.status,
    tokenUrl: plan.tokenUrl,
    appLink: plan.appLink,
    amount: form === 'odd' ? '12.34' : plan.amount && { amount: plan.amount, currency: 'AED' },
    subject: form === 'odd' ? null : 'Cart 42',
    now: nowOf(plan.now, epoch),
    expiresAt: plan.lasts === undefined ? undefined : epoch + plan.lasts,
  };
}

/** A server's clock that jumps, and answers that overtake each other, both read as this. */
function nowOf(now: OrderPlan['now'], epoch: number): number | undefined {
  if (now === 'untold') return undefined;
  if (now === 'stale') return epoch - 5000;
  return now === 'ahead' ? epoch + 4000 : epoch;
}

const paybyStatuses: Record<string, string> = {
  pending: 'CREATED',
  scanned: 'CREATED',
  paid: 'PAID_SUCCESS',
  refunded: 'SETTLED',
  failed: 'FAILURE',
  expired: 'FAILURE',
  cancelled: 'FAILURE',
};

function paybyOrder({ status, tokenUrl, lasts }: OrderPlan, id: string, epoch: number) {
  return {
    head: { applyStatus: 'SUCCESS', code: '0', msg: 'SUCCESS' },
    body: {
      acquireOrder: {
        merchantOrderNo: id,
        status: paybyStatuses[status] ?? status,
        totalAmount: { amount: 12.34, currency: 'AED' },
        expiredTime: lasts === undefined ? undefined : epoch + lasts,
        revoked: status === 'refunded' ? 'true' : undefined,
      },
      interActionParams: { tokenUrl },
    },
  };
}
