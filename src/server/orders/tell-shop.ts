/** Telling the shop how an order ended: at least once, and by one process at a time. */
import { messageOf } from '../anomaly.ts';
import { DeadlineError, waitAtMost, withDeadline } from '../clock.ts';
import type { CheckoutContext } from '../context.ts';
import type { OrderRecord, RefundRecord } from '../stores/order-store.ts';
import { awaitsPaid, awaitsShop, isOpen } from './order-status.ts';
import { isExplained } from './refunds.ts';

/** How long a page that asks waits for PayBy and for `onPaid`, ms. */
export const patience = 5_000;

/**
 * Calls the shop's callbacks for an order that awaits them, and again later, with growing pauses, until
 * they took it. A claim in the store keeps other processes from calling them at the same time; it runs
 * out if this process ends, and `reconcile` finds what was left.
 *
 * @returns whether nothing is left to tell; false when a callback or the store threw or took too long,
 *   which is reported
 */
export async function tellShop(ctx: CheckoutContext, id: string): Promise<boolean> {
  try {
    // A run that was about to end as this one came need not have told what is new.
    while (await ctx.telling.run(id, () => tellAll(ctx, id))) {
      const record = await ctx.store.get(id);
      if (!record || !awaitsShop(record)) return true;
    }
  } catch (cause) {
    ctx.anomalies.report({ code: 'internal', message: messageOf(cause), orderId: id, cause });
  }
  return false;
}

async function tellAll(ctx: CheckoutContext, id: string): Promise<boolean> {
  const name = `shop/${id}`;
  try {
    while (await tellNext(ctx, id, name)) {
      // One callback after the other, each with the whole time.
    }
    ctx.retries.forget(name);
    return true;
  } catch (cause) {
    const message = `the shop did not take the order: ${messageOf(cause)}`;
    ctx.anomalies.report({ code: 'callback-failed', message, orderId: id, cause });
    ctx.retries.later(name, () => void tellShop(ctx, id));
    return false;
  }
}

/** @returns whether there is more to tell */
async function tellNext(ctx: CheckoutContext, id: string, claim: string): Promise<boolean> {
  const holder = ctx.holder();
  const now = ctx.clock.now();
  if (!(await ctx.store.claim(claim, holder, now, now + ctx.callbackTimeout))) {
    await heardElsewhere(ctx, id);
    return false;
  }
  try {
    return await withDeadline(ctx.clock, ctx.callbackTimeout, () => tellOne(ctx, id));
  } finally {
    await ctx.store.release(claim, holder);
  }
}

/** A run that succeeds after its deadline is noted all the same. */
async function tellOne(ctx: CheckoutContext, id: string): Promise<boolean> {
  const record = await ctx.store.get(id);
  const news = record && newsOf(record);
  if (!record || !news) return false;
  await tell(ctx, record, news);
  const { record: told } = await ctx.store.update(id, (present) =>
    afterTelling(present, news, ctx.clock.now()),
  );
  return newsOf(told) !== undefined;
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

/**
 * Pure. An order that has moved on while its shop was told still has that end to tell. The last of the
 * refunds that make an order `refunded` tells its end, too.
 */
function afterTelling(record: OrderRecord, news: News, now: number): OrderRecord {
  if (news.kind === 'end') {
    const isStill = record.status === news.status;
    return isStill ? { ...record, told: news.status, updatedAt: now } : record;
  }
  const refunds = record.refunds?.map((refund) =>
    refund.id === news.id ? { ...refund, told: true } : refund,
  );
  const isLast =
    isExplained(record) && refunds?.every(({ told, status }) => told || status !== 'succeeded');
  return {
    ...record,
    ...(refunds && { refunds }),
    ...(isLast && record.status === 'refunded' && { told: 'refunded' as const }),
    updatedAt: now,
  };
}

const refundOf = ({ refunds }: OrderRecord, id: string): RefundRecord | undefined =>
  refunds?.find((refund) => refund.id === id);

/**
 * Another process is at it: waits for its word, as long as a callback may take.
 *
 * @throws Error when it does not come
 */
async function heardElsewhere(ctx: CheckoutContext, id: string): Promise<void> {
  let isOver = false;
  let stop = () => {};
  const told = new Promise<true>((resolve, reject) => {
    const look = (record: OrderRecord | undefined) => {
      if (!record || !awaitsShop(record)) resolve(true);
    };
    const listen = async () => {
      stop = await ctx.store.subscribe(id, look);
      if (isOver) stop();
      look(await ctx.store.get(id));
    };
    listen().catch(reject);
  });
  try {
    await withDeadline(ctx.clock, ctx.callbackTimeout, () => told);
  } catch (cause) {
    if (!(cause instanceof DeadlineError)) throw cause;
    throw new Error('another process calls the shop, and does not come to an end', { cause });
  } finally {
    isOver = true;
    stop();
  }
}

/**
 * The record, once the shop has taken it if it is paid: so a customer sent on to the shop's own page
 * finds the order paid there. Waits no longer than {@link patience}, and not at all for a shop that failed
 * before and is called again at its own pace: whoever asks must not call it any oftener.
 */
export async function afterShop(ctx: CheckoutContext, record: OrderRecord): Promise<OrderRecord> {
  if (!awaitsPaid(record) || ctx.retries.isWaiting(`shop/${record.id}`)) return record;
  await waitAtMost(ctx.clock, patience, tellShop(ctx, record.id));
  return (await ctx.store.get(record.id)) ?? record;
}
