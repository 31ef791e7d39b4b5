import type { Schedule } from './time.ts';

/** No timer waits longer, ms: a longer delay would fire at once. */
export const longestTimer = 2 ** 31 - 1;

export interface ClockPorts {
  /** Epoch ms. */
  now: () => number;
  schedule: Schedule;
}

interface Timer {
  callback: () => void;
  /** On the scaled time line, ms. */
  due: number;
  cancel: () => void;
}

/**
 * The gateway's own time. It tells the same time of day as its merchant, whose requests and expiry
 * times are measured by it; only its waits (retries, settling) pass faster by `timeScale`, or at
 * once by `advance`.
 */
export class SandboxClock {
  readonly #ports: ClockPorts;
  readonly #timers = new Set<Timer>();
  readonly #initialScale: number;
  #timeScale: number;
  /** Where the present scale began: epoch ms, and the same moment on the scaled time line. */
  #since: { epoch: number; scaled: number };

  constructor(ports: ClockPorts, timeScale: number) {
    this.#ports = ports;
    this.#initialScale = timeScale;
    this.#timeScale = timeScale;
    this.#since = { epoch: ports.now(), scaled: 0 };
  }

  /** Epoch ms. */
  readonly now = (): number => this.#ports.now();

  get timeScale(): number {
    return this.#timeScale;
  }

  /** Timers that are set keep the scaled time they have left, and wait for it at the new pace. */
  set timeScale(timeScale: number) {
    this.#since = { epoch: this.now(), scaled: this.scaled() };
    this.#timeScale = timeScale;
    for (const timer of this.#timers) this.#start(timer);
  }

  /**
   * A moment on the scaled time line, ms since the sandbox was made: what it measures the merchant's
   * pace by. At a `timeScale` of 10, a merchant is expected to be ten times as fast.
   *
   * @param epoch the moment, epoch ms; now by default
   */
  scaled(epoch: number = this.now()): number {
    return this.#since.scaled + (epoch - this.#since.epoch) * this.#timeScale;
  }

  /** Calls back once after `ms` of scaled time; the returned function takes that back. */
  readonly schedule: Schedule = (ms, callback) => {
    const timer: Timer = { callback, due: this.scaled() + ms, cancel: () => {} };
    this.#timers.add(timer);
    this.#start(timer);
    return () => this.#forget(timer);
  };

  /** Brings every timer nearer by `ms` of scaled time; those that are due then, fire in order. */
  advance(ms: number): void {
    const timers = [...this.#timers].sort((a, b) => a.due - b.due);
    for (const timer of timers) timer.due -= ms;
    for (const timer of timers) {
      if (!this.#timers.has(timer)) continue;
      if (timer.due <= this.scaled()) this.#fire(timer);
      else this.#start(timer);
    }
  }

  /** Forgets all timers and takes the time scale back to the one it began with. */
  reset(): void {
    for (const timer of [...this.#timers]) this.#forget(timer);
    this.timeScale = this.#initialScale;
  }

  #start(timer: Timer): void {
    timer.cancel();
    const wait = Math.max(0, timer.due - this.scaled()) / this.#timeScale;
    timer.cancel =
      wait > longestTimer
        ? this.#ports.schedule(longestTimer, () => this.#start(timer))
        : this.#ports.schedule(wait, () => this.#fire(timer));
  }

  #fire(timer: Timer): void {
    this.#forget(timer);
    timer.callback();
  }

  #forget(timer: Timer): void {
    timer.cancel();
    this.#timers.delete(timer);
  }
}
