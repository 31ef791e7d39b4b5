/** An event stream as the body of a response, for servers that speak web standards. */
import type { Bytes } from '../bytes.ts';
import type { EventSink } from './direct.ts';

export class EventBody implements EventSink {
  readonly stream: ReadableStream<Uint8Array>;
  /** Written before anybody asked for it. */
  readonly #unread: Bytes[] = [];
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #isAsked = false;
  #isOver = false;

  /** @param onCancel the reader has gone */
  constructor(onCancel: () => void) {
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => {
          this.#isAsked = true;
          this.#pass();
        },
        cancel: () => {
          this.#controller = undefined;
          onCancel();
        },
      },
      // Nothing is held ready: a pull means that somebody reads.
      { highWaterMark: 0 },
    );
  }

  get behind(): boolean {
    return !this.#isAsked;
  }

  write(message: Bytes): void {
    this.#unread.push(message);
    this.#pass();
  }

  end(last?: Bytes): void {
    if (last) this.#unread.push(last);
    this.#isOver = true;
    this.#pass();
  }

  drop(): void {
    this.#controller?.error(new Error('the reader of this event stream does not read'));
    this.#controller = undefined;
  }

  #pass(): void {
    const message = this.#isAsked ? this.#unread.shift() : undefined;
    if (message) {
      this.#isAsked = false;
      this.#controller?.enqueue(message);
    }
    if (!this.#isOver || this.#unread.length > 0) return;
    this.#controller?.close();
    this.#controller = undefined;
  }
}
