/** What the shop asks for a wish, and the record that is kept before PayBy hears of it. */

import { messageOf } from '../anomaly.ts';
import { randomName } from '../bytes.ts';
import type { CheckoutContext, QuoteResult } from '../context.ts';
import { CheckoutRefusal, HttpProblem } from '../http/problem.ts';
import { currency, parsePositiveAmount } from '../payby/money.ts';
import { checkExpiredTime, checkText } from '../payby/payby-request.ts';
import type { OrderRecord } from '../stores/order-store.ts';
import { eWalletOf } from './e-wallet.ts';
import { type Wish, wishOf } from './wish.ts';

/** @throws CheckoutRefusal the shop's own; HttpProblem 500 for whatever else `quote` throws */
export async function quoted(
  ctx: CheckoutContext,
  wish: Wish & { readonly request: Request },
): Promise<QuoteResult> {
  try {
    return await ctx.quote({ request: wish.request, ...wishOf(wish) });
  } catch (cause) {
    if (cause instanceof CheckoutRefusal) throw cause;
    throw quoteFailed(ctx, cause);
  }
}

function quoteFailed(ctx: CheckoutContext, cause: unknown): HttpProblem {
  ctx.anomalies.report({ code: 'quote-failed', message: `quote: ${messageOf(cause)}`, cause });
  return new HttpProblem({
    status: 500,
    code: 'internal-error',
    detail: 'The shop could not prepare this order.',
  });
}

/** Pure but for the id. @throws HttpProblem 500 for a quote that cannot be paid */
export function draftOf(
  ctx: CheckoutContext,
  wish: Wish & { readonly idempotencyKey: string; readonly request: Request },
  quote: QuoteResult,
): OrderRecord {
  const now = ctx.clock.now();
  try {
    const reference = quote.reference ?? wish.reference;
    if (reference !== undefined) checkText('reference', reference, 1, 200);
    if (quote.subjectAr !== undefined) checkText('subjectAr', quote.subjectAr, 1, 200);
    const eWallet = eWalletOf(ctx.eWallet, wish.request);
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
      ...(quote.subjectAr !== undefined && { subjectAr: quote.subjectAr }),
      ...(reference !== undefined && { reference }),
      ...(eWallet && { eWallet }),
      ...(wish.reference !== undefined && { requestedReference: wish.reference }),
      ...(wish.details !== undefined && { details: wish.details }),
    };
  } catch (cause) {
    throw quoteFailed(ctx, cause);
  }
}
