/** Asking PayBy how an order stands: once per interval, whoever wants to know, and never once final. */
import { messageOf } from '../anomaly.ts';
import type { CheckoutContext } from '../context.ts';
import { isPaybyFailure, saysNoSuchOrder } from '../payby/payby-error.ts';
import type { OrderRecord } from '../stores/order-store.ts';
import { cancelAtPayby, cancelOn } from './close-order.ts';
import { askWhoScanned } from './detect-scan.ts';
import { isOpen } from './order-status.ts';
import { hasFreshToken, needsRenewal, placeAtPayby } from './place-order.ts';
import { settle } from './settle.ts';
import { afterShop } from './tell-shop.ts';

/**
 * The record after a query, if one is due, and after `onPaid` if it is paid. PayBy's failures are
 * survived: they are reported, and the record is answered as it is.
 *
 * @throws only what the store throws
 */
export async function currentOrder(
  ctx: CheckoutContext,
  id: string,
): Promise<OrderRecord | undefined> {
  const record = await ctx.querying.run(id, () => ctx.inTurn(id, () => queryIfDue(ctx, id)));
  return record && afterShop(ctx, record);
}

async function queryIfDue(ctx: CheckoutContext, id: string): Promise<OrderRecord | undefined> {
  const record = await ctx.store.get(id);
  if (record === undefined || !isOpen(record)) return record;
  const now = ctx.clock.now();
  return (await isDue(ctx, record, now)) ? query(ctx, record, now) : record;
}

/**
 * One query per interval, over all processes. The interval is broken once in an order's life: as it
 * expires, so that a customer whose countdown ends learns the truth at once. An order that PayBy cannot be
 * asked about rests for a while.
 */
async function isDue(ctx: CheckoutContext, record: OrderRecord, now: number): Promise<boolean> {
  const { id, createdAt, expiresAt } = record;
  if (ctx.courses.isPaused(`query/${id}`, now)) return false;
  const holder = ctx.holder();
  const claim = (name: string, until: number) =>
    ctx.store.claim(`${name}/${id}`, holder, now, until);
  if (now >= expiresAt && (await claim('query-at-end', expiresAt + dayAndMore))) {
    await claim('query', now + ctx.queryInterval);
    return true;
  }
  return now >= createdAt + ctx.queryInterval && claim('query', now + ctx.queryInterval);
}

/** No order lives longer after its end than this, ms. */
const dayAndMore = 48 * 60 * 60 * 1000;

/** An order that is to end is cancelled even when it cannot be queried: that tells how it stands, too. */
async function query(ctx: CheckoutContext, record: OrderRecord, now: number): Promise<OrderRecord> {
  const present = await asked(ctx, record, now);
  const reason = cancelOn(present, ctx.clock.now());
  const name = `cancel/${record.id}`;
  const isWaiting = ctx.timers.has(name) || ctx.courses.isPaused(name, ctx.clock.now());
  if (reason === undefined || isWaiting) return present;
  try {
    return await cancelAtPayby(ctx, present, reason);
  } catch (cause) {
    // Reported there, and cancelled again.
    if (isPaybyFailure(cause)) return present;
    throw cause;
  }
}

async function asked(ctx: CheckoutContext, record: OrderRecord, now: number): Promise<OrderRecord> {
  const { id } = record;
  try {
    const present = await ask(ctx, record, now);
    ctx.courses.ended(`query/${id}`);
    return present;
  } catch (cause) {
    if (!isPaybyFailure(cause)) throw cause;
    noteFailure(ctx, id, cause);
    return (await ctx.store.get(id)) ?? record;
  }
}

/** PayBy's acceptance case 008: after more than three failures, or ten seconds of them, a person is told. */
function noteFailure(ctx: CheckoutContext, orderId: string, cause: unknown): void {
  const message = messageOf(cause);
  ctx.anomalies.report({ code: 'query-failed', message, orderId, cause });
  if (!ctx.courses.failed(`query/${orderId}`, ctx.clock.now())) return;
  const given = `PayBy cannot be asked about the order, which may be paid: ${message}`;
  ctx.anomalies.report({ code: 'query-gave-up', message: given, orderId, cause });
}

async function ask(ctx: CheckoutContext, record: OrderRecord, now: number): Promise<OrderRecord> {
  if (needsRenewal(record, now) && record.closing === undefined && now < record.expiresAt) {
    // The same placeOrder again answers the present order too, so a renewal costs no second call.
    const renewed = await placeAtPayby(ctx, record);
    if (!isOpen(renewed) || hasFreshToken(renewed, now)) return renewed;
  }
  const scanned = await askWhoScanned(ctx, record, now);
  if (scanned) return scanned;
  try {
    const order = await ctx.payby.getOrder({ merchantOrderNo: record.id }, { retries: 0 });
    return (await settle(ctx, record, order)).record;
  } catch (cause) {
    // Its placeOrder was never answered: PayBy need not have it.
    if (saysNoSuchOrder(cause) && record.orderNo === undefined) return record;
    throw cause;
  }
}
