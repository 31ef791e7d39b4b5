/** Backends that make orders wrongly. */
import { setImmediate } from 'node:timers/promises';
import { goodBackend, problem } from '../good-backend.ts';
import { type Broken, cancel, creates, isPost, json, meddled, noStore, rewritten } from './ways.ts';

let serial = 2026112200000001n;

export const brokenAtMaking: Broken[] = [
  {
    flaw: 'answers a page of HTML',
    backend: async () =>
      new Response('<h1>It works!</h1>', { headers: { 'content-type': 'text/html' } }),
    fails: [
      'create',
      'unknown-order',
      'odd-ids',
      'content-type',
      'broken-json',
      'large-body',
      'method',
    ],
  },
  {
    flaw: 'answers 202',
    backend: meddled(async (request, next) => {
      const response = await next(request);
      const { body, headers } = response;
      return response.status === 201 ? new Response(body, { status: 202, headers }) : response;
    }),
    fails: ['create'],
  },
  {
    flaw: 'writes times as text',
    backend: rewritten((order) => ({ ...order, expiresAt: '2026-11-22T10:00:00Z' })),
    fails: ['order-fields'],
  },
  {
    flaw: 'has a status of its own',
    backend: rewritten((order) => ({
      ...order,
      status: order.status === 'pending' ? 'waiting' : order.status,
    })),
    fails: ['order-fields'],
  },
  {
    flaw: 'leads to another host',
    backend: rewritten((order) => ({
      ...order,
      ...(order.tokenUrl ? { tokenUrl: `https://payby.com.evil.example/?ft=${order.id}` } : {}),
    })),
    fails: ['token-url'],
  },
  {
    flaw: 'has its statusUrl elsewhere',
    backend: rewritten((order) => ({ ...order, statusUrl: 'https://api.example/orders/1' })),
    fails: ['order-urls'],
  },
  {
    flaw: 'forgets its keys',
    backend: goodBackend({ knowsKey: () => false, refusesPaid: false }),
    fails: ['repeat', 'key-reuse', 'concurrent', 'paid-once'],
    warns: ['paid-again'],
  },
  {
    flaw: 'takes a key for something else',
    backend: meddled(async (request, next) => {
      const text = request.method === 'POST' ? await request.clone().text() : '';
      if (!text.includes('something else')) return next(request);
      const headers = new Headers(request.headers);
      headers.set('idempotency-key', crypto.randomUUID());
      return next(new Request(request, { headers }));
    }),
    fails: ['key-reuse'],
  },
  {
    flaw: 'answers the order of before for other details',
    backend: goodBackend({ isSameWish: () => true }),
    warns: ['key-reuse'],
  },
  {
    flaw: 'lets creates overtake each other',
    backend: goodBackend({ beforeKeeping: () => setImmediate() }),
    fails: ['concurrent'],
  },
  {
    flaw: 'refuses those that come together',
    backend: (() => {
      const busy = new Set<string>();
      return meddled(async (request, next) => {
        const key = request.headers.get('idempotency-key');
        if (key === null) return next(request);
        if (busy.has(key)) return problem(409, 'busy');
        busy.add(key);
        await setImmediate();
        return next(request).finally(() => busy.delete(key));
      });
    })(),
    fails: ['concurrent'],
  },
  {
    flaw: 'believes the page’s amount',
    backend: goodBackend({ price: ({ amount }) => (typeof amount === 'number' ? amount : 12.34) }),
    fails: ['price'],
  },
  {
    flaw: 'believes the details’ amount',
    backend: goodBackend({
      price: ({ details }) =>
        typeof details === 'object' && details && 'amount' in details
          ? Number(details.amount)
          : 12.34,
    }),
    fails: ['price'],
  },
  {
    flaw: 'answers the cancelled order for a new key',
    backend: (() => {
      let ended: Record<string, unknown> | undefined;
      return meddled(async (request, next) => {
        if (ended && isPost(request, creates)) return Response.json(ended, { headers: noStore });
        const response = await next(request);
        if (response.ok && isPost(request, cancel)) ended ??= await json(response.clone());
        return response;
      });
    })(),
    // Nothing is open then that could be paid.
    fails: ['new-order'],
  },
  {
    flaw: 'counts its orders',
    backend: goodBackend({
      newId: () => {
        serial += 1n;
        return String(serial);
      },
    }),
    fails: ['ids'],
  },
];
