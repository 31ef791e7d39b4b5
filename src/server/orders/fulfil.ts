/** Handing a payment over to the shop. */
import { waitAtMost, withDeadline } from '../clock.ts';
import type { CheckoutContext } from '../context.ts';
import { messageOf } from '../report.ts';
import type { OrderRecord } from '../stores/order-store.ts';
import { awaitsShop } from './order-status.ts';

/** How long a page that asks waits for PayBy and for `onPaid`, ms. */
export const patience = 5_000;

/** How long `onPaid` may take before it counts as failed, ms. */
const deadline = 30_000;

/**
 * Calls `onPaid` for an order that awaits it, and again later, with growing pauses over a day, until
 * it took the order. Within this process it runs once at a time for one order, except that a run which
 * is slower than the deadline may overlap the next one; other processes may run it at the same time.
 *
 * @returns whether nothing is left to do; false when `onPaid` or the store threw or took too long,
 *   which is reported
 */
export const fulfil = (ctx: CheckoutContext, id: string): Promise<boolean> =>
  ctx.fulfilling(id, async () => {
    try {
      await withDeadline(ctx.clock, deadline, () => handOver(ctx, id));
      ctx.retries.forget(id);
      return true;
    } catch (cause) {
      const message = `onPaid did not take the order: ${messageOf(cause)}`;
      ctx.report({ code: 'on-paid-failed', message, orderId: id, cause });
      ctx.retries.later(id, () => void fulfil(ctx, id));
      return false;
    }
  });

/** A run that succeeds after its deadline is noted all the same. */
async function handOver(ctx: CheckoutContext, id: string): Promise<void> {
  const record = await ctx.store.get(id);
  if (record === undefined || !awaitsShop(record)) return;
  await ctx.onPaid(record);
  await ctx.store.markFulfilled(id, ctx.clock.now());
}

/**
 * The record, once the shop has taken it if it is paid: so a customer sent on to the shop's own page
 * finds the order paid there. Waits no longer than {@link patience}.
 */
export async function afterShop(ctx: CheckoutContext, record: OrderRecord): Promise<OrderRecord> {
  if (!awaitsShop(record)) return record;
  await waitAtMost(ctx.clock, patience, fulfil(ctx, record.id));
  return (await ctx.store.get(record.id)) ?? record;
}
