import { locale } from './format.ts';

/** Keeps a number or code from flipping in a sentence that runs the other way. */
export const isolate = (text: string): string => `\u2066${text}\u2069`;

/** A moment, epoch ms, as `22 Nov 2026, 5:04 pm` in the reader's language. */
export const formatTime = (epoch: number, lang: string): string =>
  new Intl.DateTimeFormat(locale(lang), { dateStyle: 'medium', timeStyle: 'short' }).format(epoch);
