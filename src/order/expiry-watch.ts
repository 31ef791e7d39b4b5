import { type Clock, delay } from './clock.ts';
import { expiryGrace } from './delays.ts';

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

/** Watches for the end of an order's time, which only the backend's answer makes final. */
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
    this.#stop = clock.after(ms, () => {
      this.#ask().catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    });
  }

  /** A payment of the last second is still on its way: ask, wait a little, ask once more. */
  async #ask(): Promise<void> {
    const { clock, remaining, check, onLapsed, signal } = this.#options;
    this.#isAsking = true;
    await check();
    await delay(expiryGrace, clock, signal);
    await check();
    this.#isAsking = false;
    if (signal.aborted) return;
    if (remaining() === 0) onLapsed();
    else this.arm();
  }
}
