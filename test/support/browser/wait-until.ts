import { waitUntil as waitShortly } from '@open-wc/testing';

/** Longer than a second, which a busy machine takes for less; shorter than the test's own time. */
const timeout = 8000; // ms

/** Waits until there is something, or throws what is missing. */
export const waitUntil = (condition: () => unknown, missing?: string): Promise<void> =>
  waitShortly(condition, missing, { timeout });
