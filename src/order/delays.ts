/** How long to wait between questions, while an order is followed: pure functions, in ms. */

const second = 1000;
const minute = 60 * second;

/** A stream that has not opened after this long is given up for polling. */
export const openTimeout = 5 * second;
/** A stream that opens and does not tell the present within this long leaves it to a question. */
export const snapshotTimeout = second;
/** A stream that has said nothing, not even a comment, for this long is taken for dead. */
export const silenceTimeout = 45 * second;
/** A stream that stayed open this long may be opened again without having failed. */
export const steadyStream = 10 * second;
/** At the end of its time an order is asked for, and again after each of these. */
export const expiryQuestions = [3, 5, 6, 6].map((seconds) => seconds * second);
/** An order that lapsed without the backend's word is followed for this much longer. */
export const lapsedWatch = 10 * minute;
/** A timer longer than this is set anew: browsers take 25 days and more for none at all. */
export const longestTimer = 60 * minute;

/** The poll chain: 2.5 s for two minutes, 5 s up to ten, then 10 s. */
export function pollDelay(elapsed: number): number {
  if (elapsed < 2 * minute) return 2.5 * second;
  return elapsed < 10 * minute ? 5 * second : 10 * second;
}

/** `ms` ± 10 %, so that many pages do not ask in step. `random` is in [0, 1). */
export const jitter = (ms: number, random: number): number => ms * (0.9 + 0.2 * random);

/** Before the n-th new try of a stream (from 1): doubling from 1 s to 30 s, half of it at random. */
export function reconnectDelay(attempt: number, random: number): number {
  const ceiling = Math.min(30 * second, second * 2 ** (attempt - 1));
  return ceiling / 2 + (ceiling / 2) * random;
}
