/** An event stream written straight to Node's response. */
import type { Bytes } from '../bytes.ts';
import type { EventSink } from '../http/direct.ts';

/** What the responses of HTTP/1.1 and HTTP/2 have in common. */
export interface Outgoing {
  readonly destroyed: boolean;
  /** Of HTTP/2, where the response itself does not say whether it is destroyed. */
  readonly stream?: { readonly destroyed: boolean };
  readonly writableLength: number;
  writeHead(status: number, headers: Record<string, string>): unknown;
  write(chunk: Uint8Array): unknown;
  end(): unknown;
  end(chunk: Uint8Array): unknown;
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

  /** The last message and the end go out together. */
  end(last?: Bytes): void {
    if (last) this.#outgoing.end(last);
    else this.#outgoing.end();
  }

  drop(): void {
    this.#outgoing.destroy();
  }
}
