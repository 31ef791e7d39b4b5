/**
 * Short ways between the routes and an adapter that knows its runtime. Web streams cost more than the
 * small bodies and the long streams they would carry here; `checkout.fetch` works the same without.
 * Internal: only adapters of this package use it.
 */
import type { Bytes } from '../bytes.ts';
import type { Clock } from '../clock.ts';

/** Where the messages of an event stream go. */
export interface EventSink {
  /** Whether the reader has not taken yet what was written before. */
  readonly behind: boolean;
  write(message: Bytes): void;
  /** The stream is over, with a last message perhaps; what was written still arrives. */
  end(last?: Bytes): void;
  /** The same at once, for a reader that does not read. */
  drop(): void;
}

/** An event stream that waits for its sink. */
export interface EventSource {
  /** Writes everything from here on, and what was said until now, to `sink`. */
  sendTo(sink: EventSink): void;
  /** The reader is gone. */
  end(): void;
}

/** What an adapter does for one request in place of web streams. */
export interface Direct {
  /** See `readBody`, whose promises it keeps. */
  readBody(limit: number, clock: Clock): Promise<Bytes | undefined>;
  /** The stream that answers the request, whose response then has no body of its own. */
  events: EventSource | undefined;
}

const directs = new WeakMap<Request, Direct>();

export const directOf = (request: Request): Direct | undefined => directs.get(request);

/** Serves `request` directly. */
export function serveDirectly(request: Request, direct: Direct): void {
  directs.set(request, direct);
}
