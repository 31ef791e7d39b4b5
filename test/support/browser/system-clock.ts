import { systemClock } from '../../../src/order/clock.ts';
import { FakeClock } from './fake-clock.ts';

const { now, epoch, after } = systemClock;

/** Puts a clock whose hands the test moves in place of the system's; call `restoreClock` after it. */
export function fakeSystemClock(): FakeClock {
  const clock = new FakeClock();
  Object.assign(systemClock, {
    now: () => clock.now(),
    epoch: () => clock.epoch(),
    after: (ms: number, callback: () => void) => clock.after(ms, callback),
  });
  return clock;
}

export function restoreClock(): void {
  Object.assign(systemClock, { now, epoch, after });
}
