import type { Clock } from './clock.ts';

/** The server's clock, read off its answers and carried forward on monotonic time. */
export class ServerClock {
  readonly #clock: Clock;
  #reading: { epoch: number; at: number } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes the time out of an answer; undefined when it told none. An older one is not taken. */
  sync(epoch: number | undefined): void {
    if (epoch === undefined || (this.#reading && epoch <= this.#reading.epoch)) return;
    this.#reading = { epoch, at: this.#clock.now() };
  }

  /** Time left until `expiresAt`, ms, never below zero; undefined for no end. */
  remaining(expiresAt: number | undefined): number | undefined {
    return expiresAt === undefined ? undefined : Math.max(0, expiresAt - this.#now());
  }

  /** Before any answer told the time, this device's clock is all there is. */
  #now(): number {
    if (!this.#reading) return this.#clock.epoch();
    return this.#reading.epoch + (this.#clock.now() - this.#reading.at);
  }
}
