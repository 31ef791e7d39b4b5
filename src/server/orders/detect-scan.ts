/** Who scanned the code, where the shop wants to show it. */
import type { CheckoutContext } from '../context.ts';
import { saysNoSuchToken } from '../payby/payby-error.ts';
import type { OrderRecord } from '../stores/order-store.ts';
import { changeOrder } from './move-order.ts';
import { isOpen } from './order-status.ts';

/**
 * Asks PayBy who has scanned the order's code, in every second query until somebody has: one call per
 * interval stays one call. A deep link is opened, not scanned.
 *
 * @returns the order, when this took the place of its query
 */
export async function askWhoScanned(
  ctx: CheckoutContext,
  record: OrderRecord,
  now: number,
): Promise<OrderRecord | undefined> {
  const { id, tokenUrl, payer, eWallet, closing, expiresAt } = record;
  if (!ctx.detectScan || !tokenUrl || payer || eWallet || closing || now >= expiresAt) {
    return undefined;
  }
  const until = now + 2 * ctx.queryInterval;
  if (!(await ctx.store.claim(`scan/${id}`, ctx.holder(), now, until))) return undefined;
  const mobileNumberMask = await whoScanned(ctx, tokenUrl);
  const { record: present } = await changeOrder(ctx, id, (current) =>
    mobileNumberMask !== undefined && isOpen(current)
      ? { ...current, status: 'scanned', payer: { mobileNumberMask }, updatedAt: now }
      : current,
  );
  return present;
}

async function whoScanned(ctx: CheckoutContext, tokenUrl: string): Promise<string | undefined> {
  try {
    const { payer } = await ctx.payby.getCashierUrlInfo(tokenUrl, { retries: 0 });
    return payer?.mobileNumberMask;
  } catch (cause) {
    // The code has lapsed or its order is over: the next query tells.
    if (saysNoSuchToken(cause)) return undefined;
    throw cause;
  }
}
