/** Requests, and nothing that a server does to them is thrown. */
import type { Answer } from './answer.ts';

/** No answer of the contract is larger, in bytes. */
const maxAnswer = 1024 * 1024;

export interface Question {
  method: string;
  url: URL;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

/** Asks, and waits `timeout` ms at most for the whole answer. Redirects are not followed. */
export async function ask(
  fetch: typeof globalThis.fetch,
  { method, url, headers = {}, body }: Question,
  timeout: number,
): Promise<Answer> {
  const asked = askedFor(method, url);
  const startedAt = performance.now();
  const limit = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: limit,
      ...(body !== undefined && { body }),
    });
    const text = await readText(response, limit);
    if (text === undefined) {
      const why = `answered more than ${maxAnswer / 1024} kB`;
      return { kind: 'unanswered', asked, why, silent: false, unreachable: false };
    }
    const took = performance.now() - startedAt;
    const { status, headers: answered } = response;
    return { kind: 'answered', asked, status, headers: answered, text, json: parse(text), took };
  } catch (cause) {
    const silent = limit.aborted;
    const why = silent ? `did not answer within ${timeout / 1000} s` : reason(cause);
    return { kind: 'unanswered', asked, why, silent, unreachable: !silent && isUnreachable(cause) };
  }
}

/** A request's method and path; a long path is cut. */
export function askedFor(method: string, { pathname }: URL): string {
  return `${method} ${pathname.length > 80 ? `${pathname.slice(0, 80)}…` : pathname}`;
}

/** What `fetch` stumbled over: its own words are in the cause. */
export function reason(cause: unknown): string {
  const inner = innermost(cause);
  const said = messageOf(inner);
  const code = codeOf(inner);
  return `was not answered: ${said.slice(0, 120)}${code && ` (${code})`}`;
}

const innermost = (cause: unknown): unknown =>
  cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message || error.name : String(error);

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

const isUnreachable = (cause: unknown): boolean =>
  /REFUSED|NOTFOUND|EAI_|UNREACH|CONNECT_TIMEOUT|CERT|TLS|SSL/.test(codeOf(innermost(cause))) ||
  /^bad port$/.test(messageOf(innermost(cause)));

/** The body's text, or undefined when there is too much of it. */
async function readText({ body }: Response, signal: AbortSignal): Promise<string | undefined> {
  if (!body) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of chunksOf(body, signal)) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > maxAnswer) return undefined;
  }
  return text + decoder.decode();
}

/**
 * Chunk after chunk; leaving the loop ends the connection.
 *
 * @throws the signal's reason once it is aborted
 */
export async function* chunksOf(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  const hangUp = () => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', hangUp, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      signal.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', hangUp);
    hangUp();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
