/** Trying again what failed, when nobody else will. */
import type { Clock } from './clock.ts';

/** One timer per key. */
export interface Retries {
  /** Runs `task` later, unless something waits for this key already. A task that fails again comes back. */
  later(key: string, task: () => void): void;
  /** Nothing is left to do. */
  forget(key: string): void;
  /** Ends all timers; nothing is tried again. */
  close(): void;
}

const minute = 60 * 1000;
const hour = 60 * minute;

/** How long after each failure the next attempt comes, ms: hourly at last, for a day. */
const delays = [minute / 6, minute, 10 * minute, ...Array<number>(24).fill(hour)];

interface Entry {
  attempts: number;
  /** Absent while an attempt runs. */
  cancel?: (() => void) | undefined;
}

export function createRetries(clock: Clock): Retries {
  const entries = new Map<string, Entry>();
  let closed = false;

  function forget(key: string) {
    entries.get(key)?.cancel?.();
    entries.delete(key);
  }

  return {
    later(key, task) {
      const entry = entries.get(key) ?? { attempts: 0 };
      const delay = delays[entry.attempts];
      if (closed || entry.cancel) return;
      if (delay === undefined) return forget(key);
      entry.attempts += 1;
      entry.cancel = clock.after(delay, () => {
        entry.cancel = undefined;
        task();
      });
      entries.set(key, entry);
    },
    forget,
    close() {
      closed = true;
      for (const key of [...entries.keys()]) forget(key);
    },
  };
}
