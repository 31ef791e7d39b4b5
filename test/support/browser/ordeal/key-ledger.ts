import type { PaybyCheckout, PaybyErrorEvent } from '../../../../src/index.ts';

interface Attempt {
  key: string;
  wish: string;
}

/** Holds that one attempt to get an order has one idempotency key, and another attempt another. */
export class KeyLedger {
  readonly #accuse: (broken: string) => void;
  readonly #attempts = new WeakMap<PaybyCheckout, Attempt>();
  /** What each key was used to ask for. */
  readonly #wishes = new Map<string, string>();
  /** The key that each order was answered to. */
  readonly #answers = new Map<string, string>();
  readonly #over = new Set<string>();
  #stored: [name: string, value: string][] = [];

  constructor(accuse: (broken: string) => void) {
    this.#accuse = accuse;
  }

  /** Remembers what the tab's storage holds before something happens. */
  remember(): void {
    this.#stored = Object.entries({ ...sessionStorage });
  }

  /** A create request goes out. */
  used(key: string, element: PaybyCheckout): void {
    const wish = JSON.stringify([element.endpoint, element.reference, element.details]);
    const before = this.#attempts.get(element);
    if (this.#over.has(key)) this.#accuse(`a new attempt with the key ${key} of an old one`);
    if (before?.wish === wish && before.key !== key) {
      this.#accuse(`one attempt with two keys, ${before.key} and ${key}`);
    }
    if ((this.#wishes.get(key) ?? wish) !== wish) this.#accuse(`one key for two wishes: ${key}`);
    this.#isAsStored(key, wish, element);
    this.#attempts.set(element, { key, wish });
    this.#wishes.set(key, wish);
  }

  /** The present attempt has led to an order. */
  answered(id: string, element: PaybyCheckout): void {
    const attempt = this.#attempts.get(element);
    if (attempt) this.#answers.set(id, attempt.key);
  }

  /**
   * The order ended unpaid, and the attempt that led to it is over. One that was paid is not: asked for by
   * its key again, it is found again.
   */
  ended(id: string, element: PaybyCheckout): void {
    const key = this.#answers.get(id);
    if (key) this.#over.add(key);
    if (key === this.#attempts.get(element)?.key) this.#attempts.delete(element);
  }

  /** The page has reset the checkout: whatever was under way is over. */
  dropped(element: PaybyCheckout): void {
    const attempt = this.#attempts.get(element);
    if (attempt) this.#over.add(attempt.key);
    this.#attempts.delete(element);
  }

  /** A backend that refused for good has made no order; the next request may have either key. */
  failed({ code, retryable }: PaybyErrorEvent, element: PaybyCheckout): void {
    if (code === 'order-rejected' && !retryable) this.#attempts.delete(element);
  }

  /** Where something is stored for this endpoint and reference, it is this attempt's key. */
  #isAsStored(key: string, wish: string, { endpoint, reference }: PaybyCheckout): void {
    if (!reference) return;
    const isOurs = (name: string) => name.includes(endpoint) && name.includes(reference);
    for (const [name, value] of Object.entries({ ...sessionStorage })) {
      if (isOurs(name) && !value.includes(key))
        this.#accuse(`${name} holds another key than ${key}`);
    }
    for (const [name, value] of this.#stored) {
      const kept = [...this.#wishes.keys()].find((known) => value.includes(known));
      const isSame = kept && this.#wishes.get(kept) === wish && !this.#over.has(kept);
      if (isOurs(name) && isSame && kept !== key) {
        this.#accuse(`${name} held the key ${kept} of this attempt; ${key} was sent`);
      }
    }
  }
}
