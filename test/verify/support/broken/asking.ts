/** Backends that answer or refuse wrongly. */
import { problem } from '../good-backend.ts';
import { type Broken, cancel, creates, isGet, isPost, json, meddled, status } from './ways.ts';

export const brokenAtAsking: Broken[] = [
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
];
