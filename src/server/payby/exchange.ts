/** One HTTP request to PayBy and the bytes of its answer, in time or not at all. */
import { type Bytes, readAtMost } from '../bytes.ts';
import { type Clock, DeadlineError, withDeadline } from '../clock.ts';
import { type PaybyOperation, PaybyUnknownError, type UnknownReason } from './payby-error.ts';

const maxAnswerBytes = 1024 * 1024;

export interface ExchangeOptions {
  operation: PaybyOperation;
  fetch: typeof fetch;
  clock: Clock;
  /** ms. */
  limit: number;
  signal: AbortSignal | undefined;
}

export interface HttpAnswer {
  status: number;
  /** The `sign` header. */
  signature: string | null;
  bytes: Bytes;
}

/**
 * Does not wait for a fetch or a body that ignores its signal.
 *
 * @throws PaybyUnknownError when the connection broke, the answer is late or too large, or the caller's
 *   signal was aborted
 */
export async function exchange(
  url: string,
  request: RequestInit,
  { operation, fetch, clock, limit, signal }: ExchangeOptions,
): Promise<HttpAnswer> {
  const send = async (stop: AbortSignal) => {
    const response = await fetch(url, { ...request, signal: stop });
    return { response, bytes: await readAtMost(response.body, maxAnswerBytes) };
  };
  try {
    const { response, bytes } = await withDeadline(clock, limit, (deadline) =>
      signal === undefined
        ? send(deadline)
        : unlessAborted(signal, send(AbortSignal.any([deadline, signal]))),
    );
    const { status, headers } = response;
    if (bytes) return { status, signature: headers.get('sign'), bytes };
  } catch (cause) {
    const [reason, message] = whyNot(cause, limit, signal);
    throw new PaybyUnknownError({ operation, reason, message, cause });
  }
  const message = `PayBy's answer is larger than ${maxAnswerBytes} bytes`;
  throw new PaybyUnknownError({ operation, reason: 'unreadable', message });
}

function whyNot(
  cause: unknown,
  limit: number,
  signal: AbortSignal | undefined,
): [UnknownReason, string] {
  if (cause instanceof DeadlineError) return ['timeout', `no answer within ${limit} ms`];
  if (signal?.aborted) return ['aborted', 'the call was aborted before PayBy answered'];
  return ['network', 'the connection to PayBy broke'];
}

async function unlessAborted<Result>(signal: AbortSignal, task: Promise<Result>): Promise<Result> {
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([task, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
