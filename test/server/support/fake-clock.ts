/** A clock that only tests turn. */
import type { Clock } from '../../../src/server/index.ts';

/** 22 November 2026, 10:00 UTC. */
export const start = Date.UTC(2026, 10, 22, 10);

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;

export interface FakeClock extends Clock {
  /** How many timers wait. */
  readonly timers: number;
  /** Moves on to `ms` from now, stopping at every timer on the way; `settle` runs before the first and after each. */
  pass(ms: number, settle?: () => Promise<void>): Promise<void>;
}

interface Timer {
  at: number;
  task: () => void;
}

export function fakeClock(): FakeClock {
  let now = start;
  const timers = new Set<Timer>();

  const nextUntil = (end: number) =>
    [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];

  return {
    now: () => now,
    after(delay, task) {
      const timer = { at: now + delay, task };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    get timers() {
      return timers.size;
    },
    async pass(ms, settle = async () => {}) {
      await settle();
      const end = now + ms;
      for (let timer = nextUntil(end); timer; timer = nextUntil(end)) {
        timers.delete(timer);
        now = timer.at;
        timer.task();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}
