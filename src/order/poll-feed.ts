import type { Answer } from './backend.ts';
import { asCheckoutError, type CheckoutError } from './checkout-error.ts';
import { type Clock, delay } from './clock.ts';
import { jitter, pollDelay } from './delays.ts';

export interface PollFeedOptions {
  /** One status request. */
  ask(): Promise<Answer>;
  /** Rejects with a CheckoutError for an answer that says nothing of the order. */
  onAnswer(answer: Answer): Promise<void>;
  onProblem(error: CheckoutError): void;
  /** Whether to ask at intervals now; otherwise only when {@link PollFeed.check} is called. */
  isNeeded(): boolean;
  clock: Clock;
  random(): number;
  signal: AbortSignal;
}

/**
 * A chain of status requests that never overlap, slower as time goes on. Failures are survived; a
 * `Retry-After` is waited out even when a check is asked for.
 */
export class PollFeed {
  readonly #options: PollFeedOptions;
  #checks: (() => void)[] = [];
  #isDue = false;
  #wake = () => {};

  constructor(options: PollFeedOptions) {
    this.#options = options;
  }

  /** Asks at once; resolves when an answer to it is in, and never once the signal is aborted. */
  check(): Promise<void> {
    return new Promise((resolve) => {
      this.#checks.push(resolve);
      this.nudge();
    });
  }

  /** Asks at once if asking is needed. */
  nudge(): void {
    this.#isDue = true;
    this.#wake();
  }

  /** Runs until the signal is aborted, then rejects with its reason. */
  async run(): Promise<never> {
    const { clock, random, isNeeded, signal } = this.#options;
    const start = clock.now();
    const isWanted = () => isNeeded() || this.#checks.length > 0;
    for (;;) {
      const interval = jitter(pollDelay(clock.now() - start), random());
      await this.#pause(isWanted() ? interval : undefined);
      if (!isWanted()) continue;
      const leaveAlone = await this.#ask();
      if (leaveAlone !== undefined) await delay(leaveAlone, clock, signal);
    }
  }

  /** Waits until somebody wants an answer at once, or for `ms` when given. */
  async #pause(ms: number | undefined): Promise<void> {
    const { clock, signal } = this.#options;
    signal.throwIfAborted();
    if (!this.#isDue) {
      const pause = new AbortController();
      const woken = new Promise<void>((resolve, reject) => {
        this.#wake = resolve;
        signal.addEventListener('abort', () => reject(signal.reason), { signal: pause.signal });
      });
      const stop = ms === undefined ? () => {} : clock.after(ms, () => this.#wake());
      await woken.finally(() => {
        stop();
        pause.abort();
      });
    }
    this.#isDue = false;
  }

  /** Asks once; answers how long the backend wants to be left alone, ms. */
  async #ask(): Promise<number | undefined> {
    const { ask, onAnswer, onProblem, signal } = this.#options;
    const checks = this.#checks;
    this.#checks = [];
    try {
      const answer = await ask();
      signal.throwIfAborted();
      await onAnswer(answer);
      signal.throwIfAborted();
      for (const resolve of checks) resolve();
      return undefined;
    } catch (cause) {
      signal.throwIfAborted();
      const error = asCheckoutError(cause);
      // Whoever waits for an answer goes on waiting: the next one in the chain is theirs.
      this.#checks.push(...checks);
      onProblem(error);
      return error.retryAfter;
    }
  }
}
