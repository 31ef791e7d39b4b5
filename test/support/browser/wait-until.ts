import { waitUntil as waitShortly } from '@open-wc/testing';

/** A timer of 5 ms has taken 3.4 s, three engines sharing two processors; a test may take 20 s. */
const timeout = 8000; // ms

/** Waits until there is something, or throws what is missing. */
export const waitUntil = (condition: () => unknown, missing?: string): Promise<void> =>
  waitShortly(condition, missing, { timeout });
