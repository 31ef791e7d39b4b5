/** Time that runs faster than it is, the same in every process that knows its origin. */
import type { Schedule } from '../../src/sandbox/index.ts';
import type { Clock } from '../../src/server/index.ts';

export interface Pace {
  /** How many ms pass in one. */
  readonly factor: number;
  /** When it began to run, epoch ms. */
  readonly origin: number;
}

export const scaledClock = ({ factor, origin }: Pace): Clock => ({
  now: () => Math.floor(origin + (Date.now() - origin) * factor),
  after(delay, task, { background = false } = {}) {
    const timer = setTimeout(task, delay / factor);
    if (background) timer.unref();
    return () => clearTimeout(timer);
  },
});

/** The sandbox's timers by the same clock. */
export const scheduleOf =
  (clock: Clock): Schedule =>
  (ms, callback) =>
    clock.after(ms, callback);

/** Waits by this clock, ms. */
export const pause = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => clock.after(ms, resolve));
