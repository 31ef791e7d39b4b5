/** Event streams: each message's data is an Order; the stream ends after a final status. */
import { isFinal, type OrderStatus } from '../../protocol.ts';
import { toUtf8 } from '../bytes.ts';
import type { CheckoutContext } from '../context.ts';
import { awaitsPaid, canFollow } from '../orders/order-status.ts';
import { toOrder } from '../orders/order-view.ts';
import type { Watch } from '../orders/watch.ts';
import type { OrderRecord } from '../stores/order-store.ts';
import { closedProblem } from './problem.ts';

/** How often a stream says that it lives, ms. The contract allows 20 s of silence. */
const heartbeat = 15_000;

const comment = toUtf8(':\n\n');

export interface EventStreams {
  /**
   * A stream that starts with `record`, and ends when `signal` is aborted at the latest.
   *
   * @throws HttpProblem 503 once closed
   */
  open(record: OrderRecord, signal: AbortSignal): Response;
  /** Ends every stream. */
  close(): void;
}

/** One timer serves all streams, and runs only while there are some. */
export function createEventStreams(ctx: CheckoutContext, watch: Watch): EventStreams {
  const streams = new Set<EventStream>();
  let cancelBeat: (() => void) | undefined;
  let closed = false;

  function beatLater() {
    cancelBeat = ctx.clock.after(heartbeat, () => {
      for (const stream of streams) stream.beat();
      beatLater();
    });
  }

  function leave(stream: EventStream) {
    streams.delete(stream);
    if (streams.size > 0) return;
    cancelBeat?.();
    cancelBeat = undefined;
  }

  return {
    open(record, signal) {
      if (closed) throw closedProblem();
      const stream = new EventStream(ctx, leave);
      streams.add(stream);
      if (cancelBeat === undefined) beatLater();
      stream.follow(record, watch, signal);
      return new Response(stream.body, {
        headers: {
          'content-type': 'text/event-stream; charset=utf-8',
          // Asks nginx, and those who took the header over from it, not to hold messages back.
          'x-accel-buffering': 'no',
        },
      });
    },
    close() {
      closed = true;
      for (const stream of [...streams]) stream.end();
    },
  };
}

class EventStream {
  readonly body: ReadableStream<Uint8Array>;
  readonly #ctx: CheckoutContext;
  readonly #onEnd: (stream: EventStream) => void;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #unwatch = () => {};
  #sent: { status: OrderStatus; text: string } | undefined;

  constructor(ctx: CheckoutContext, onEnd: (stream: EventStream) => void) {
    this.#ctx = ctx;
    this.#onEnd = onEnd;
    this.body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => {
        this.#controller = undefined;
        this.end();
      },
    });
  }

  follow(record: OrderRecord, watch: Watch, signal: AbortSignal) {
    const end = () => this.end();
    signal.addEventListener('abort', end, { once: true });
    this.#unwatch = () => signal.removeEventListener('abort', end);
    if (signal.aborted) return this.end();
    if (!awaitsPaid(record)) this.#send(record);
    if (this.#controller === undefined) return;
    const leave = watch.add(record.id, (changed) => this.#send(changed));
    this.#unwatch = () => {
      signal.removeEventListener('abort', end);
      leave();
    };
    // The watch may have ended the stream before it could be left.
    if (this.#controller === undefined) this.#unwatch();
  }

  /** A reader that does not read is not sent more signs of life. */
  beat() {
    if ((this.#controller?.desiredSize ?? 0) > 0) this.#controller?.enqueue(comment);
  }

  end() {
    this.#unwatch();
    this.#controller?.close();
    this.#controller = undefined;
    this.#onEnd(this);
  }

  #send(record: OrderRecord) {
    const { partnerId } = this.#ctx.payby;
    const { status } = record;
    const before = this.#sent;
    // A store that carries changes over a network may deliver an old one late.
    if (before && before.status !== status && !canFollow(before.status, status)) return;
    const order = toOrder(record, partnerId, this.#ctx.clock.now());
    const text = JSON.stringify({ ...order, now: 0 });
    if (before?.text === text) return;
    this.#sent = { status, text };
    this.#controller?.enqueue(toUtf8(`data: ${JSON.stringify(order)}\n\n`));
    if (isFinal(status)) this.end();
  }
}
