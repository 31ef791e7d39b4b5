/**
 * A backend that keeps the wire contract and sells nothing: below `/:phase` every order is in that phase,
 * so that each can be looked at. It remembers nothing; when an order expires is written in its id.
 */
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { faultsOf } from './faults.ts';
import { problem } from './problem.ts';

/** What a preview can be asked for, besides `creating` and `error`, which never get to an order. */
const statuses: Readonly<Record<string, string>> = {
  idle: 'pending',
  awaiting: 'pending',
  scanned: 'scanned',
  paid: 'paid',
  failed: 'failed',
  expired: 'expired',
  cancelled: 'cancelled',
  refunded: 'refunded',
};

/** A sign of life at least this often, ms; the contract allows 20 s. */
const heartbeat = 15_000;

export function createPreview(): Hono {
  const preview = new Hono();

  preview.post('/:phase', async ({ req }) => {
    const phase = req.param('phase');
    if (phase === 'creating') await gone(req.raw.signal);
    if (phase === 'error') return problem(422, 'preview', 'Here the shop says why it refuses.');
    const life = faultsOf(req.raw.headers).has('expiry') ? 20_000 : 1_800_000;
    return answer(phase, String(Date.now() + life), 201);
  });
  preview.get('/:phase/:id', ({ req }) => answer(req.param('phase'), req.param('id')));
  preview.post('/:phase/:id/cancel', ({ req }) => answer('cancelled', req.param('id')));
  preview.get('/:phase/:id/events', (context) => {
    const order = orderOf(context.req.param('phase'), context.req.param('id'));
    return streamSSE(context, async (stream) => {
      await stream.writeSSE({ data: JSON.stringify(order) });
      const beat = setInterval(() => void stream.write(':\n\n'), heartbeat);
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      clearInterval(beat);
    });
  });
  return preview;
}

function answer(phase: string, id: string, status = 200): Response {
  const order = orderOf(phase, id);
  if (!order) return problem(404, 'not-found', 'There is no such preview.');
  return Response.json(order, { status, headers: { 'cache-control': 'no-store' } });
}

/** @param id when it expires, epoch ms */
function orderOf(phase: string, id: string): Record<string, unknown> | undefined {
  const status = statuses[phase];
  const expiresAt = Number(id);
  const now = Date.now();
  if (!status || !Number.isSafeInteger(expiresAt)) return undefined;
  const isOpen = status === 'pending' || status === 'scanned';
  const wasPaid = status === 'paid' || status === 'refunded';
  return {
    id,
    status: isOpen && now >= expiresAt ? 'expired' : status,
    amount: { amount: 12.34, currency: 'AED' },
    subject: 'Corner Café, a preview',
    subjectAr: 'كورنر كافيه، معاينة',
    now,
    ...(isOpen && { expiresAt, tokenUrl: `https://qr.payby.com?BIZ_TYPE=202&ft=preview&t=${id}` }),
    ...(status === 'scanned' && { payer: { mobileNumberMask: '+971-58*92' } }),
    ...(wasPaid && { paidAt: now }),
    ...(status === 'failed' && { failure: { code: 'PREVIEW' } }),
  };
}

/** Resolves when whoever asked has gone. */
const gone = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
