/** Orders whose placeOrder was not answered: PayBy's acceptance cases 003 and 004. */
import type { CheckoutContext } from '../context.ts';
import { inBackground } from './in-background.ts';
import { isOpen } from './order-status.ts';
import { currentOrder } from './query-order.ts';

/**
 * Queries the order every interval until it has a code to show, because somebody asked for it again, or is
 * over: a query cancels it once nobody did for a while.
 */
export function followUnplaced(ctx: CheckoutContext, id: string): void {
  const look = async () => {
    const record = await currentOrder(ctx, id);
    if (record && isOpen(record) && record.tokenUrl === undefined) followUnplaced(ctx, id);
  };
  ctx.timers.later(`follow/${id}`, ctx.queryInterval, () => void inBackground(ctx, id, look));
}
