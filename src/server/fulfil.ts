/** Handing a payment over to the shop. */
import { waitAtMost } from './clock.ts';
import type { CheckoutContext } from './context.ts';
import type { OrderRecord } from './order-store.ts';
import { messageOf } from './report.ts';

/** How long a page that asks waits for PayBy and for `onPaid`, ms. */
export const patience = 5_000;

/** Whether an order is paid and the shop has not taken it yet. */
export const awaitsShop = ({ status, fulfilled }: OrderRecord): boolean =>
  status === 'paid' && !fulfilled;

/**
 * Calls `onPaid` for an order that awaits it; for one order at most once at a time.
 *
 * @returns whether nothing is left to do; false when `onPaid` or the store threw, which is reported,
 *   and which the next notification or query repairs
 */
export const fulfil = (ctx: CheckoutContext, id: string): Promise<boolean> =>
  ctx.fulfilling(id, async () => {
    try {
      const record = await ctx.store.get(id);
      if (record === undefined || !awaitsShop(record)) return true;
      await ctx.onPaid(record);
      await ctx.store.markFulfilled(id, ctx.clock.now());
      return true;
    } catch (cause) {
      const message = `onPaid did not take the order: ${messageOf(cause)}`;
      ctx.report({ code: 'on-paid-failed', message, orderId: id, cause });
      return false;
    }
  });

/**
 * The record, once the shop has taken it if it is paid: so a customer sent on to the shop's own page
 * finds the order paid there. Waits no longer than {@link patience}.
 */
export async function afterShop(ctx: CheckoutContext, record: OrderRecord): Promise<OrderRecord> {
  if (!awaitsShop(record)) return record;
  await waitAtMost(ctx.clock, patience, fulfil(ctx, record.id));
  return (await ctx.store.get(record.id)) ?? record;
}
