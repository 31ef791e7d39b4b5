/** Who scanned the code, where the shop wants to show it. */
import type { CheckoutContext } from '../context.ts';
import { saysNoSuchToken } from '../payby/payby-error.ts';
import type { OrderRecord } from '../stores/order-store.ts';
import { changeOrder } from './move-order.ts';
import { isOpen } from './order-status.ts';

/**
 * Asks PayBy who has scanned the order's code, in every second query until somebody has: one call per
 * interval stays one call.
 *
 * @returns the order, when this took the place of its query
 */
export async function askWhoScanned(
  ctx: CheckoutContext,
  record: OrderRecord,
  now: number,
): Promise<OrderRecord | undefined> {
  const { id, tokenUrl, payer, closing, expiresAt } = record;
  if (!ctx.detectScan || !tokenUrl || payer || closing || now >= expiresAt) return undefined;
  const until = now + 2 * ctx.queryInterval;
  if (!(await ctx.store.claim(`scan/${id}`, ctx.holder(), now, until))) return undefined;
  try {
    const info = await ctx.payby.getCashierUrlInfo(tokenUrl, { retries: 0 });
    if (info.payer === undefined) return record;
    const { mobileNumberMask } = info.payer;
    const { record: scanned } = await changeOrder(ctx, id, (present) =>
      isOpen(present)
        ? { ...present, status: 'scanned', payer: { mobileNumberMask }, updatedAt: now }
        : present,
    );
    return scanned;
  } catch (cause) {
    // The code has lapsed or its order is over: the order itself is asked instead.
    if (saysNoSuchToken(cause)) return undefined;
    throw cause;
  }
}
