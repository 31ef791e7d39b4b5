/** Event streams: each message's data is an Order; the stream ends after a final status. */
import { type Bytes, toUtf8 } from '../bytes.ts';
import type { CheckoutContext } from '../context.ts';
import { toOrder } from '../orders/order-view.ts';
import type { Watch } from '../orders/watch.ts';
import type { OrderRecord } from '../stores/order-store.ts';
import { directOf } from './direct.ts';
import { EventBody } from './event-body.ts';
import { EventStream, type Wording } from './event-stream.ts';
import { closedProblem, tooManyStreams } from './problem.ts';

/** How often a stream says that it lives, ms. The contract allows 20 s of silence. */
const heartbeat = 15_000;

export interface EventStreams {
  /**
   * A stream that starts with `record`, and ends when the request is aborted at the latest.
   *
   * @throws HttpProblem 503 once closed, or while there are `maxStreams`
   */
  open(record: OrderRecord, request: Request): Response;
  /** Ends every stream. */
  close(): void;
}

/** One timer serves all streams, and runs only while there are some. */
export function createEventStreams(ctx: CheckoutContext, watch: Watch): EventStreams {
  /** When each is to say that it lives, epoch ms; the next one first. */
  const beats = new Map<EventStream, number>();
  const word = createWording(ctx);
  let cancelBeat: (() => void) | undefined;
  let closed = false;

  function beatLater() {
    const [next] = beats.values();
    if (next === undefined) return;
    cancelBeat = ctx.clock.after(Math.max(0, next - ctx.clock.now()), beat);
  }

  function beat() {
    const now = ctx.clock.now();
    for (const [stream, at] of beats) {
      if (at > now) break;
      beats.delete(stream);
      beats.set(stream, now + heartbeat);
      stream.beat();
    }
    beatLater();
  }

  function leave(stream: EventStream) {
    beats.delete(stream);
    if (beats.size > 0) return;
    cancelBeat?.();
    cancelBeat = undefined;
  }

  return {
    open(record, request) {
      if (closed) throw closedProblem();
      if (beats.size >= ctx.maxStreams) throw tooManyStreams();
      const stream = new EventStream(word, leave);
      beats.set(stream, ctx.clock.now() + heartbeat);
      if (cancelBeat === undefined) beatLater();
      const body = carry(stream, request);
      stream.follow(record, watch);
      return new Response(body, {
        headers: {
          'content-type': 'text/event-stream; charset=utf-8',
          // Asks nginx, and those who took the header over from it, not to hold messages back.
          'x-accel-buffering': 'no',
        },
      });
    },
    close() {
      closed = true;
      for (const stream of [...beats.keys()]) stream.end();
    },
  };
}

/** Has the stream taken to its reader: by the request's own adapter, or as the body answered. */
function carry(stream: EventStream, request: Request): ReadableStream<Uint8Array> | null {
  const direct = directOf(request);
  if (direct) {
    direct.events = stream;
    return null;
  }
  const { signal } = request;
  const end = () => stream.end();
  const body = new EventBody(end);
  stream.sendTo(body);
  stream.onEnd(() => signal.removeEventListener('abort', end));
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  return body.stream;
}

/** Words an order once for all streams that tell of the same change. */
function createWording({ payby, clock }: CheckoutContext): Wording {
  let last: { record: OrderRecord; now: number; text: string; message: Bytes } | undefined;
  return (record) => {
    const now = clock.now();
    if (last?.record === record && last.now === now) return last;
    const order = toOrder(record, payby.partnerId, now);
    const message = toUtf8(`data: ${JSON.stringify(order)}\n\n`);
    last = { record, now, text: JSON.stringify({ ...order, now: 0 }), message };
    return last;
  };
}
