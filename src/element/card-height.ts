import type { LitElement, ReactiveController } from 'lit';
import type { Phase } from '../order/order-state.ts';

/** Keeps the card from shrinking while an order goes through its phases, so that the page does not jump. */
export class CardHeight implements ReactiveController {
  readonly #host: LitElement;
  readonly #phase: () => Phase;
  readonly #observer = new ResizeObserver(() => {
    if (this.#card && this.#card.offsetWidth !== this.#width) this.#host.requestUpdate();
  });
  #card: HTMLElement | undefined;
  #width = 0;
  #hasCode = false;
  /** As CSS has it, fractions of a pixel included. */
  #height = '';

  constructor(host: LitElement, phase: () => Phase) {
    this.#host = host;
    this.#phase = phase;
    host.addController(this);
  }

  hostUpdated(): void {
    const card = this.#host.renderRoot.querySelector<HTMLElement>('.card') ?? undefined;
    if (card !== this.#card) this.hostDisconnected();
    if (!card || !this.#host.isConnected) return;
    if (!this.#card) this.#observer.observe(card);
    this.#card = card;
    // Another width wraps its lines anew, another order starts from its own size, and a code that the
    // customer puts away again takes its room along.
    const hasCode = card.querySelector('.plate') !== null;
    const isPutAway = this.#hasCode && !hasCode && isOpenPhase(this.#phase());
    this.#hasCode = hasCode;
    // What was kept until now goes on.
    if (this.#width === 0)
      [this.#width, this.#height] = [card.offsetWidth, card.style.minBlockSize];
    const isAnew = card.offsetWidth !== this.#width || this.#phase() === 'idle' || isPutAway;
    if (isAnew) this.#height = '';
    card.style.minBlockSize = this.#height;
    this.#width = card.offsetWidth;
    if (this.#phase() !== 'idle') this.#height = getComputedStyle(card).blockSize;
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#card = undefined;
  }
}

const isOpenPhase = (phase: Phase) => phase === 'awaiting' || phase === 'scanned';
