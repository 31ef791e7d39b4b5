/**
 * The checkout for Node's own HTTP server, and for Express, Fastify and all that are built on it.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { getRequestListener, RequestError } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Checkout } from './checkout.ts';
import { type Direct, type EventSource, serveDirectly } from './http/direct.ts';
import { HttpProblem } from './http/problem.ts';
import { type Incoming, readIncoming } from './node/incoming-body.ts';
import { type Outgoing, ResponseSink } from './node/response-sink.ts';

export { nodeFetch } from './node/node-fetch.ts';

export type NodeListener = (
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
) => void;

/**
 * `checkout.fetch` as a listener of `node:http`, `node:https` and `node:http2`, which Express and Fastify
 * can mount too: `createServer(nodeListener(checkout))`, `app.use('/api/payby', nodeListener(checkout))`.
 * It answers every request it is given.
 *
 * Nothing may read the request's body before: the kit signs and verifies raw bytes. Where something did,
 * and kept them as `request.rawBody` (bytes or text), those are taken; otherwise the page is answered 500
 * `body-already-read`, and `onAnomaly` hears how to mend it.
 *
 * A client that never ends its headers is the server's to close, before any listener hears of it: set
 * `headersTimeout` and `requestTimeout` of your server; `{ headersTimeout: 10_000, requestTimeout: 30_000 }`
 * is kind enough, and cuts no event stream.
 */
export function nodeListener(checkout: Pick<Checkout, 'fetch'>): NodeListener {
  const listener = getRequestListener(
    async (request, { incoming, outgoing }) => {
      const direct: Direct = {
        readBody: (limit, clock) => readIncoming(incoming, limit, clock),
        events: undefined,
      };
      serveDirectly(request, direct);
      const response = await checkout.fetch(request);
      if (direct.events === undefined) {
        if (response.status === 408) endConnection(incoming, outgoing);
        return response;
      }
      stream(response, direct.events, outgoing);
      return RESPONSE_ALREADY_SENT;
    },
    {
      overrideGlobalObjects: false,
      hostname: 'localhost',
      errorHandler: (cause) => (cause instanceof RequestError ? unreadable() : failed()),
    },
  );
  return (request, response) => {
    restoreUrl(request);
    void listener(request, response);
  };
}

/** Express and Connect leave only what lies below the mount in `url`; the routes know whole paths. */
function restoreUrl(request: Incoming & { originalUrl?: unknown }): void {
  if (typeof request.originalUrl === 'string') request.url = request.originalUrl;
}

/** What is still to come of a body is not waited for. HTTP/2 has no such header, and no need of it. */
function endConnection(incoming: Incoming, outgoing: ServerResponse | Http2ServerResponse): void {
  if (incoming.httpVersionMajor === 1) outgoing.setHeader('connection', 'close');
}

function stream(response: Response, events: EventSource, outgoing: Outgoing): void {
  if (outgoing.destroyed || outgoing.stream?.destroyed) return void events.end();
  outgoing.on('close', () => events.end());
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  events.sendTo(new ResponseSink(outgoing));
}

/** A Host header or an address that make no URL. */
const unreadable = (): Response =>
  new HttpProblem({
    status: 400,
    code: 'request-invalid',
    detail: 'The address of this request cannot be read.',
    headers: { 'cache-control': 'no-store' },
  }).toResponse();

/** The checkout answers whatever happens; what is wrapped around it may not. */
const failed = (): Response =>
  new HttpProblem({
    status: 500,
    code: 'internal-error',
    detail: 'Something went wrong in the shop.',
    headers: { 'cache-control': 'no-store' },
  }).toResponse();
