/** Finding what was left: by a lost notification, a restart, a page that closed, a gateway that was away. */
import { messageOf } from '../anomaly.ts';
import type { CheckoutContext } from '../context.ts';
import type { OrderRecord } from '../stores/order-store.ts';
import { awaitsShop, isOpen, isUnsettled } from './order-status.ts';
import { followRefunds } from './pursue-refund.ts';
import { currentOrder } from './query-order.ts';
import { followRevoke } from './revoke-order.ts';
import { tellShop } from './tell-shop.ts';

export interface ReconcileResult {
  /** Whether this process did it; false while another one does. */
  ran: boolean;
  /** How many unsettled orders were looked at. */
  orders: number;
  /** How many of them are settled now. */
  settled: number;
  /** How many could not be looked at; each is reported as `internal`. */
  failed: number;
}

const pageSize = 100;

/** How many orders are looked at together. */
const width = 4;

/** How long a process has the right to reconcile without a sign of life, ms. */
const leaseTime = 30_000;

/**
 * Looks at every unsettled order once: an open one is queried, unless that was done within the interval,
 * and cancelled some time after its end; the shop is told what it has not taken; pending refunds are
 * found out. One process at a time does it; one that loses its right to another stops.
 *
 * @param goesOn asked before every order
 * @throws what the store throws before the first order of a page
 */
export async function reconcile(
  ctx: CheckoutContext,
  goesOn: () => boolean = () => true,
): Promise<ReconcileResult> {
  const result = { ran: false, orders: 0, settled: 0, failed: 0 };
  const lease = createLease(ctx);
  const mayGoOn = async () => goesOn() && (await lease.hold());
  try {
    let after: string | undefined;
    while (await mayGoOn()) {
      result.ran = true;
      const page: OrderRecord[] = await ctx.store.unsettled(pageSize, after);
      after = page.at(-1)?.id;
      if (after === undefined) break;
      await inParallel(page, async ({ id }) => {
        try {
          if (!(await mayGoOn())) return;
          result.orders += 1;
          if (!(await attend(ctx, id))) result.settled += 1;
        } catch (cause) {
          result.failed += 1;
          ctx.anomalies.report({ code: 'internal', message: messageOf(cause), orderId: id, cause });
        }
      });
    }
  } finally {
    await lease.end();
  }
  return result;
}

/** The right to reconcile, kept by signs of life. */
function createLease({ store, clock, holder }: CheckoutContext) {
  const me = holder();
  let until = Number.NEGATIVE_INFINITY;
  return {
    /** Takes it, or keeps it. @returns whether this process has it */
    async hold(): Promise<boolean> {
      const now = clock.now();
      if (now < until - leaseTime / 2) return true;
      const isMine = await store.claim('reconcile', me, now, now + leaseTime);
      until = isMine ? now + leaseTime : Number.NEGATIVE_INFINITY;
      return isMine;
    },
    end: () => store.release('reconcile', me),
  };
}

async function inParallel<Item>(
  items: readonly Item[],
  task: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  const work = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await task(item);
  };
  await Promise.all(Array.from({ length: width }, work));
}

/** @returns whether the order is still unsettled */
async function attend(ctx: CheckoutContext, id: string): Promise<boolean> {
  const record = await ctx.store.get(id);
  if (record === undefined) return false;
  if (isOpen(record)) await currentOrder(ctx, id);
  else await ctx.inTurn(id, () => followMoney(ctx, id));
  const present = await ctx.store.get(id);
  // What failed before is called again at its own pace; what runs may be the callback that asks for this.
  const isSeenTo = ctx.retries.isWaiting(`shop/${id}`) || ctx.telling.isRunning(id);
  if (present && awaitsShop(present) && !isSeenTo) await tellShop(ctx, id);
  const last = await ctx.store.get(id);
  return last !== undefined && isUnsettled(last);
}

async function followMoney(ctx: CheckoutContext, id: string): Promise<void> {
  await followRevoke(ctx, id);
  await followRefunds(ctx, id);
}
