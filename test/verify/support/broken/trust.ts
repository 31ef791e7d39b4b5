/** Backends that tell too much, or believe too much. */
import { goodBackend, problem } from '../good-backend.ts';
import {
  type Broken,
  creates,
  events,
  isGet,
  isPost,
  json,
  meddled,
  rewritten,
  status,
  withHeaders,
} from './ways.ts';

export const brokenAtTrust: Broken[] = [
  {
    flaw: 'tells time in seconds',
    backend: rewritten((order) => ({ ...order, now: Math.round(Date.now() / 1000) })),
    fails: ['clock'],
  },
  {
    flaw: 'has a clock an hour behind',
    backend: rewritten((order) => ({ ...order, now: Date.now() - 3_600_000 })),
    fails: ['clock'],
  },
  {
    flaw: 'does not tell the time',
    backend: rewritten(({ now, ...order }) => order),
    warns: ['clock'],
  },
  {
    flaw: 'lets its answers be stored',
    backend: meddled(async (request, next) =>
      withHeaders(await next(request), { 'cache-control': 'max-age=60' }),
    ),
    fails: ['no-store'],
  },
  {
    flaw: 'answers what it keeps',
    backend: rewritten((order) => ({ ...order, partnerId: '200000004021' })),
    fails: ['secrets'],
  },
  {
    flaw: 'shows where it stumbled',
    backend: meddled(async (request, next) => {
      const response = await next(request);
      if (response.status !== 400) return response;
      const stack = 'SyntaxError: x\n    at parse (/srv/shop/orders.js:12:5)';
      return new Response(JSON.stringify({ code: 'request-invalid', stack }), response);
    }),
    fails: ['secrets'],
  },
  {
    flaw: 'passes PayBy’s JSON through',
    backend: rewritten(({ id, status, tokenUrl, amount }) => ({
      head: { applyStatus: 'SUCCESS', code: '0', msg: 'SUCCESS', traceCode: '1' },
      body: {
        acquireOrder: {
          merchantOrderNo: id,
          status: { paid: 'PAID_SUCCESS', cancelled: 'FAILURE' }[String(status)] ?? 'CREATED',
          totalAmount: amount,
          payeeMid: '200000004021',
        },
        interActionParams: { tokenUrl },
      },
    })),
    warns: ['clock', 'secrets'],
  },
  {
    flaw: 'lets every origin in, with cookies',
    backend: meddled(async (request, next) => {
      const origin = request.headers.get('origin');
      const response = await next(request);
      const letIn = { 'access-control-allow-credentials': 'true' };
      return origin
        ? withHeaders(response, { ...letIn, 'access-control-allow-origin': origin })
        : response;
    }),
    fails: ['cors-closed'],
  },
  {
    flaw: 'lets no origin in',
    backend: goodBackend(),
    options: { origin: 'https://www.shop.example' },
    fails: ['cors'],
  },
  {
    flaw: 'does not let the key’s header in',
    backend: meddled(async (request, next) => {
      const response = request.method === 'OPTIONS' ? new Response(null) : await next(request);
      return withHeaders(response, {
        'access-control-allow-origin': 'https://www.shop.example',
        'access-control-allow-headers': 'Content-Type',
      });
    }),
    options: { origin: 'https://www.shop.example' },
    fails: ['cors'],
  },
  {
    flaw: 'believes any notification',
    backend: goodBackend({ isSigned: () => true }),
    fails: ['forged-unsigned', 'forged-signature'],
  },
  {
    flaw: 'believes any signature',
    backend: goodBackend({ isSigned: (_, signature) => signature !== null }),
    fails: ['forged-signature'],
  },
  {
    flaw: 'answers SUCCESS to what it refuses',
    backend: meddled(async (request, next) =>
      isPost(request, /notify$/) ? Response.json({ response: 'SUCCESS' }) : next(request),
    ),
    fails: ['forged-unsigned', 'forged-signature'],
  },
  {
    flaw: 'does not tell payments by events',
    backend: goodBackend({ tells: (status) => status !== 'paid' }),
    fails: ['paid-events'],
  },
  {
    flaw: 'does not tell payments by status',
    backend: meddled(async (request, next) => {
      const response = await next(request);
      if (!response.ok || !isGet(request, status)) return response;
      const order = await json(response);
      return Response.json(
        order.status === 'paid' ? { ...order, status: 'scanned' } : order,
        response,
      );
    }),
    fails: ['paid-status'],
  },
  {
    flaw: 'makes a second order for the key of a paid one',
    backend: (() => {
      const paid = new Set<string>();
      let last = '';
      const meddle: Parameters<typeof meddled>[0] = (request, next) => {
        const key = request.headers.get('idempotency-key') ?? '';
        if (new URL(request.url).pathname === '/wallet/pay') paid.add(last);
        if (isPost(request, creates)) last = key;
        if (!paid.has(key)) return next(request);
        const headers = new Headers(request.headers);
        headers.set('idempotency-key', crypto.randomUUID());
        return next(new Request(request, { headers }));
      };
      return meddled(meddle, { refusesPaid: false });
    })(),
    fails: ['paid-once'],
    warns: ['paid-again'],
  },
  {
    flaw: 'waits for notifications alone',
    backend: goodBackend({ asks: false }),
    fails: ['paid-asked'],
  },
  {
    flaw: 'waits for notifications alone, and has no events',
    backend: meddled(
      async (request, next) => (isGet(request, events) ? problem(404, 'no-events') : next(request)),
      { asks: false },
    ),
    fails: ['paid-asked'],
  },
  {
    flaw: 'lets a cart be paid twice',
    backend: goodBackend({ refusesPaid: false }),
    warns: ['paid-again'],
  },
  {
    flaw: 'cancels what is paid',
    backend: goodBackend({ canCancel: () => true }),
    fails: ['paid-stays'],
  },
];
