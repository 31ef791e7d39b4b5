/** Trying again what failed, when nobody else will. */
import type { Timers } from './timers.ts';

export interface Retries {
  /** Runs `task` later, unless something waits for this key already. A task that fails again comes back. */
  later(key: string, task: () => void): void;
  /** Nothing is left to do. */
  forget(key: string): void;
  isWaiting(key: string): boolean;
}

const minute = 60_000;

/** How long after each failure the next attempt comes, ms; the last one stays. */
const delays = [minute / 6, minute, 10 * minute] as const;
const longest = 60 * minute;

export function createRetries(timers: Timers): Retries {
  const attempts = new Map<string, number>();
  return {
    later(key, task) {
      if (timers.has(key)) return;
      const attempt = attempts.get(key) ?? 0;
      attempts.set(key, attempt + 1);
      timers.later(key, delays[attempt] ?? longest, task);
    },
    forget(key) {
      attempts.delete(key);
      timers.cancel(key);
    },
    isWaiting: (key) => timers.has(key),
  };
}
