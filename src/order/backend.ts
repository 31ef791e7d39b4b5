import { CheckoutError, type CheckoutErrorCode } from './checkout-error.ts';
import type { Clock } from './clock.ts';

/** No order is larger; an answer above this is not read to its end. In bytes. */
export const maxAnswerSize = 64 * 1024;

/** An ordinary request is given up after this long, ms. */
export const requestTimeout = 15_000;

/** What a page may add to the requests: headers, credentials and the like. */
export type PageInit = Omit<RequestInit, 'method' | 'body' | 'signal'>;

/** What the requests of one checkout share. */
export interface Backend {
  fetch: typeof fetch;
  clock: Clock;
  /** Headers, credentials and the like that the page adds to every request. */
  requestInit?: PageInit | (() => PageInit | Promise<PageInit>);
  /** Reads what was answered; rejects with a CheckoutError for an error or for anything but JSON. */
  read(response: Response, source: string, clock: Clock): Promise<Answer>;
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
  const source = sourceOf(call);
  return within(backend.clock, source, call, async (signal) => {
    try {
      const response = await request(backend, { ...call, signal });
      return await backend.read(response, source, backend.clock);
    } catch (cause) {
      throw unreachable(cause, source);
    }
  });
}

/**
 * What `act` gives within its time.
 *
 * @throws CheckoutError `timeout`; the signal's reason when it was aborted; whatever `act` throws
 */
export async function within<Result>(
  clock: Clock,
  source: string,
  { signal, timeout }: Pick<Call, 'signal' | 'timeout'>,
  act: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  const limit = new AbortController();
  const stop = clock.after(timeout, () => limit.abort(timedOut(source, timeout)));
  const forward = () => limit.abort(signal.reason);
  signal.addEventListener('abort', forward, { once: true });
  try {
    return await act(limit.signal);
  } catch (cause) {
    throw limit.signal.aborted ? limit.signal.reason : cause;
  } finally {
    stop();
    signal.removeEventListener('abort', forward);
  }
}

/** Sends a request with the page's own headers and credentials merged in. */
export async function request(
  { fetch, requestInit }: Backend,
  { url, method, headers, body, signal }: Omit<Call, 'timeout'>,
): Promise<Response> {
  const own =
    typeof requestInit === 'function'
      ? await callPage('requestInit', 'network', () => usable(requestInit), signal)
      : requestInit;
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

/** What the page's function gives, its headers read, so that the function is to blame for them. */
async function usable(requestInit: () => PageInit | Promise<PageInit>): Promise<PageInit> {
  const own = await requestInit();
  return { ...own, headers: new Headers(own?.headers) };
}

/**
 * What a function of the page's gives; one that hangs does not outlast the signal.
 *
 * @throws CheckoutError with that code when it throws
 */
export const callPage = <Value>(
  name: string,
  code: CheckoutErrorCode,
  give: () => Value | Promise<Value>,
  signal: AbortSignal,
) =>
  new Promise<Value>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    Promise.resolve()
      .then(give)
      .then(resolve, (cause) =>
        reject(
          cause instanceof CheckoutError
            ? cause
            : new CheckoutError(code, `${name} threw: ${String(cause)}`, {
                cause,
                retryable: true,
              }),
        ),
      );
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

const timedOut = (source: string, timeout: number) =>
  new CheckoutError('timeout', `${source} did not answer within ${timeout / 1000} s.`, {
    retryable: true,
  });
