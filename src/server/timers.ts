/** What is to happen later in this process: one timer per key. */
import type { Clock } from './clock.ts';

export interface Timers {
  /** Runs `task` after `delay` ms, unless a task waits under this key already. */
  later(key: string, delay: number, task: () => void): void;
  has(key: string): boolean;
  cancel(key: string): void;
  /** Cancels all of them; nothing is taken on any more. */
  close(): void;
}

export function createTimers(clock: Clock): Timers {
  const cancels = new Map<string, () => void>();
  let closed = false;

  function cancel(key: string) {
    cancels.get(key)?.();
    cancels.delete(key);
  }

  return {
    later(key, delay, task) {
      if (closed || cancels.has(key)) return;
      const run = () => {
        cancels.delete(key);
        task();
      };
      cancels.set(key, clock.after(delay, run, { background: true }));
    },
    has: (key) => cancels.has(key),
    cancel,
    close() {
      closed = true;
      for (const key of [...cancels.keys()]) cancel(key);
    },
  };
}
