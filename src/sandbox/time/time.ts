/** Time in the sandbox: the ports tests replace, and the formats PayBy writes. */

const minute = 60_000;
/** The UAE keeps UTC+4 all year. */
const uaeOffset = 4 * 60 * minute;

/** Calls back once after `ms`; the returned function takes that back. */
export type Schedule = (ms: number, callback: () => void) => () => void;

/** Real time, on timers that do not keep the process alive. */
export const systemSchedule: Schedule = (ms, callback) => {
  const timer = setTimeout(callback, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

/** `notify_time`: yyyyMMddHHmmss in the UAE. */
export const notifyTime = (epoch: number): string =>
  new Date(epoch + uaeOffset).toISOString().replace(/\D/g, '').slice(0, 14);

const clockFace = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Dubai',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

const seconds = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Dubai', timeStyle: 'medium' });

/** For people, among other times of the same day in the UAE: `20:25:03`. */
export const clockTime = (epoch: number): string => seconds.format(epoch);

/** For people: `22 Nov, 20:25 UAE time`. */
export const displayTime = (epoch: number): string => `${clockFace.format(epoch)} UAE time`;

/** For people, rounded down so that it never promises too much: `1 h 59 min`. */
export function displayDuration(ms: number): string {
  const minutes = Math.floor(ms / minute);
  if (minutes < 1) return 'less than a minute';
  const hours = Math.floor(minutes / 60);
  return [hours && `${hours} h`, minutes % 60 && `${minutes % 60} min`].filter(Boolean).join(' ');
}
