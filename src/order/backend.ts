import { CheckoutError } from './checkout-error.ts';
import type { Clock } from './clock.ts';
import { retryAfter } from './delays.ts';

/** No order is larger; an answer above this is not read to its end. In bytes. */
export const maxAnswerSize = 64 * 1024;

/** What a page may add to the requests: headers, credentials and the like. */
export type PageInit = Omit<RequestInit, 'method' | 'body' | 'signal'>;

/** What the requests of one checkout share. */
export interface Backend {
  fetch: typeof fetch;
  clock: Clock;
  /** Headers, credentials and the like that the page adds to every request. */
  requestInit?: PageInit | (() => PageInit | Promise<PageInit>);
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

/** What the backend answered, still to be read as an order. */
export interface Answer {
  value: unknown;
  /** The server's clock, epoch ms, if it told the time. */
  now?: number;
  /** Who answered, for messages. */
  source: string;
}

/**
 * One question to the merchant's backend, answered in JSON.
 *
 * @throws CheckoutError `network`, `timeout`, `order-rejected` or `order-invalid`; the signal's
 *   reason when it was aborted
 */
export async function callBackend(backend: Backend, call: Call): Promise<Answer> {
  call.signal.throwIfAborted();
  const limit = new AbortController();
  const stop = backend.clock.after(call.timeout, () => limit.abort(timedOut(call)));
  const forward = () => limit.abort(call.signal.reason);
  call.signal.addEventListener('abort', forward, { once: true });
  try {
    const response = await request(backend, { ...call, signal: limit.signal });
    return await readAnswer(response, call, backend.clock);
  } catch (cause) {
    if (limit.signal.aborted) throw limit.signal.reason;
    throw unreachable(cause, sourceOf(call));
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
  const own =
    typeof requestInit === 'function' ? await unlessAborted(requestInit, signal) : requestInit;
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

/** What the page's function gives; a function that hangs does not outlast the signal. */
const unlessAborted = <Value>(give: () => Value | Promise<Value>, signal: AbortSignal) =>
  new Promise<Value>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    Promise.resolve().then(give).then(resolve, reject);
  });

/** Turns what `fetch` threw into the error the page is told about. */
export const unreachable = (cause: unknown, source: string): CheckoutError =>
  cause instanceof CheckoutError
    ? cause
    : new CheckoutError(
        'network',
        `${source} could not be reached; check its URL, CORS and network.`,
        {
          cause,
          retryable: true,
        },
      );

const sourceOf = ({ method, url }: Pick<Call, 'method' | 'url'>) => `${method} ${url.href}`;

const timedOut = (call: Call) =>
  new CheckoutError(
    'timeout',
    `${sourceOf(call)} did not answer within ${call.timeout / 1000} s.`,
    {
      retryable: true,
    },
  );

async function readAnswer(response: Response, call: Call, clock: Clock): Promise<Answer> {
  const source = sourceOf(call);
  if (!response.ok) throw await rejection(response, source, clock);
  const text = await readText(response, source);
  const now = dateOf(response);
  try {
    return { value: JSON.parse(text), source, ...(now && { now }) };
  } catch {
    const type = response.headers.get('content-type') ?? 'no content type';
    throw invalid(source, `answered ${type}, which is not JSON; answer the order as JSON`);
  }
}

/** The server's clock, epoch ms; servers of another origin usually hide it. */
const dateOf = ({ headers }: Response) => Date.parse(headers.get('date') ?? '') || undefined;

/** The error an unsuccessful answer stands for, with what its problem+json body says of it. */
export async function rejection(response: Response, source: string, clock: Clock) {
  const { status, headers } = response;
  const { code, detail } = await readText(response, source).then(readProblem, () =>
    readProblem(''),
  );
  const said = [code, detail].filter(Boolean).join(', ');
  return new CheckoutError(
    'order-rejected',
    `${source} answered ${status}${said && `: ${said}`}.`,
    {
      httpStatus: status,
      retryable: status >= 500 || [408, 425, 429].includes(status),
      retryAfter: retryAfter(headers.get('retry-after'), dateOf(response) ?? clock.epoch()),
      detail: status < 500 ? detail : undefined,
    },
  );
}

/** Code and detail of a problem+json body; neither of any other text. */
function readProblem(text: string): { code?: string | undefined; detail?: string | undefined } {
  const asText = (word: unknown) => (typeof word === 'string' ? word.slice(0, 200) : undefined);
  try {
    const { code, detail, title } = JSON.parse(text);
    return { code: asText(code), detail: asText(detail ?? title) };
  } catch {
    return {};
  }
}

async function readText({ body }: Response, source: string): Promise<string> {
  if (!body) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > maxAnswerSize) {
      void reader.cancel().catch(() => {});
      throw invalid(source, `answered more than ${maxAnswerSize} bytes; an order is smaller`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

const invalid = (source: string, problem: string) =>
  new CheckoutError('order-invalid', `${source} ${problem}.`);
