/** An event stream written straight to Node's response. */
import type { Bytes } from '../bytes.ts';
import type { EventSink } from '../http/direct.ts';

/** What the responses of HTTP/1.1 and HTTP/2 have in common. */
export interface Outgoing {
  readonly destroyed: boolean;
  readonly writableLength: number;
  writeHead(status: number, headers: Record<string, string>): unknown;
  write(chunk: Uint8Array): unknown;
  end(): unknown;
  destroy(): unknown;
  on(event: 'close', listener: () => void): unknown;
}

export class ResponseSink implements EventSink {
  readonly #outgoing: Outgoing;

  constructor(outgoing: Outgoing) {
    this.#outgoing = outgoing;
  }

  /** What the kernel does not take any more waits here: the other side does not read. */
  get behind(): boolean {
    return this.#outgoing.writableLength > 0;
  }

  write(message: Bytes): void {
    this.#outgoing.write(message);
  }

  end(): void {
    this.#outgoing.end();
  }

  drop(): void {
    this.#outgoing.destroy();
  }
}
