import type { CheckoutError, CheckoutErrorCode } from '../order/checkout-error.ts';

/** Mistakes in how the page or its backend is set up; a customer can do nothing about them. */
const mistakes: readonly CheckoutErrorCode[] = [
  'configuration',
  'order-invalid',
  'token-url-blocked',
  'status-unknown',
];
/** Codes whose entry in the documentation was pointed to. */
const explained = new Set<string>();

/** Says on the console what only the page's developer can mend, and once where more is said of it. */
export function warnDeveloper({ code, message }: Pick<CheckoutError, 'code' | 'message'>): void {
  if (!mistakes.includes(code) && !/ threw: /.test(message)) return;
  const entry = explained.has(code) ? '' : ` See payby-checkout/docs/troubleshooting.md#${code}`;
  explained.add(code);
  // biome-ignore lint/suspicious/noConsole: the console is where a page's developer looks
  console.warn(message + entry);
}
