/** What a page may know of an order: the wire contract's Order, and nothing of PayBy's or the shop's. */
import type { Order } from '../protocol.ts';
import { amountToWire } from './money.ts';
import { isOpen } from './order-status.ts';
import type { OrderRecord } from './order-store.ts';

/** Pure. @param now the server's clock, epoch ms */
export function toOrder(record: OrderRecord, partnerId: string, now: number): Order {
  const { id, status, amount, currency, subject, subjectAr, expiresAt, paidAt } = record;
  const { tokenUrl, failure } = record;
  return {
    id,
    status,
    amount: { amount: amountToWire(amount), currency },
    subject,
    ...(subjectAr !== undefined && { subjectAr }),
    expiresAt,
    ...(paidAt !== undefined && { paidAt }),
    now,
    ...(tokenUrl !== undefined && isOpen(record) && waysToPay(tokenUrl, partnerId)),
    ...(status === 'failed' && failure && { failure: { code: failure.code } }),
  };
}

/** The QR code, and the order token `ft` in it, which is what PayBy's in-app call wants. */
function waysToPay(tokenUrl: string, appId: string): Pick<Order, 'tokenUrl' | 'bridge'> {
  const url = URL.canParse(tokenUrl) ? new URL(tokenUrl) : undefined;
  const token = url?.searchParams.get('ft');
  return token ? { tokenUrl, bridge: { appId, token } } : { tokenUrl };
}
