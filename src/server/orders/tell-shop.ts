/** Telling the shop how an order ended: at least once, and by one process at a time. */
import { messageOf } from '../anomaly.ts';
import { waitAtMost, withDeadline } from '../clock.ts';
import type { CheckoutContext } from '../context.ts';
import type { OrderRecord, RefundRecord } from '../stores/order-store.ts';
import { awaitsPaid, awaitsShop, isOpen } from './order-status.ts';

/** How long a page that asks waits for PayBy and for `onPaid`, ms. */
export const patience = 5_000;

/**
 * Calls the shop's callbacks for an order that awaits them, and again later, with growing pauses, until
 * they took it. A claim in the store keeps other processes from calling them at the same time; it runs
 * out if this process ends, and `reconcile` finds what was left.
 *
 * What changed while a run was coming to its end is told by another one.
 *
 * @returns whether nothing is left to tell; false when a callback or the store threw or took too long,
 *   which is reported
 */
export const tellShop = async (ctx: CheckoutContext, id: string): Promise<boolean> =>
  (await tellOnce(ctx, id)) && ((await hasHeardAll(ctx, id)) || tellOnce(ctx, id));

/** A store that cannot say has it told again, and that reports. */
async function hasHeardAll({ store }: CheckoutContext, id: string): Promise<boolean> {
  const record = await store.get(id).catch(() => undefined);
  return record !== undefined && !awaitsShop(record);
}

const tellOnce = (ctx: CheckoutContext, id: string): Promise<boolean> =>
  ctx.telling(id, async () => {
    const name = `shop/${id}`;
    const holder = ctx.holder();
    const now = ctx.clock.now();
    try {
      const isMine = await ctx.store.claim(name, holder, now, now + ctx.callbackTimeout);
      if (!isMine) return await heardElsewhere(ctx, id);
      try {
        await withDeadline(ctx.clock, ctx.callbackTimeout, () => tellAll(ctx, id));
      } finally {
        await ctx.store.release(name, holder);
      }
      ctx.retries.forget(name);
      return true;
    } catch (cause) {
      const message = `the shop did not take the order: ${messageOf(cause)}`;
      ctx.anomalies.report({ code: 'callback-failed', message, orderId: id, cause });
      ctx.retries.later(name, () => void tellShop(ctx, id));
      return false;
    }
  });

/** A run that succeeds after its deadline is noted all the same. */
async function tellAll(ctx: CheckoutContext, id: string): Promise<void> {
  for (;;) {
    const record = await ctx.store.get(id);
    const news = record && newsOf(record);
    if (!record || !news) return;
    await tell(ctx, record, news);
    await ctx.store.update(id, (present) => afterTelling(present, news, ctx.clock.now()));
  }
}

/** What the shop has to hear next: how the order ended, or one refund. */
type News = { kind: 'end'; status: OrderRecord['status'] } | { kind: 'refund'; id: string };

/** Pure. A payment comes first, and a refund before the end it brings about. */
function newsOf(record: OrderRecord): News | undefined {
  const { status, told, refunds = [] } = record;
  if (awaitsPaid(record)) return { kind: 'end', status };
  const refund = refunds.find((one) => one.status === 'succeeded' && !one.told);
  if (refund) return { kind: 'refund', id: refund.id };
  return !isOpen(record) && told !== status ? { kind: 'end', status } : undefined;
}

function tell({ shop }: CheckoutContext, record: OrderRecord, news: News): unknown {
  if (news.kind === 'refund') return shop.onRefunded?.(record, refundOf(record, news.id));
  if (news.status === 'paid') return shop.onPaid(record);
  return news.status === 'refunded' ? shop.onRefunded?.(record) : shop.onFailed?.(record);
}

/** Pure. The last refund of an order that is refunded tells its end, too. */
function afterTelling(record: OrderRecord, news: News, now: number): OrderRecord {
  if (news.kind === 'end') return { ...record, told: news.status, updatedAt: now };
  const refunds = record.refunds?.map((refund) =>
    refund.id === news.id ? { ...refund, told: true } : refund,
  );
  const isLast = refunds?.every(({ told, status }) => told || status !== 'succeeded');
  return {
    ...record,
    ...(refunds && { refunds }),
    ...(isLast && record.status === 'refunded' && { told: 'refunded' as const }),
    updatedAt: now,
  };
}

const refundOf = ({ refunds }: OrderRecord, id: string): RefundRecord | undefined =>
  refunds?.find((refund) => refund.id === id);

/** Another process is at it: waits for its word, as long as a callback may take. */
async function heardElsewhere(ctx: CheckoutContext, id: string): Promise<boolean> {
  let heard = false;
  let stop = () => {};
  const told = new Promise<void>((resolve) => {
    const look = (record: OrderRecord | undefined) => {
      if (!record || awaitsShop(record)) return;
      heard = true;
      resolve();
    };
    ctx.store
      .subscribe(id, look)
      .then((unsubscribe) => {
        stop = unsubscribe;
        return ctx.store.get(id).then(look);
      })
      .catch(() => {});
  });
  await waitAtMost(ctx.clock, ctx.callbackTimeout, told);
  stop();
  if (!heard) throw new Error('another process calls the shop, and does not come to an end');
  return heard;
}

/**
 * The record, once the shop has taken it if it is paid: so a customer sent on to the shop's own page
 * finds the order paid there. Waits no longer than {@link patience}.
 */
export async function afterShop(ctx: CheckoutContext, record: OrderRecord): Promise<OrderRecord> {
  if (!awaitsPaid(record)) return record;
  await waitAtMost(ctx.clock, patience, tellShop(ctx, record.id));
  return (await ctx.store.get(record.id)) ?? record;
}
