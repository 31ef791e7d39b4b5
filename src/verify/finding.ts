/** What the checker says about one point of the contract. */
import { type PointId, points } from './points/index.ts';

/**
 * What was seen, judged. `came` is what came instead of what was expected; `mend` replaces the point's
 * own advice where something better is known; `note` tells what passed, or why nothing was checked.
 */
export type Judgement =
  | { verdict: 'pass'; note?: string }
  | { verdict: 'fail' | 'warn'; came: string; mend?: string }
  | { verdict: 'not-checked'; note: string };

export type Verdict = Judgement['verdict'];

/** A judgement with its point's own words, complete for people to read. */
export interface Finding {
  point: PointId;
  group: string;
  title: string;
  verdict: Verdict;
  note?: string;
  /** For `fail` and `warn`: what was expected, what came, how to mend it. */
  expected?: string;
  came?: string;
  mend?: string;
}

export const pass = (note?: string): Judgement => ({ verdict: 'pass', ...(note && { note }) });

export const fail = (came: string, mend?: string): Judgement => ({
  verdict: 'fail',
  came,
  ...(mend && { mend }),
});

export const warn = (came: string, mend?: string): Judgement => ({
  verdict: 'warn',
  came,
  ...(mend && { mend }),
});

export const notChecked = (note: string): Judgement => ({ verdict: 'not-checked', note });

const severity: readonly Verdict[] = ['not-checked', 'pass', 'warn', 'fail'];

/** The gravest of several judgements on one point; the first of equals. */
export function gravest(judgements: readonly Judgement[]): Judgement {
  const [first, ...others] = judgements;
  if (!first) return notChecked('there was nothing to judge');
  const weight = ({ verdict }: Judgement) => severity.indexOf(verdict);
  return others.reduce((worst, next) => (weight(next) > weight(worst) ? next : worst), first);
}

export function findingOf(point: PointId, judgement: Judgement): Finding {
  const { group, title, expected, mend } = points[point];
  const facts = { point, group, title, verdict: judgement.verdict };
  return 'came' in judgement
    ? { ...facts, expected, came: judgement.came, mend: judgement.mend ?? mend }
    : { ...facts, ...(judgement.note && { note: judgement.note }) };
}
