/** Backends that let orders be followed wrongly. */
import { goodBackend, problem } from '../good-backend.ts';
import {
  type Broken,
  cancel,
  endless,
  events,
  isGet,
  isPost,
  json,
  meddled,
  status,
  throughStream,
  withHeaders,
} from './ways.ts';

export const brokenAtFollowing: Broken[] = [
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
];
