/** From a page's wish to an order it can show: one per idempotency key, one open per reference. */
import { randomName } from './bytes.ts';
import { closeOrder } from './close-order.ts';
import type { CheckoutContext, QuoteResult } from './context.ts';
import { afterShop } from './fulfil.ts';
import { currency, parsePositiveAmount } from './money.ts';
import type { OrderRecord } from './order-store.ts';
import { checkExpiredTime, checkText } from './payby-request.ts';
import { placeOrder } from './place-order.ts';
import { CheckoutRefusal, HttpProblem, unavailable } from './problem.ts';
import { currentOrder } from './query-order.ts';
import { messageOf } from './report.ts';

export interface Creation {
  reference?: string;
  details?: unknown;
  idempotencyKey: string;
  request: Request;
}

export interface Created {
  record: OrderRecord;
  /** Whether the order is new. */
  created: boolean;
}

/**
 * @throws CheckoutRefusal the shop's own
 * @throws HttpProblem 409 for a key used for another reference, 503 when an older order cannot be closed
 * @throws PaybyError, PaybyUnknownError see {@link placeOrder}
 */
export async function createOrder(ctx: CheckoutContext, wish: Creation): Promise<Created> {
  const earlier = await ctx.store.findByIdempotencyKey(wish.idempotencyKey);
  if (earlier) return reuse(ctx, sameWish(earlier, wish));
  const draft = draftOf(ctx, wish, await quoted(ctx, wish));
  // Each round closes an older order; more than a few rounds means that others keep creating.
  for (let round = 0; round < 3; round += 1) {
    const { record, created } = await ctx.store.create(draft);
    if (created) return { record: await usable(ctx, record), created };
    if (record.idempotencyKey === draft.idempotencyKey) return reuse(ctx, sameWish(record, wish));
    if (serves(record, draft, ctx.clock.now())) return reuse(ctx, record);
    const closed = await closeOrder(ctx, record.id, reasonToClose(ctx, record));
    if (closed?.status === 'paid') return reuse(ctx, closed);
  }
  throw unavailable('An earlier order for this purchase could not be closed. Try again.');
}

function sameWish(record: OrderRecord, wish: Creation): OrderRecord {
  if (record.requestedReference === wish.reference) return record;
  throw new HttpProblem({
    status: 409,
    code: 'idempotency-key-reused',
    detail: 'This Idempotency-Key was used for another reference. Send a new key.',
  });
}

/** Whether an open order can be paid in place of the one wished for. */
const serves = (record: OrderRecord, draft: OrderRecord, now: number): boolean =>
  record.amount === draft.amount &&
  record.subject === draft.subject &&
  record.subjectAr === draft.subjectAr &&
  record.closing === undefined &&
  now < record.expiresAt;

const reasonToClose = (ctx: CheckoutContext, { closing, expiresAt }: OrderRecord) =>
  closing ?? (ctx.clock.now() < expiresAt ? 'cancelled' : 'expired');

const reuse = async (ctx: CheckoutContext, record: OrderRecord): Promise<Created> => ({
  record: await usable(ctx, record),
  created: false,
});

/** The order with a QR code that works, or as it ended. */
async function usable(ctx: CheckoutContext, record: OrderRecord): Promise<OrderRecord> {
  const expired = ctx.clock.now() >= record.expiresAt;
  const present = expired ? await currentOrder(ctx, record.id) : await placeOrder(ctx, record.id);
  return afterShop(ctx, present ?? record);
}

async function quoted(ctx: CheckoutContext, wish: Creation): Promise<QuoteResult> {
  const { reference, details, request } = wish;
  try {
    return await ctx.quote({
      request,
      ...(reference !== undefined && { reference }),
      ...(details !== undefined && { details }),
    });
  } catch (cause) {
    if (cause instanceof CheckoutRefusal) throw cause;
    throw quoteFailed(ctx, cause);
  }
}

function quoteFailed(ctx: CheckoutContext, cause: unknown): HttpProblem {
  ctx.report({ code: 'quote-failed', message: `quote: ${messageOf(cause)}`, cause });
  return new HttpProblem({
    status: 500,
    code: 'internal-error',
    detail: 'The shop could not prepare this order.',
  });
}

/** Pure but for the id: the record as it is kept before PayBy hears of it. */
function draftOf(ctx: CheckoutContext, wish: Creation, quote: QuoteResult): OrderRecord {
  const now = ctx.clock.now();
  try {
    const reference = quote.reference ?? wish.reference;
    if (reference !== undefined) checkText('reference', reference, 1, 200);
    if (quote.subjectAr !== undefined) checkText('subjectAr', quote.subjectAr, 1, 200);
    return {
      id: randomName(),
      status: 'pending',
      amount: parsePositiveAmount(quote.amount),
      currency,
      subject: checkText('subject', quote.subject, 1, 64),
      idempotencyKey: wish.idempotencyKey,
      notifyUrl: ctx.notifyUrl,
      expiresAt: checkExpiredTime(now + (quote.expiresIn ?? ctx.orderLifetime), now),
      createdAt: now,
      updatedAt: now,
      lastQueriedAt: now,
      fulfilled: false,
      ...(quote.subjectAr !== undefined && { subjectAr: quote.subjectAr }),
      ...(reference !== undefined && { reference }),
      ...(wish.reference !== undefined && { requestedReference: wish.reference }),
      ...(wish.details !== undefined && { details: wish.details }),
    };
  } catch (cause) {
    throw quoteFailed(ctx, cause);
  }
}
