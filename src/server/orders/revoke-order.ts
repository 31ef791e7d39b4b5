/** Taking a whole order back: an unpaid one is cancelled, the money of a paid one is returned. */
import { messageOf } from '../anomaly.ts';
import { randomName } from '../bytes.ts';
import type { CheckoutContext } from '../context.ts';
import {
  isPaybyFailure,
  PaybyError,
  saysOrderIsFinal,
  saysTryLater,
} from '../payby/payby-error.ts';
import type { OrderRecord } from '../stores/order-store.ts';
import { changeOrder } from './move-order.ts';
import { isOpen } from './order-status.ts';
import { orderNotFound } from './refund-order.ts';
import { afterRevoke, awaitsRevoke, withRevoke } from './revocation.ts';
import { settle } from './settle.ts';

/**
 * Revokes an order at PayBy and answers it as it is then: `cancelled` when nobody had paid it, `refunded`
 * when somebody had. One that is over already is answered as it is.
 *
 * @throws OrderError when there is no such order; PaybyError when PayBy refused; PaybyUnknownError when
 *   nobody knows: it is found out by `reconcile`
 */
export const revokeOrder = (ctx: CheckoutContext, id: string): Promise<OrderRecord> =>
  ctx.inTurn(id, async () => {
    const record = await ctx.store.get(id);
    if (record === undefined) throw orderNotFound(id);
    if (!isOpen(record) && record.status !== 'paid') return record;
    const now = ctx.clock.now();
    const { record: planned } = await changeOrder(ctx, id, (present) =>
      isOpen(present)
        ? { ...present, closing: present.closing ?? 'cancelled', updatedAt: now }
        : withRevoke(present, `V${randomName()}`, now),
    );
    return revokeAtPayby(ctx, planned);
  });

/** For callers that have the order's turn: asks PayBy, and settles what it says. */
async function revokeAtPayby(ctx: CheckoutContext, record: OrderRecord): Promise<OrderRecord> {
  const { id } = record;
  try {
    const order = await ctx.payby.revokeOrder({ merchantOrderNo: id }, { retries: 0 });
    return (await settle(ctx, record, order)).record;
  } catch (cause) {
    if (!isPaybyFailure(cause)) throw cause;
    if (saysOrderIsFinal(cause)) {
      const present = await lookUp(ctx, record);
      if (!awaitsRevoke(present)) return present;
    }
    const message = `the order could not be revoked: ${messageOf(cause)}`;
    ctx.anomalies.report({ code: 'refund-failed', message, orderId: id, cause });
    if (cause instanceof PaybyError && !saysTryLater(cause)) {
      const failure = { code: cause.code };
      await changeOrder(ctx, id, (present) => afterRevoke(present, ctx.clock.now(), failure));
    }
    throw cause;
  }
}

async function lookUp(ctx: CheckoutContext, record: OrderRecord): Promise<OrderRecord> {
  const order = await ctx.payby.getOrder({ merchantOrderNo: record.id }, { retries: 0 });
  return (await settle(ctx, record, order)).record;
}

/** Finds out what became of a revocation that was not answered, and asks for it again. Reported, not thrown. */
export async function followRevoke(ctx: CheckoutContext, record: OrderRecord): Promise<void> {
  if (!awaitsRevoke(record)) return;
  try {
    const present = await lookUp(ctx, record);
    if (awaitsRevoke(present)) await revokeAtPayby(ctx, present);
  } catch (cause) {
    if (!isPaybyFailure(cause)) throw cause;
  }
}
