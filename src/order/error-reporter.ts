import type { CheckoutError } from './checkout-error.ts';

/** Troubles that pass; they may be told again after things went well in between. */
const passing = new Set(['network', 'timeout', 'order-rejected', 'order-invalid']);

/** Tells the page what was survived: each trouble once, not at every try. */
export class ErrorReporter {
  readonly #report: (error: CheckoutError) => void;
  readonly #told = new Set<string>();
  #trouble: string | undefined;

  constructor(report: (error: CheckoutError) => void) {
    this.#report = report;
  }

  tell(error: CheckoutError): void {
    if (passing.has(error.code)) {
      if (error.code === this.#trouble) return;
      this.#trouble = error.code;
    } else {
      if (this.#told.has(error.code)) return;
      this.#told.add(error.code);
    }
    this.#report(error);
  }

  /** An answer was good: the present trouble is over. */
  recover(): void {
    this.#trouble = undefined;
  }

  /** Another order: everything may be told again. */
  reset(): void {
    this.recover();
    this.#told.clear();
  }
}
