import type { RequestReport } from '../http/gateway.ts';
import type { DeliveryReport } from '../notifications/notifier.ts';

/** A call of the API that was answered, or an attempt to notify the merchant. */
export type SandboxEvent = (RequestReport | DeliveryReport) & {
  /** Epoch ms. */
  at: number;
};

/** The latest events. A sandbox may run for weeks: it keeps no more of them than it says. */
export class EventLog {
  readonly #most: number;
  #events: SandboxEvent[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** The latest first. */
  get events(): readonly SandboxEvent[] {
    return this.#events.toReversed();
  }

  add(event: SandboxEvent): void {
    if (this.#events.length >= this.#most) this.#events.shift();
    this.#events.push(event);
  }

  clear(): void {
    this.#events = [];
  }
}
