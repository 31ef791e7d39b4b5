/** One event stream: what it says, when it ends, and for how long it bears a reader who does not read. */
import { isFinal, type OrderStatus } from '../../protocol.ts';
import { type Bytes, toUtf8 } from '../bytes.ts';
import { awaitsPaid, canFollow } from '../orders/order-status.ts';
import type { Watch } from '../orders/watch.ts';
import type { OrderRecord } from '../stores/order-store.ts';
import type { EventSink, EventSource } from './direct.ts';

/** An order as a message, and as a text without the time by which repetitions are known. */
export type Wording = (record: OrderRecord) => { text: string; message: Bytes };

/** A reader who is found behind at so many signs of life in a row does not read. */
const maxBeatsBehind = 2;

/** Nor does one who leaves so many messages unread; an order that is paid has but a few. */
const maxMessagesBehind = 16;

const comment = toUtf8(':\n\n');

export class EventStream implements EventSource {
  readonly #word: Wording;
  readonly #leave: (stream: EventStream) => void;
  /** What was said before there was a sink. */
  #early: Bytes[] = [];
  #sink: EventSink | undefined;
  #unwatch: (() => void) | undefined;
  #forget: (() => void) | undefined;
  #sent: { status: OrderStatus; text: string } | undefined;
  #beatsBehind = 0;
  #messagesBehind = 0;
  #isOver = false;

  /** @param leave called once, when it is over */
  constructor(word: Wording, leave: (stream: EventStream) => void) {
    this.#word = word;
    this.#leave = leave;
  }

  sendTo(sink: EventSink): void {
    this.#sink = sink;
    for (const message of this.#early) sink.write(message);
    this.#early = [];
    if (this.#isOver) sink.end();
  }

  /** Calls `forget` when the stream is over. */
  onEnd(forget: () => void): void {
    this.#forget = forget;
  }

  follow(record: OrderRecord, watch: Watch): void {
    if (this.#isOver) return;
    if (!awaitsPaid(record)) this.#send(record);
    if (this.#isOver) return;
    this.#unwatch = watch.add(record.id, (changed) => this.#send(changed));
    // The watch may have ended the stream before it could be left.
    if (this.#isOver) this.#unwatch();
  }

  /** A sign of life; a reader who does not read gets none, and is left when that goes on. */
  beat(): void {
    if (this.#sink === undefined) return;
    this.#beatsBehind = this.#sink.behind ? this.#beatsBehind + 1 : 0;
    if (this.#beatsBehind === 0) this.#sink.write(comment);
    else if (this.#beatsBehind >= maxBeatsBehind) this.#drop();
  }

  end(): void {
    if (this.#close()) this.#sink?.end();
  }

  #endWith(last: Bytes): void {
    if (!this.#close()) return;
    if (this.#sink) this.#sink.end(last);
    else this.#early.push(last);
  }

  #drop(): void {
    if (this.#close()) this.#sink?.drop();
  }

  #close(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#unwatch?.();
    this.#forget?.();
    this.#leave(this);
    return true;
  }

  #send(record: OrderRecord): void {
    if (this.#isOver) return;
    const { status } = record;
    const before = this.#sent;
    // A store that carries changes over a network may deliver an old one late.
    if (before && before.status !== status && !canFollow(before.status, status)) return;
    const { text, message } = this.#word(record);
    if (before?.text === text) return;
    this.#sent = { status, text };
    if (isFinal(status)) this.#endWith(message);
    else this.#write(message);
  }

  #write(message: Bytes): void {
    if (this.#sink === undefined) return void this.#early.push(message);
    this.#messagesBehind = this.#sink.behind ? this.#messagesBehind + 1 : 0;
    this.#sink.write(message);
    if (this.#messagesBehind > maxMessagesBehind) this.#drop();
  }
}
