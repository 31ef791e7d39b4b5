/** Giving money back, at the shop's word: once, also when PayBy's answer never came. */
import { randomName } from '../bytes.ts';
import type { CheckoutContext } from '../context.ts';
import { parsePositiveAmount } from '../payby/money.ts';
import { checkOrderNumber, checkText } from '../payby/payby-request.ts';
import { noSuchOrder, type OrderRecord, type RefundRecord } from '../stores/order-store.ts';
import { changeOrder } from './move-order.ts';
import { aloneAt, pursueRefund } from './pursue-refund.ts';
import { OrderError, withRefund } from './refunds.ts';

export interface RefundOptions {
  /**
   * The shop's own number for the refund, 1–64 letters, digits, `-` or `_`, unique per merchant: the
   * same refund asked for again under it is one refund. Without it, asking again while a refund of the
   * same amount is pending means that one.
   */
  id?: string;
  /** Shown in PayBy's portal; up to 200 characters. */
  reason?: string;
}

export interface RefundResult {
  order: OrderRecord;
  /** `pending` until PayBy has moved the money; `onRefunded` tells when it succeeded. */
  refund: RefundRecord;
}

/**
 * Refunds a part of a paid order, or all that remains of it.
 *
 * @throws TypeError for an amount that is no decimal string; OrderError for an order that is not paid, or
 *   has less left; PaybyError when PayBy refused; PaybyUnknownError when nobody knows: the refund is
 *   pending then, and found out by `reconcile`
 */
export async function refundOrder(
  ctx: CheckoutContext,
  id: string,
  amount: string | undefined,
  { id: own, reason }: RefundOptions,
): Promise<RefundResult> {
  const wish = {
    id: own === undefined ? `R${randomName()}` : checkOrderNumber('refund id', own),
    isNamed: own !== undefined,
    ...(amount !== undefined && { amount: parsePositiveAmount(amount) }),
    ...(reason !== undefined && { reason: checkText('reason', reason, 1, 200) }),
  };
  return ctx.inTurn(id, async () => {
    if ((await ctx.store.get(id)) === undefined) throw orderNotFound(id);
    let planned: ReturnType<typeof withRefund> | undefined;
    const { record } = await changeOrder(ctx, id, (present) => {
      planned = withRefund(present, { ...wish, now: ctx.clock.now() });
      return planned.record;
    });
    if (planned === undefined) throw noSuchOrder(id);
    const { refund, isNew } = planned;
    if (refund.status !== 'pending') return resultOf(record, refund);
    await aloneAt(ctx, refund.id, () => pursueRefund(ctx, record, refund, isNew));
    return resultOf((await ctx.store.get(id)) ?? record, refund);
  });
}

const resultOf = (order: OrderRecord, refund: RefundRecord): RefundResult => ({
  order,
  refund: order.refunds?.find(({ id }) => id === refund.id) ?? refund,
});

export const orderNotFound = (id: string): OrderError =>
  new OrderError('order-not-found', `there is no order ${JSON.stringify(id.slice(0, 64))}`);
