import { requestTimeout } from './backend.ts';
import { type Clock, delay } from './clock.ts';
import { expiryQuestions, lapsedWatch, longestTimer } from './delays.ts';

export interface ExpiryOptions {
  clock: Clock;
  /** Time left, ms; undefined for an order without an end. */
  remaining(): number | undefined;
  /** Asks the backend; resolves when an answer is in. */
  check(): Promise<void>;
  /** Time is up, and the backend, asked again, did not know better. */
  onLapsed(): void;
  /** Nothing was heard of the order for long enough after that. */
  onGivenUp(): void;
  signal: AbortSignal;
}

/** Watches for the end of an order's time. */
export class ExpiryWatch {
  readonly #options: ExpiryOptions;
  #stop = () => {};
  #isUp = false;

  constructor(options: ExpiryOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.#stop());
  }

  /** Sets the timer anew: the end may have moved, and so may the server's clock. */
  arm(): void {
    const { clock, remaining, signal } = this.#options;
    const ms = remaining();
    if (this.#isUp) return;
    this.#stop();
    if (ms === undefined || signal.aborted) return;
    this.#stop = clock.after(Math.min(ms, longestTimer), () => {
      if (remaining() === 0)
        void this.#end().catch(() => {}); // ends with the signal
      else this.arm();
    });
  }

  async #end(): Promise<void> {
    const { clock, remaining, check, onLapsed, onGivenUp, signal } = this.#options;
    this.#isUp = true;
    await this.#ask();
    if (remaining() !== 0) {
      this.#isUp = false;
      this.arm();
      return;
    }
    onLapsed();
    // A payment that was made in time may be booked late; one last question before nobody listens.
    await delay(lapsedWatch, clock, signal);
    await Promise.race([check(), delay(requestTimeout, clock, signal)]);
    signal.throwIfAborted();
    onGivenUp();
  }

  /** A payment of the last second is still on its way: ask, wait a little, ask again. */
  async #ask(): Promise<void> {
    const { clock, check, signal } = this.#options;
    await check();
    for (const pause of expiryQuestions) {
      await delay(pause, clock, signal);
      await check();
    }
    signal.throwIfAborted();
  }
}
