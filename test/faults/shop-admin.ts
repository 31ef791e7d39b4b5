/** What the shop's own people do: `POST /admin/refund`, `POST /admin/revoke`. */
import { type Checkout, isPaybyFailure, OrderError } from '../../src/server/index.ts';

export interface RefundWish {
  order: string;
  /** AED, two decimals; the rest when absent. */
  amount?: string;
  /** The shop's number for it. */
  id: string;
}

/**
 * @returns 200 with what the kit answered; 409 for what cannot be done; 503 for what is not known yet;
 *   undefined for any other address
 */
export async function answerAdmin(
  checkout: Checkout,
  request: Request,
): Promise<Response | undefined> {
  const { pathname } = new URL(request.url);
  if (!pathname.startsWith('/admin/')) return undefined;
  const { order, amount, id }: RefundWish = JSON.parse(await request.text());
  try {
    const done =
      pathname === '/admin/refund'
        ? await checkout.refund(order, amount, { id })
        : await checkout.revoke(order);
    return Response.json(done);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const isKnown = cause instanceof OrderError || isDefinite(cause);
    return Response.json({ message }, { status: isKnown ? 409 : 503 });
  }
}

const isDefinite = (cause: unknown): boolean =>
  isPaybyFailure(cause) && cause.name === 'PaybyError';
