import { createParser } from 'eventsource-parser';
import { type Answer, type Backend, maxAnswerSize, request, unreachable } from './backend.ts';
import { asCheckoutError, CheckoutError } from './checkout-error.ts';
import { openTimeout, silenceTimeout } from './delays.ts';

export interface EventStream {
  url: URL;
  signal: AbortSignal;
  onOpen(): void;
  onAnswer(answer: Answer): Promise<void>;
  /** A message that could not be read; the stream goes on. */
  onProblem(error: CheckoutError): void;
}

/** Why a stream is over: it may be opened again, or this backend has none to offer. */
export type StreamEnd = 'closed' | 'unsupported';

/**
 * Reads one event stream to its end. `fetch` instead of EventSource: headers, status codes and
 * abort work.
 *
 * @throws CheckoutError `timeout` when it does not open within 5 s or is silent for 45 s, else
 *   `network` or `order-rejected`; the signal's reason when it was aborted
 */
export async function readEvents(backend: Backend, stream: EventStream): Promise<StreamEnd> {
  const { url, signal } = stream;
  const limit = new AbortController();
  const abort = () => limit.abort(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener('abort', abort, { once: true });
  let stop = () => {};
  const expectWithin = (ms: number) => {
    stop();
    stop = backend.clock.after(ms, () => limit.abort(silent(url, ms)));
  };
  try {
    expectWithin(openTimeout);
    const response = await request(backend, {
      url,
      method: 'GET',
      headers: { accept: 'text/event-stream' },
      signal: limit.signal,
    });
    if (isUnsupported(response)) {
      void response.body?.cancel().catch(() => {});
      return 'unsupported';
    }
    // Not to be read as a stream: the error that it stands for.
    if (!response.ok || !response.body) {
      await backend.read(response, `GET ${url.href}`, backend.clock);
      return 'unsupported';
    }
    expectWithin(silenceTimeout);
    stream.onOpen();
    await readMessages(response.body, stream, () => expectWithin(silenceTimeout));
    return 'closed';
  } catch (cause) {
    if (limit.signal.aborted) throw limit.signal.reason;
    throw unreachable(cause, `GET ${url.href}`);
  } finally {
    stop();
    signal.removeEventListener('abort', abort);
    limit.abort();
  }
}

async function readMessages(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  { url, onAnswer, onProblem }: EventStream,
  onChunk: () => void,
): Promise<void> {
  const source = `GET ${url.href}`;
  let last: Promise<unknown> = Promise.resolve();
  const read = async (data: string) => onAnswer({ value: parseMessage(data, source), source });
  const parser = createParser({
    maxBufferSize: maxAnswerSize,
    onEvent({ data }) {
      // One after the other: a message that takes longer to read must not undo a later one.
      last = last.then(() => read(data)).catch((cause) => onProblem(asCheckoutError(cause)));
    },
  });
  const reader = body.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onChunk();
    parser.feed(decoder.decode(value, { stream: true }));
  }
}

function parseMessage(data: string, source: string): unknown {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw new CheckoutError('order-invalid', `${source}: a message is not JSON.`, { cause });
  }
}

/** No such route, or no stream behind it: asking again would only ask again. */
function isUnsupported(response: Response): boolean {
  if ([204, 404, 405, 406, 410, 501].includes(response.status)) return true;
  const type = response.headers.get('content-type') ?? '';
  return response.ok && !type.startsWith('text/event-stream');
}

const silent = (url: URL, ms: number) =>
  new CheckoutError('timeout', `GET ${url.href} said nothing for ${ms / 1000} s.`, {
    retryable: true,
  });
