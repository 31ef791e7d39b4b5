/** What goes wrong between the shop, its store, PayBy and its customers, by chance. */
import type { Clock } from '../../src/server/index.ts';
import type { Random } from './random.ts';
import { pause } from './scaled-clock.ts';

/** What can befall a kind of step; each is a probability. */
interface Odds {
  /** Nothing is done, and the caller hears of a failure. */
  refused: number;
  /** It is done, and the caller hears of a failure. */
  lost: number;
  /** It is done, and the answer takes up to {@link longest} ms. */
  late: number;
}

const longest = 45_000;

const odds: readonly [pattern: RegExp, odds: Odds][] = [
  [/ payby\./, { refused: 0.06, lost: 0.12, late: 0.04 }],
  [/ store\./, { refused: 0.002, lost: 0.002, late: 0.002 }],
  [/ on[A-Z]/, { refused: 0.08, lost: 0.08, late: 0.05 }],
  [/ quote/, { refused: 0.05, lost: 0, late: 0.02 }],
  [/ http\./, { refused: 0.02, lost: 0.04, late: 0.01 }],
];

const minute = 60_000;

/** Whether PayBy is away at `now`: for some minutes, several times. */
export function outages(random: Random, start: number): (now: number) => boolean {
  const windows = Array.from({ length: 4 }, () => {
    const from = start + random.below(20 * minute);
    return { from, until: from + minute / 2 + random.below(2 * minute) };
  });
  return (now) => windows.some(({ from, until }) => from <= now && now < until);
}

/** A step that fails, or takes its time. @param isAway whether PayBy, half the time, does not answer */
export async function misfortune(
  random: Random,
  clock: Clock,
  step: string,
  isAway: boolean,
): Promise<void> {
  const [, chances] = odds.find(([pattern]) => pattern.test(step)) ?? [];
  if (chances === undefined) return;
  if (isAway && step.includes(' payby.') && random.chance(0.6)) throw new TypeError(`lost ${step}`);
  const isBefore = step.startsWith('before');
  if (random.chance(isBefore ? chances.refused : chances.lost)) throw new TypeError(`lost ${step}`);
  if (!isBefore && random.chance(chances.late)) await pause(clock, random.below(longest));
}

const success = () => new Response('{"response":"SUCCESS"}');

/**
 * A way for notifications on which they are lost (PayBy believes them taken), doubled, overtaken by later
 * ones, or their answer does not come back.
 */
export const badWay =
  (random: Random, clock: Clock, send: typeof fetch): typeof fetch =>
  async (input, init) => {
    const again = () => send(input, init && { ...init, signal: null });
    const later = () => {
      clock.after(random.below(15 * 60_000), () => void again().catch(() => {}));
    };
    const fate = random.below(100);
    if (fate < 15) return success();
    if (fate < 25) throw new TypeError('the notification did not arrive');
    if (fate < 35) {
      later();
      return success();
    }
    if (fate < 45) later();
    if (fate < 60) void again().catch(() => {});
    const answer = await send(input, init);
    if (fate > 90) throw new TypeError('the answer did not arrive');
    return answer;
  };
