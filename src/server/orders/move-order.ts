/** Every change of an order, in one place: what may follow what, and who has to hear of it. */
import type { OrderStatus } from '../../protocol.ts';
import type { CheckoutContext, ShopCallbacks } from '../context.ts';
import type { OrderPatch, OrderRecord, UpdateResult } from '../stores/order-store.ts';
import { awaitsPaid, awaitsShop, canFollow, isOpen } from './order-status.ts';

/**
 * Moves an order to another status and patches it, both or nothing: nothing when `canFollow` forbids the
 * move.
 *
 * @returns the present record either way, and the one before
 */
export const moveOrder = (
  ctx: CheckoutContext,
  id: string,
  to: OrderStatus,
  patch: OrderPatch,
): Promise<UpdateResult> =>
  changeOrder(ctx, id, (record) =>
    canFollow(record.status, to) ? { ...record, ...patch, status: to } : record,
  );

/**
 * Replaces a record by what the pure `change` makes of it, and has the shop told of what is new. A payment
 * is for the caller to tell, who has somebody waiting for it.
 */
export async function changeOrder(
  ctx: CheckoutContext,
  id: string,
  change: (record: OrderRecord) => OrderRecord,
): Promise<UpdateResult> {
  const result = await ctx.store.update(id, (record) => {
    const changed = change(record);
    return changed === record ? record : withoutAudience(changed, ctx.shop);
  });
  if (!isOpen(result.record)) {
    ctx.courses.ended(`query/${id}`);
    ctx.courses.ended(`cancel/${id}`);
  }
  const { before, record } = result;
  if (record !== before && awaitsShop(record) && !awaitsPaid(record)) ctx.tellSoon(id);
  return result;
}

/** What the shop has no callback for counts as told. */
function withoutAudience(record: OrderRecord, shop: ShopCallbacks): OrderRecord {
  const { status, told, refunds } = record;
  const isUnheard = status === 'refunded' ? !shop.onRefunded : status !== 'paid' && !shop.onFailed;
  const isOver = !isOpen(record) && told !== status;
  const silent = !shop.onRefunded && refunds?.some((refund) => !refund.told);
  return {
    ...record,
    ...(isOver && isUnheard && { told: status }),
    ...(silent && { refunds: refunds?.map((refund) => ({ ...refund, told: true })) }),
  };
}
