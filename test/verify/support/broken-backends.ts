/** Backends that each break the contract in one way, and the points that must say so. */
import { setImmediate } from 'node:timers/promises';
import type { PointId, VerifyOptions } from '../../../src/verify/index.ts';
import { goodBackend, type Handler, type Parts, problem } from './good-backend.ts';

export interface Broken {
  flaw: string;
  backend: Handler;
  /** The points that fail, and no others. */
  fails?: PointId[];
  /** The points that come with a warning, and no others. */
  warns?: PointId[];
  options?: Partial<VerifyOptions>;
}

type Change = (request: Request, next: Handler) => Promise<Response>;

/** The good backend behind something that meddles. */
const meddled = (change: Change, parts: Partial<Parts> = {}): Handler => {
  const good = goodBackend(parts);
  return (request) => change(request, good);
};

/** Every JSON answer with other fields: orders, also those that event streams tell. */
const rewritten = (rewrite: (json: Record<string, unknown>) => object): Handler =>
  meddled(async (request, next) => {
    const response = await next(request);
    const type = response.headers.get('content-type') ?? '';
    const { status, headers } = response;
    if (type.startsWith('text/event-stream') && response.body) {
      const lines = new TransformStream<string, string>({
        transform(chunk, controller) {
          const order = JSON.parse(chunk.replace(/^data: /, ''));
          controller.enqueue(`data: ${JSON.stringify(rewrite(order))}\n\n`);
        },
      });
      const body = response.body
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(lines)
        .pipeThrough(new TextEncoderStream());
      return new Response(body, { status, headers });
    }
    if (!response.ok || !type.startsWith('application/json')) return response;
    return Response.json(rewrite(JSON.parse(await response.text())), { status, headers });
  });

const isPost = ({ method, url }: Request, path: RegExp) =>
  method === 'POST' && path.test(new URL(url).pathname);
const isGet = ({ method, url }: Request, path: RegExp) =>
  method === 'GET' && path.test(new URL(url).pathname);
const creates = /^\/orders$/;
const status = /^\/orders\/[^/]+$/;
const events = /\/events$/;
const cancel = /\/cancel$/;

const withHeaders = (response: Response, changed: Record<string, string>): Response => {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(changed)) headers.set(name, value);
  return new Response(response.body, { status: response.status, headers });
};

/** A stream of what `source` says, with a hand in it. */
function throughStream(response: Response, transformer: Transformer<Uint8Array, Uint8Array>) {
  const body = response.body?.pipeThrough(new TransformStream(transformer));
  return new Response(body, { status: response.status, headers: response.headers });
}

/** Says everything its source says, and never ends. */
const endless = ({ body, headers }: Response): Response => {
  const reader = body?.getReader();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value } = (await reader?.read()) ?? {};
      if (value) controller.enqueue(value);
      else await new Promise(() => {});
    },
  });
  return new Response(stream, { headers });
};

const json = async (response: Response): Promise<Record<string, unknown>> =>
  JSON.parse(await response.text());

let serial = 2026112200000001n;

export const brokenBackends: Broken[] = [
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
    backend: goodBackend({ knowsKey: () => false }),
    fails: ['repeat', 'key-reuse', 'concurrent', 'paid-once'],
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
  {
    flaw: 'has another amount in its status',
    backend: meddled(async (request, next) => {
      const response = await next(request);
      if (!response.ok || !isGet(request, status)) return response;
      return Response.json(
        { ...(await json(response)), amount: { amount: 1, currency: 'AED' } },
        response,
      );
    }),
    fails: ['status'],
  },
  {
    flaw: 'answers 200 for what is not there',
    backend: meddled(async (request, next) => {
      const response = await next(request);
      const missing =
        response.status === 404 && /^\/orders\/[0-9a-f]{32}/.test(new URL(request.url).pathname);
      return missing ? Response.json({}) : response;
    }),
    fails: ['unknown-order'],
    warns: ['no-hint'],
  },
  {
    flaw: 'says which ids cannot be',
    backend: meddled(async (request, next) =>
      /%20such/.test(request.url) ? problem(400, 'id-malformed') : next(request),
    ),
    warns: ['no-hint'],
  },
  {
    flaw: 'stumbles over odd ids',
    backend: meddled(async (request, next) =>
      request.url.includes('%00') ? problem(500, 'oops') : next(request),
    ),
    fails: ['odd-ids'],
  },
  {
    flaw: 'finds files by their path',
    backend: meddled(async (request, next) =>
      request.url.includes('passwd') ? new Response('root:x:0:0') : next(request),
    ),
    fails: ['odd-ids'],
  },
  {
    flaw: 'takes any content type',
    backend: meddled((request, next) => {
      const headers = new Headers(request.headers);
      if (isPost(request, creates)) headers.set('content-type', 'application/json');
      return next(new Request(request, { headers }));
    }),
    fails: ['content-type'],
  },
  {
    flaw: 'stumbles over broken JSON',
    backend: meddled(async (request, next) => {
      const response = await next(request);
      return response.status === 400 ? problem(500, 'oops') : response;
    }),
    fails: ['broken-json'],
  },
  {
    flaw: 'takes large bodies',
    backend: meddled(async (request, next) => {
      const text = request.method === 'POST' ? await request.clone().text() : '';
      return text.length > 64 * 1024 ? next(new Request(request, { body: '{}' })) : next(request);
    }),
    fails: ['large-body'],
  },
  {
    flaw: 'lists its orders',
    backend: meddled(async (request, next) =>
      isGet(request, creates) ? Response.json([]) : next(request),
    ),
    fails: ['method'],
  },
  {
    flaw: 'has 404 for another method',
    backend: meddled(async (request, next) => {
      const response = await next(request);
      return response.status === 405 ? problem(404, 'not-found') : response;
    }),
    warns: ['method'],
  },
  {
    flaw: 'cancels by GET',
    backend: meddled((request, next) =>
      isGet(request, cancel) ? next(new Request(request.url, { method: 'POST' })) : next(request),
    ),
    fails: ['get-cancel'],
  },
  {
    flaw: 'has pages of HTML for errors',
    backend: meddled(async (request, next) => {
      const response = await next(request);
      if (response.status < 400) return response;
      return new Response('<h1>Error</h1>', {
        status: response.status,
        headers: { 'content-type': 'text/html', allow: 'POST' },
      });
    }),
    fails: ['problem-json'],
  },
  {
    flaw: 'has errors without a code',
    backend: meddled(async (request, next) => {
      const response = await next(request);
      if (response.status < 400) return response;
      return new Response('{"title":"Error"}', response);
    }),
    fails: ['problem-json'],
  },
  {
    flaw: 'is down after a wrong method',
    backend: (() => {
      let down = false;
      return meddled(async (request, next) => {
        if (down && isGet(request, status)) {
          down = false;
          return problem(503, 'restarting');
        }
        down ||= request.method === 'PUT';
        return next(request);
      });
    })(),
    fails: ['alive'],
  },
  {
    flaw: 'has events in JSON',
    backend: meddled(async (request, next) =>
      isGet(request, events) ? next(new Request(request.url.replace(events, ''))) : next(request),
    ),
    fails: ['events-open'],
  },
  {
    flaw: 'tells only what changes',
    backend: meddled(async (request, next) => {
      const response = await next(request);
      if (!response.ok || !isGet(request, events)) return response;
      let first = true;
      return throughStream(response, {
        transform(chunk, controller) {
          const isPending = new TextDecoder().decode(chunk).includes('"pending"');
          if (!first || !isPending) controller.enqueue(chunk);
          first = false;
        },
      });
    }),
    fails: ['events-first'],
  },
  {
    flaw: 'tells of another order',
    backend: meddled(async (request, next) => {
      const response = await next(request);
      if (!response.ok || !isGet(request, events)) return response;
      return throughStream(response, {
        transform(chunk, controller) {
          const text = new TextDecoder().decode(chunk).replace('"id":"', '"id":"x');
          controller.enqueue(new TextEncoder().encode(text));
        },
      });
    }),
    fails: ['events-first'],
  },
  {
    flaw: 'holds its messages back',
    backend: meddled(async (request, next) => {
      const response = await next(request);
      if (!response.ok || !isGet(request, events)) return response;
      const held: Uint8Array[] = [];
      return throughStream(response, {
        transform: (chunk) => void held.push(chunk),
        flush(controller) {
          for (const chunk of held) controller.enqueue(chunk);
        },
      });
    }),
    // Of a payment it tells as it ends, which is in time.
    fails: ['events-unbuffered'],
  },
  {
    flaw: 'compresses its streams',
    backend: meddled(async (request, next) => {
      const response = await next(request);
      const isStream = isGet(request, events) && response.ok;
      return isStream ? withHeaders(response, { 'content-encoding': 'gzip' }) : response;
    }),
    warns: ['events-unbuffered'],
  },
  {
    flaw: 'never ends a stream',
    backend: meddled(async (request, next) => {
      const response = await next(request);
      return response.ok && isGet(request, events) ? endless(response) : response;
    }),
    fails: ['events-end', 'events-after'],
  },
  {
    flaw: 'never ends the stream of a finished order',
    backend: (() => {
      const ended = new Set<string>();
      return meddled(async (request, next) => {
        const [, , id = ''] = new URL(request.url).pathname.split('/');
        if (isPost(request, cancel)) ended.add(id);
        const response = await next(request);
        const after = ended.has(id) && isGet(request, events);
        return after ? endless(response) : response;
      });
    })(),
    fails: ['events-after'],
  },
  {
    flaw: 'ends a stream without the final status',
    backend: meddled(async (request, next) => {
      const response = await next(request);
      if (!response.ok || !isGet(request, events)) return response;
      return throughStream(response, {
        transform(chunk, controller) {
          const isCancelled = new TextDecoder().decode(chunk).includes('"cancelled"');
          if (!isCancelled) controller.enqueue(chunk);
        },
      });
    }),
    fails: ['events-end', 'events-after'],
  },
  {
    flaw: 'does not cancel',
    backend: goodBackend({ canCancel: () => false }),
    fails: ['cancel'],
  },
  {
    flaw: 'refuses a second cancel',
    backend: (() => {
      const ended = new Set<string>();
      return meddled(async (request, next) => {
        const { pathname } = new URL(request.url);
        if (!isPost(request, cancel)) return next(request);
        if (ended.has(pathname)) return problem(409, 'order-final');
        const response = await next(request);
        if (response.ok) ended.add(pathname);
        return response;
      });
    })(),
    fails: ['cancel-again'],
  },
  {
    flaw: 'opens a cancelled order again',
    backend: meddled(async (request, next) => {
      const response = await next(request);
      if (!response.ok || !isGet(request, status)) return response;
      const order = await json(response);
      const reopened = order.status === 'cancelled' ? { ...order, status: 'pending' } : order;
      return Response.json(reopened, response);
    }),
    fails: ['final-stays'],
  },
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
      return meddled((request, next) => {
        const key = request.headers.get('idempotency-key') ?? '';
        if (new URL(request.url).pathname === '/wallet/pay') paid.add(last);
        if (isPost(request, creates)) last = key;
        if (!paid.has(key)) return next(request);
        const headers = new Headers(request.headers);
        headers.set('idempotency-key', crypto.randomUUID());
        return next(new Request(request, { headers }));
      });
    })(),
    fails: ['paid-once'],
  },
  {
    flaw: 'cancels what is paid',
    backend: goodBackend({ canCancel: () => true }),
    fails: ['paid-stays'],
  },
];

const noStore = { 'cache-control': 'no-store' };
