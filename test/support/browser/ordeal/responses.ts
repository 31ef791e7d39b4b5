import { answer } from '../fake-backend.ts';
import type { Content, OrderPlan, Reply, StreamReply } from './course.ts';
import { goodLinks } from './words.ts';

const json = { 'content-type': 'application/json' };

export const orderResponse = (text: string, status: number): Response =>
  answer(text, { status, headers: json });

type Trouble = Exclude<Content, { kind: 'order' | 'silence' | 'stalled' }>;

/**
 * An answer that says nothing of the order `id`, whatever its text looks like.
 *
 * @throws TypeError as `fetch` does when the backend is out of reach
 */
export function troubleResponse(content: Trouble, id: string): Response {
  switch (content.kind) {
    case 'refusal': {
      const { status, retryAfter, body } = content;
      const said = body === 'paid' ? { id, status: 'paid' } : { status, code: 'no' };
      const headers = { ...json, ...(retryAfter && { 'retry-after': retryAfter }) };
      return answer(JSON.stringify(said), { status, headers });
    }
    case 'text':
      return answer(content.text, { status: 200, headers: { 'content-type': 'text/html' } });
    case 'unreachable':
      throw new TypeError('Failed to fetch');
  }
}

/** An answer that begins well and never ends; like that of a real `fetch`, its body fails on abort. */
export function stalled(signal: AbortSignal): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"id":"M1","status":"paid"'));
      signal.addEventListener('abort', () => controller.error(signal.reason), { once: true });
    },
  });
  return new Response(body, { status: 200, headers: json });
}

/** What a backend answers that has recovered, and whose orders are all in this status. */
export function wellReplies(status: 'paid' | 'pending') {
  const plan: OrderPlan = {
    status,
    about: 'asked',
    tokenUrl: goodLinks[0],
    appLink: undefined,
    now: 'untold',
    lasts: undefined,
    amount: undefined,
    form: 'contract',
  };
  const reply: Reply = { after: 0, content: { kind: 'order', plan } };
  const events: StreamReply = { after: 0, content: { kind: 'stream', first: plan } };
  return { create: reply, status: reply, cancel: reply, events };
}
