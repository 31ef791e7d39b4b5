import type { Money } from '../protocol.ts';

/** As they write it in the Emirates, in one kind of digits everywhere: the countdown's. */
const locale = (lang: string) => `${lang}-AE-u-nu-latn`;

/** Keeps a number or code from flipping in a sentence that runs the other way. */
export const isolate = (text: string): string => `\u2066${text}\u2069`;

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

/** Time left as a clock shows it, `4:59` or `1:59:59`, from ms; a started second still counts. */
export function formatTimeLeft(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const tail = `${h > 0 ? String(m).padStart(2, '0') : m}:${String(s).padStart(2, '0')}`;
  return h > 0 ? `${h}:${tail}` : tail;
}

/** A moment, epoch ms, as `22 Nov 2026, 5:04 pm` in the reader's language. */
export const formatTime = (epoch: number, lang: string): string =>
  new Intl.DateTimeFormat(locale(lang), { dateStyle: 'medium', timeStyle: 'short' }).format(epoch);
