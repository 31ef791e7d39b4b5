/** Listening to an event stream, and noting when it said what. */
import { createParser } from 'eventsource-parser';
import type { Answered } from './answer.ts';
import { askedFor, chunksOf, type Question, reason } from './ask.ts';

/** A message, or with `data` undefined a comment. */
export interface Heard {
  /** ms since the stream opened. */
  at: number;
  data?: string;
}

/** An event stream while it is listened to, and what was heard of it so far. */
export interface Listening {
  /** The head of the answer; undefined when there was none. */
  readonly opened: Omit<Answered, 'text' | 'json'> | undefined;
  /** Why it did not open, or what broke it; undefined while all is well, and after a regular end. */
  readonly trouble: string | undefined;
  readonly heard: readonly Heard[];
  /** When the server ended it, ms since it opened. */
  readonly endedAt: number | undefined;
  /** ms since it opened. */
  elapsed(): number;
  /** Resolves once `isSo`, or the stream is over, or `ms` have passed. Asked again at every change. */
  until(isSo: (listening: Listening) => boolean, ms: number): Promise<void>;
  /** Hangs up. */
  close(): Promise<void>;
}

/** More than this is no order's stream, in characters. */
const maxStream = 1024 * 1024;

/** Opens an event stream; resolves once it answered, or after `timeout` ms without. Never rejects. */
export async function listen(
  fetch: typeof globalThis.fetch,
  { method, url, headers = {} }: Question,
  timeout: number,
): Promise<Listening> {
  const hangUp = new AbortController();
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  let opened: Listening['opened'];
  let trouble: string | undefined;
  let endedAt: number | undefined;
  const changed = () => {
    for (const look of [...waiting]) look();
  };

  const parser = createParser({
    onEvent: ({ data }) => void heard.push({ at: elapsed(), data }),
    onComment: () => void heard.push({ at: elapsed() }),
  });
  async function read(body: ReadableStream<Uint8Array>) {
    const decoder = new TextDecoder();
    let size = 0;
    try {
      for await (const chunk of chunksOf(body, hangUp.signal)) {
        size += chunk.byteLength;
        if (size > maxStream) throw new Error('it sent more than 1 MB');
        parser.feed(decoder.decode(chunk, { stream: true }));
        changed();
      }
      endedAt = elapsed();
    } catch (cause) {
      if (!hangUp.signal.aborted) trouble = reason(cause).replace('was not answered', 'broke off');
    }
    changed();
  }

  const limit = setTimeout(() => hangUp.abort(), timeout);
  let reading: Promise<void> = Promise.resolve();
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: hangUp.signal,
    });
    const { status } = response;
    const asked = askedFor(method, url);
    opened = { kind: 'answered', asked, status, headers: response.headers, took: elapsed() };
    if (response.body) reading = read(response.body);
    else endedAt = elapsed();
  } catch (cause) {
    const silent = hangUp.signal.aborted;
    trouble = silent ? `did not open within ${timeout / 1000} s` : reason(cause);
  } finally {
    clearTimeout(limit);
  }

  const listening: Listening = {
    get opened() {
      return opened;
    },
    get trouble() {
      return trouble;
    },
    get endedAt() {
      return endedAt;
    },
    heard,
    elapsed,
    until(isSo, ms) {
      return new Promise((resolve) => {
        const look = (late: boolean) => {
          const over = trouble !== undefined || endedAt !== undefined;
          if (!late && !over && !isSo(listening)) return;
          clearTimeout(timer);
          waiting.delete(onChange);
          resolve();
        };
        const onChange = () => look(false);
        const timer = setTimeout(() => look(true), ms);
        waiting.add(onChange);
        onChange();
      });
    },
    async close() {
      hangUp.abort();
      await reading;
    },
  };
  return listening;
}
