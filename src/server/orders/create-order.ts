/** From a page's wish to an order it can show: one per idempotency key, one to be paid per reference. */

import type { CheckoutContext } from '../context.ts';
import { HttpProblem, unavailable } from '../http/problem.ts';
import type { CreateResult, OrderRecord } from '../stores/order-store.ts';
import { closeOrder } from './close-order.ts';
import { moveOrder } from './move-order.ts';
import { draftOf, quoted } from './order-draft.ts';
import { awaitsPaid, isOpen } from './order-status.ts';
import { payableUrl } from './order-view.ts';
import { placeOrder } from './place-order.ts';
import { currentOrder } from './query-order.ts';
import { afterShop } from './tell-shop.ts';
import { briefWish, isSameJson, isSameWish, type Wish } from './wish.ts';

export interface Creation extends Wish {
  readonly idempotencyKey: string;
  readonly request: Request;
  /** Whether whoever asks may be shown an order of before, or have it cancelled; throws when not. */
  readonly permit: (action: 'read' | 'cancel', order: OrderRecord) => Promise<void>;
}

export interface Created {
  record: OrderRecord;
  /** Whether the order is new. */
  created: boolean;
}

/**
 * @throws CheckoutRefusal the shop's own
 * @throws HttpProblem 409 for a key used for another wish, 503 when an older order cannot be closed
 * @throws PaybyError, PaybyUnknownError see {@link placeOrder}
 */
export async function createOrder(ctx: CheckoutContext, wish: Creation): Promise<Created> {
  const earlier = await findByKey(ctx, wish);
  if (earlier) return reuse(ctx, wish, earlier);
  const draft = draftOf(ctx, wish, await quoted(ctx, wish));
  // Each round closes an older order; more than a few rounds means that others keep creating.
  for (let round = 0; round < 3; round += 1) {
    const { record, created } = await keep(ctx, wish, draft);
    if (created) return { record: await usable(ctx, record), created };
    const mine = await findByKey(ctx, wish);
    if (mine) return reuse(ctx, wish, mine);
    if (serves(record, draft, ctx.clock.now())) return adopt(ctx, wish, record);
    await wish.permit('cancel', record);
    const closed = await closeOrder(ctx, record.id, reasonToClose(ctx, record));
    if (closed?.status !== 'paid') continue;
    // Whoever asks may not be permitted to see it, and the shop is to hear of it all the same.
    ctx.tellSoon(closed.id);
    return adopt(ctx, wish, closed);
  }
  throw unavailable('An earlier order for this purchase could not be closed. Try again.');
}

async function findByKey(ctx: CheckoutContext, wish: Creation): Promise<OrderRecord | undefined> {
  const earlier = await ctx.store.findByIdempotencyKey(wish.idempotencyKey);
  if (earlier === undefined) return undefined;
  if (isSameWish(await briefWish(earlier.wish), await briefWish(wish))) return earlier.record;
  throw new HttpProblem({
    status: 409,
    code: 'idempotency-key-reused',
    detail: 'This Idempotency-Key was used for another reference or details. Send a new key.',
  });
}

/**
 * Keeps the draft. When its purchase was paid before, perhaps since the quote, the shop is asked once
 * more; nobody in this process can place the draft meanwhile, because its turn is taken.
 */
const keep = (ctx: CheckoutContext, wish: Creation, draft: OrderRecord): Promise<CreateResult> =>
  ctx.inTurn(draft.id, async () => {
    const result = await ctx.store.create(draft);
    if (result.paidBefore === undefined) return result;
    try {
      await quoted(ctx, wish);
      return result;
    } catch (cause) {
      // The shop has just said so itself: there is nothing to tell it.
      const patch = { updatedAt: ctx.clock.now(), told: 'cancelled' as const };
      await moveOrder(ctx, draft.id, 'cancelled', patch);
      throw cause;
    }
  });

/** Whether an order of before is the one wished for: it is paid, or can be in its place. */
const serves = (record: OrderRecord, draft: OrderRecord, now: number): boolean =>
  awaitsPaid(record) ||
  (canShow(record, draft) &&
    record.amount === draft.amount &&
    record.subject === draft.subject &&
    record.subjectAr === draft.subjectAr &&
    isSameJson(record.details, draft.details) &&
    record.closing === undefined &&
    now < record.expiresAt);

/** A deep link opens the app on a phone; anything else needs a code, which a phone can do with as well. */
const canShow = (record: OrderRecord, draft: OrderRecord): boolean =>
  record.eWallet === undefined || record.eWallet.osType === draft.eWallet?.osType;

const reasonToClose = (ctx: CheckoutContext, { closing, expiresAt }: OrderRecord) =>
  closing ?? (ctx.clock.now() < expiresAt ? 'cancelled' : 'expired');

/** Answers an order made under another key, for which this key stands from now on. */
async function adopt(ctx: CheckoutContext, wish: Creation, record: OrderRecord): Promise<Created> {
  await wish.permit('read', record);
  const id = await ctx.store.bindKey(wish.idempotencyKey, record.id, await briefWish(wish));
  const mine = id === record.id ? undefined : await findByKey(ctx, wish);
  if (mine) return reuse(ctx, wish, mine);
  return { record: await usable(ctx, record), created: false };
}

async function reuse(ctx: CheckoutContext, wish: Creation, record: OrderRecord): Promise<Created> {
  await wish.permit('read', record);
  return { record: await usable(ctx, record), created: false };
}

/** The order with a QR code that works, or as it ended. @throws HttpProblem 503 when it has none */
async function usable(ctx: CheckoutContext, record: OrderRecord): Promise<OrderRecord> {
  const isOver = record.closing !== undefined || ctx.clock.now() >= record.expiresAt;
  const present =
    (isOver ? await currentOrder(ctx, record.id) : await placeOrder(ctx, record.id)) ?? record;
  if (isOpen(present) && payableUrl(present, ctx.clock.now()) === undefined) {
    throw unavailable('This order cannot be paid right now. Try the same again.');
  }
  return afterShop(ctx, present);
}
