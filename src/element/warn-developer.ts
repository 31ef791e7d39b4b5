import type { CheckoutError, CheckoutErrorCode } from '../order/checkout-error.ts';

/** Mistakes in how the page or its backend is set up; a customer can do nothing about them. */
const mistakes: readonly CheckoutErrorCode[] = [
  'configuration',
  'order-invalid',
  'token-url-blocked',
  'status-unknown',
];

/** Says on the console what only the page's developer can mend. */
export function warnDeveloper({ code, message }: CheckoutError): void {
  // biome-ignore lint/suspicious/noConsole: the console is where a page's developer looks
  if (mistakes.includes(code)) console.warn(message);
}
