import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Clock, systemClock } from '../order/clock.ts';

/** Renders the host anew whenever the seconds left change, and never faster. */
export class Countdown implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #remaining: () => number | undefined;
  readonly #clock: Clock;
  #stop = () => {};

  constructor(
    host: ReactiveControllerHost & Element,
    remaining: () => number | undefined,
    clock = systemClock,
  ) {
    this.#host = host;
    this.#remaining = remaining;
    this.#clock = clock;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    this.#stop();
    const left = this.#host.isConnected ? this.#remaining() : undefined;
    if (left === undefined || left <= 0) return;
    // A moment after the full second, so that rounding cannot show the same second twice.
    this.#stop = this.#clock.after((left % 1000) + 1, () => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#stop();
  }
}
