/**
 * The sandbox's wallet, forwarded to the shop's own origin for the phone that the page draws.
 *
 * The wallet page forbids every frame, as a page that moves money must. Here its own words are passed on
 * unchanged but for one: this origin, whose page shows the phone, may frame it. At the address that the
 * code names it stays as strict as it was, and nothing but the wallet is forwarded.
 */
import { Hono } from 'hono';

/** The wallet behind a code. */
export interface Wallet {
  /** The origin that codes name. */
  origin: string;
  /** Asks the sandbox itself, without a socket. */
  fetch: typeof fetch;
}

/** Routes below `/phone`: `/phone/wallet…` is the wallet's `/wallet…`. */
export function forwardWallet({ origin, fetch }: Wallet): Hono {
  const phone = new Hono();
  const forward = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const url = new URL(pathname.slice('/phone'.length) + search, origin);
    const { method } = request;
    const answer = await fetch(
      url,
      method === 'POST' ? { method, body: await request.text() } : { method },
    );
    const headers = new Headers(answer.headers);
    const policy = headers.get('content-security-policy') ?? '';
    headers.set(
      'content-security-policy',
      policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
    );
    return new Response(answer.body, { status: answer.status, headers });
  };
  phone.get('/phone/wallet', ({ req }) => forward(req.raw));
  phone.post('/phone/wallet/:action', ({ req }) => forward(req.raw));
  return phone;
}
