import type { Money } from '../protocol.ts';

/** As they write it in the Emirates, in one kind of digits everywhere: the countdown's. */
export const locale = (lang: string) => `${lang}-AE-u-nu-latn`;

/** An amount in the reader's language: `AED 12.34`. */
export function formatAmount({ amount, currency }: Money, lang: string): string {
  const text = new Intl.NumberFormat(locale(lang), {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
  }).format(amount);
  // Where a line is too short, it breaks there and not within the number.
  return text.replaceAll('\u00a0', ' ');
}
