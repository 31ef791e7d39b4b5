/** What a page may know of an order: the wire contract's Order, and nothing of PayBy's or the shop's. */
import type { Order } from '../../protocol.ts';
import { amountToWire } from '../payby/money.ts';
import type { OrderRecord } from '../stores/order-store.ts';
import { isOpen } from './order-status.ts';

/** PayBy's tokens lapse after about an hour, ms. */
const tokenLifetime = 60 * 60 * 1000;

/** Pure. @param now the server's clock, epoch ms */
export function toOrder(record: OrderRecord, partnerId: string, now: number): Order {
  const { id, status, amount, currency, subject, subjectAr, expiresAt, paidAt } = record;
  const { payer, failure, eWallet } = record;
  const tokenUrl = payableUrl(record, now);
  return {
    id,
    status,
    amount: { amount: amountToWire(amount), currency },
    subject,
    ...(subjectAr !== undefined && { subjectAr }),
    expiresAt,
    ...(paidAt !== undefined && { paidAt }),
    now,
    ...(tokenUrl !== undefined && waysToPay(tokenUrl, partnerId, eWallet !== undefined)),
    ...(payer && { payer: { mobileNumberMask: payer.mobileNumberMask } }),
    ...(status === 'failed' && failure && { failure: { code: failure.code } }),
  };
}

/**
 * The tokenUrl at which an order can be paid. An order that is being given up is not to be paid any
 * more, and a code that has lapsed leads nowhere.
 */
export function payableUrl(record: OrderRecord, now: number): string | undefined {
  const { tokenUrl, tokenUrlAt = 0, closing } = record;
  const isGood = isOpen(record) && closing === undefined && now < tokenUrlAt + tokenLifetime;
  return isGood ? tokenUrl : undefined;
}

/**
 * The code, and the order token `ft` in it, which is what PayBy's in-app call wants. A deep link into the
 * app is both what a phone's browser opens and, for another device, what the code says.
 */
function waysToPay(
  tokenUrl: string,
  appId: string,
  isDeepLink: boolean,
): Pick<Order, 'tokenUrl' | 'appLink' | 'bridge'> {
  if (isDeepLink) return { tokenUrl, appLink: tokenUrl };
  const url = URL.canParse(tokenUrl) ? new URL(tokenUrl) : undefined;
  const token = url?.searchParams.get('ft');
  return token ? { tokenUrl, bridge: { appId, token } } : { tokenUrl };
}
