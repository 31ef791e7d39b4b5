/** The building blocks of a verdict: each looks at one habit of the merchant's. Values in, values out. */
import type { CaseCall } from './case-record.ts';

/** `unseen` is for what no gateway can see. */
export type CheckResult = 'pass' | 'fail' | 'open' | 'unseen';

export interface Check {
  /** What is expected of the merchant's side. */
  name: string;
  result: CheckResult;
  /** What was seen, and in a `fail` what to do about it. */
  reason: string;
}

/** When a case is looked at. */
export interface Look {
  /** On the same time line as the record, ms. */
  now: number;
  /** By how much a merchant may be off the rules, ms: timers and networks are not exact. */
  tolerance: number;
}

/** How far apart calls of one kind are to be, ms. */
export interface Pace {
  name: string;
  least: number;
  most: number;
}

export const queryPace: Pace = { name: 'query', least: 2000, most: 6000 };
export const cancelPace: Pace = { name: 'cancel', least: 3000, most: 10_000 };

/** How many tries the cases with failures ask for at least. */
const leastTries = 3;

/** After so many failures, or so long a time of them, a merchant has to stop. */
const mostFailures = 3;
const longestFailing = 10_000;

export const pass = (name: string, reason: string): Check => ({ name, result: 'pass', reason });
export const fail = (name: string, reason: string): Check => ({ name, result: 'fail', reason });
export const open = (name: string, reason: string): Check => ({ name, result: 'open', reason });

/** Passes once it is met; fails when it is not met by `deadline`. */
export function expectBy(
  name: string,
  met: string | undefined,
  deadline: number,
  missing: string,
  { now, tolerance }: Look,
): Check {
  if (met !== undefined) return pass(name, met);
  if (now > deadline + tolerance) return fail(name, missing);
  return open(name, `Not yet, but there are ${seconds(deadline - now)} left.`);
}

/** Whether calls of one kind keep their distance from each other. */
export function keepsPace(calls: readonly CaseCall[], pace: Pace, { tolerance }: Look): Check {
  const { least, most } = pace;
  const name = `${capital(plural(pace))} ${least / 1000} to ${most / 1000} s apart`;
  const gaps = calls.slice(1).map(({ at }, index) => at - (calls[index]?.at ?? at));
  const wrong = gaps.findIndex((gap) => gap < least - tolerance || gap > most + tolerance);
  const gap = gaps[wrong];
  if (gap !== undefined) {
    return fail(
      name,
      `${capital(pace.name)} ${wrong + 2} came ${seconds(gap)} after the one before.`,
    );
  }
  if (calls.length === 0) return open(name, `No ${pace.name} has come yet.`);
  if (gaps.length === 0) return pass(name, `One ${pace.name} has come.`);
  const [low, high] = [Math.min(...gaps), Math.max(...gaps)].map(seconds);
  return pass(
    name,
    `${calls.length} have come, ${low === high ? low : `${low} to ${high}`} apart.`,
  );
}

/** Whether a call that failed was tried often enough. */
export function triesAgain(
  calls: readonly CaseCall[],
  pace: Pace,
  { now, tolerance }: Look,
): Check {
  const name = `At least ${leastTries} ${plural(pace)}`;
  const last = calls.at(-1);
  if (!last) return open(name, `No ${pace.name} has come yet.`);
  const seen = `${calls.length} ${calls.length === 1 ? 'has' : 'have'} come`;
  if (calls.length >= leastTries) return pass(name, `${seen}.`);
  if (now - last.at <= pace.most + tolerance) return open(name, `${seen} so far.`);
  return fail(
    name,
    `${seen}, the last one ${seconds(now - last.at)} ago: it was given up too early.`,
  );
}

/**
 * Whether a merchant stops where a call keeps failing: "after more than 3 failures or 10 s". Either
 * will do, since three tries may take longer than that. What comes after a pause longer than any
 * between two tries is another look, not the same run.
 */
export function stops(calls: readonly CaseCall[], pace: Pace, { now, tolerance }: Look): Check {
  const name = `Stops after more than ${mostFailures} failures or ${longestFailing / 1000} s`;
  const [first] = calls;
  const last = calls.at(-1);
  if (!first || !last) return open(name, `No ${pace.name} has come yet.`);
  const isExcess = ({ at }: CaseCall, failures: number) =>
    failures > mostFailures && at - first.at > longestFailing + tolerance;
  const excess = calls.findIndex(isExcess);
  if (excess >= 0) {
    const after = seconds((calls[excess]?.at ?? 0) - first.at);
    return fail(
      name,
      `${capital(pace.name)} ${excess + 1} still came, after ${excess} failures in ${after}.`,
    );
  }
  if (now - last.at <= Math.max(pace.most, longestFailing) + tolerance) {
    return open(name, `${calls.length} failed so far.`);
  }
  return pass(name, `It stopped after ${calls.length} in ${seconds(last.at - first.at)}.`);
}

/** The calls up to the first pause that is longer than any between two tries. */
export function firstRun(calls: readonly CaseCall[], { tolerance }: Look): readonly CaseCall[] {
  const pause = calls.findIndex(
    ({ at }, index) => index > 0 && at - (calls[index - 1]?.at ?? at) > longestFailing + tolerance,
  );
  return pause < 0 ? calls : calls.slice(0, pause);
}

export const somebodyIsTold: Check = {
  name: 'A responsible person is told',
  result: 'unseen',
  reason: 'The gateway cannot see this: look whether somebody was.',
};

export const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;

const plural = ({ name }: Pace) => (name === 'query' ? 'queries' : `${name}s`);

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
