/** Calls to PayBy through Node's own HTTP client. */
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';

/** How long a connection may wait for its next call, ms: gateways close idle ones soon after. */
const idleTimeout = 4_000;

/**
 * A `fetch` for a PaybyClient: `new PaybyClient({ …, fetch: nodeFetch() })`. It takes less than half of the
 * CPU time of Node's built-in one, and does what a client of PayBy needs and no more: it keeps
 * connections, follows no redirect, decodes no compression, and takes a body of bytes or text.
 *
 * @throws TypeError (in its promise) when the connection fails, the signal's reason when aborted
 */
export function nodeFetch(): typeof fetch {
  const options = { keepAlive: true, timeout: idleTimeout };
  const https = { agent: new HttpsAgent(options), request: requestHttps };
  const http = { agent: new HttpAgent(options), request: requestHttp };
  return async (input, init = {}) => {
    const url = String(input instanceof Request ? input.url : input);
    const { agent, request } = url.startsWith('https:') ? https : http;
    const body = bytesOf(init.body);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const { method = 'GET', signal } = init;
      const headers = {
        ...headersOf(init.headers),
        ...(body && { 'content-length': body.length }),
      };
      const call = request(url, { method, headers, agent, ...(signal && { signal }) }, resolve);
      call.on('error', (cause) => reject(signal?.aborted ? signal.reason : failed(cause)));
      call.end(body);
    });
    return toResponse(answer);
  };
}

function bytesOf(body: BodyInit | null | undefined): Buffer | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  throw new TypeError('nodeFetch: the body is neither bytes nor text; use the global fetch for it');
}

const headersOf = (headers: HeadersInit | undefined): Record<string, string> =>
  headers instanceof Headers || Array.isArray(headers)
    ? Object.fromEntries(headers)
    : { ...headers };

const failed = (cause: Error) => new TypeError(`nodeFetch: ${cause.message}`, { cause });

function toResponse(answer: IncomingMessage): Response {
  const { statusCode: status = 500, rawHeaders } = answer;
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  }
  const isEmpty = [204, 205, 304].includes(status);
  return new Response(isEmpty ? null : bodyOf(answer), { status, headers });
}

function bodyOf(answer: IncomingMessage): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      answer.on('data', (chunk: Buffer) => {
        controller.enqueue(chunk);
        if ((controller.desiredSize ?? 0) <= 0) answer.pause();
      });
      answer.once('end', () => controller.close());
      answer.once('error', (cause) => controller.error(failed(cause)));
    },
    pull: () => void answer.resume(),
    cancel: () => void answer.destroy(),
  });
}
