import type { CheckoutError } from './checkout-error.ts';

/** Troubles that pass: they may be told again after things went well in between. */
const passing = ['network', 'timeout', 'order-rejected', 'order-invalid'];

/** Tells the page what was survived: each trouble once, not at every try. */
export class ErrorReporter {
  readonly #report: (error: CheckoutError) => void;
  readonly #told = new Set<string>();

  constructor(report: (error: CheckoutError) => void) {
    this.#report = report;
  }

  tell(error: CheckoutError): void {
    if (this.#told.has(error.code)) return;
    this.#told.add(error.code);
    this.#report(error);
  }

  /** An answer was good: what can pass is over, but for what it still had. */
  recover(remaining: readonly CheckoutError[]): void {
    for (const code of passing) {
      if (!remaining.some((error) => error.code === code)) this.#told.delete(code);
    }
  }
}
