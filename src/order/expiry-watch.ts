import { type Clock, delay } from './clock.ts';
import { expiryQuestions, longestTimer } from './delays.ts';

export interface ExpiryOptions {
  clock: Clock;
  /** Time left, ms; undefined for an order without an end. */
  remaining(): number | undefined;
  /** Asks the backend; resolves when an answer is in. */
  check(): Promise<void>;
  /** Time is up, and the backend, asked again, did not know better. */
  onLapsed(): void;
  signal: AbortSignal;
}

/** Watches for the end of an order's time. */
export class ExpiryWatch {
  readonly #options: ExpiryOptions;
  #stop = () => {};
  #isAsking = false;

  constructor(options: ExpiryOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.#stop());
  }

  /** Sets the timer anew: the end may have moved, and so may the server's clock. */
  arm(): void {
    const { clock, remaining, signal } = this.#options;
    this.#stop();
    const ms = remaining();
    if (ms === undefined || this.#isAsking || signal.aborted) return;
    this.#stop = clock.after(Math.min(ms, longestTimer), () => {
      if (remaining() === 0)
        void this.#ask().catch(() => {}); // ends with the signal
      else this.arm();
    });
  }

  /** A payment of the last second is still on its way: ask, wait a little, ask again. */
  async #ask(): Promise<void> {
    const { clock, remaining, check, onLapsed, signal } = this.#options;
    this.#isAsking = true;
    await check();
    for (const pause of expiryQuestions) {
      await delay(pause, clock, signal);
      await check();
    }
    this.#isAsking = false;
    if (signal.aborted) return;
    if (remaining() === 0) onLapsed();
    else this.arm();
  }
}
