import {
  type DecodedOrder,
  decodeOrder,
  ProtocolError,
  parse,
  problemSchema,
} from '../protocol.ts';
import { CheckoutError } from './checkout-error.ts';
import type { Clock } from './clock.ts';
import { retryAfter } from './delays.ts';

/** No order is larger; an answer above this is not read to its end. In bytes. */
export const maxAnswerSize = 64 * 1024;

/** What the requests of one checkout share. */
export interface Backend {
  fetch: typeof fetch;
  clock: Clock;
  /** Headers, credentials and the like that the page adds to every request. */
  requestInit?: RequestInit | (() => RequestInit | Promise<RequestInit>);
}

export interface Call {
  url: URL;
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  signal: AbortSignal;
  /** Give up after, ms. */
  timeout: number;
}

/**
 * One question to the merchant's backend, answered by an order.
 *
 * @throws CheckoutError `network`, `timeout`, `order-rejected` or `order-invalid`; the signal's
 *   reason when it was aborted
 */
export async function callBackend(backend: Backend, call: Call): Promise<DecodedOrder> {
  const limit = new AbortController();
  const stop = backend.clock.after(call.timeout, () => limit.abort(timedOut(call)));
  const forward = () => limit.abort(call.signal.reason);
  call.signal.addEventListener('abort', forward, { once: true });
  try {
    call.signal.throwIfAborted();
    const response = await request(backend, { ...call, signal: limit.signal });
    return await readOrder(response, call, backend.clock);
  } catch (cause) {
    if (limit.signal.aborted) throw limit.signal.reason;
    throw toCheckoutError(cause, call);
  } finally {
    stop();
    call.signal.removeEventListener('abort', forward);
  }
}

/** Sends a request with the page's own headers and credentials merged in. */
export async function request(
  { fetch, requestInit }: Backend,
  { url, method, headers, body, signal }: Omit<Call, 'timeout'>,
): Promise<Response> {
  const own = typeof requestInit === 'function' ? await requestInit() : requestInit;
  const merged = new Headers(own?.headers);
  for (const [name, value] of Object.entries(headers ?? {})) merged.set(name, value);
  return fetch(url, {
    cache: 'no-store',
    ...own,
    method,
    headers: merged,
    signal,
    ...(body !== undefined && { body }),
  });
}

/** Turns whatever was thrown into the error the page is told about. */
export function toCheckoutError(cause: unknown, { method, url }: Pick<Call, 'method' | 'url'>) {
  if (cause instanceof CheckoutError) return cause;
  if (cause instanceof ProtocolError) {
    const retryable = cause.code === 'order-rejected';
    return new CheckoutError(cause.code, `${method} ${url.href}: ${cause.message}`, {
      cause,
      retryable,
    });
  }
  const message = `${method} ${url.href} could not be reached; check the endpoint, its CORS headers and the network.`;
  return new CheckoutError('network', message, { cause, retryable: true });
}

const timedOut = ({ method, url, timeout }: Call) =>
  new CheckoutError('timeout', `${method} ${url.href} did not answer within ${timeout / 1000} s.`, {
    retryable: true,
  });

async function readOrder(response: Response, call: Call, clock: Clock): Promise<DecodedOrder> {
  if (!response.ok) throw await rejection(response, call, clock);
  const text = await readText(response, call);
  const date = Date.parse(response.headers.get('date') ?? '');
  // Only another origin's backend hides its Date; then this device's clock is all there is.
  const now = Number.isNaN(date) ? clock.epoch() : date;
  const { order, ...rest } = decodeOrder(parseJson(text, response, call), now);
  return { order: { now, ...order }, ...rest };
}

async function rejection(response: Response, call: Call, clock: Clock): Promise<CheckoutError> {
  const { status } = response;
  const said = await readProblem(response, call);
  const wait = retryAfter(response.headers.get('retry-after'), clock.epoch());
  return new CheckoutError(
    'order-rejected',
    `${call.method} ${call.url.href} answered ${status}${said && `: ${said}`}.`,
    {
      httpStatus: status,
      retryable: status >= 500 || status === 408 || status === 425 || status === 429,
      ...(wait !== undefined && { retryAfter: wait }),
    },
  );
}

/** What a problem+json body says, in a few words; nothing for any other body. */
async function readProblem(response: Response, call: Call): Promise<string> {
  try {
    const problem = parse(problemSchema, JSON.parse(await readText(response, call)), 'problem');
    return [problem.code, problem.detail ?? problem.title].filter(Boolean).join(', ');
  } catch (cause) {
    if (call.signal.aborted) throw cause;
    return '';
  }
}

async function readText(response: Response, call: Call): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > maxAnswerSize) {
      void reader.cancel().catch(() => {});
      throw invalid(call, `answered more than ${maxAnswerSize} bytes; an order is smaller`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

function parseJson(text: string, response: Response, call: Call): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const type = response.headers.get('content-type') ?? 'no content type';
    throw invalid(call, `answered ${type}, which is not JSON; answer the order as JSON`);
  }
}

const invalid = ({ method, url }: Call, problem: string) =>
  new CheckoutError('order-invalid', `${method} ${url.href} ${problem}.`);
