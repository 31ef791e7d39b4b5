/** Faults on demand, between the element and the kit: each request names those it is to suffer. */
import { setTimeout as wait } from 'node:timers/promises';
import type { MiddlewareHandler } from 'hono';
import type { QuoteRequest, QuoteResult } from 'payby-checkout/server';
import { faultsHeader, type ServerFault, serverFaults } from './fault-names.ts';
import { problem } from './problem.ts';

/** How late everything is for a tab that asked for it to be slow, ms. */
const lateness = 3000;

/** How long an order lasts for a tab that asked for it to expire soon, ms. */
const shortLife = 20_000;

/** The faults that a request asks for; names that nobody knows are passed over. */
export function faultsOf(headers: Headers): ReadonlySet<ServerFault> {
  const named = headers.get(faultsHeader)?.split(' ') ?? [];
  return new Set(serverFaults.filter((fault) => named.includes(fault)));
}

/** Fails, refuses or delays a request; one that asks for nothing of the kind passes as it is. */
export const applyFaults: MiddlewareHandler = async (context, next) => {
  const { headers, signal } = context.req.raw;
  const faults = faultsOf(headers);
  const isStream = context.req.path.endsWith('/events');
  if (faults.has('errors')) return problem(500, 'demo-fault', 'The demo was asked to fail.');
  if (faults.has('cut') && isStream) return problem(503, 'demo-fault', 'No streams, as asked.');
  if (!faults.has('slow')) return next();
  await late(signal);
  await next();
  const { body } = context.res;
  if (isStream && body)
    context.res = new Response(body.pipeThrough(lateStream(signal)), context.res);
};

/** Every piece arrives late, not only the first. */
const lateStream = (signal: AbortSignal) =>
  new TransformStream<Uint8Array, Uint8Array>({
    async transform(piece, stream) {
      await late(signal);
      stream.enqueue(piece);
    },
  });

/** Waits, unless whoever asked has gone; does not keep the process alive. */
const late = (signal: AbortSignal): Promise<void> =>
  wait(lateness, undefined, { signal, ref: false }).catch(() => {});

type Quoting = (wish: QuoteRequest) => QuoteResult;

/** The shop's quote, for orders that expire soon when the request asks for that. */
export const withShortLife =
  (quote: Quoting): Quoting =>
  (wish) => ({
    ...quote(wish),
    ...(faultsOf(wish.request.headers).has('expiry') && { expiresIn: shortLife }),
  });
