/** The verdict on what a merchant's side did in an acceptance case. Values in, values out. */

import {
  afterLostCreate,
  amountCheck,
  asksUntil,
  cancelsAfter,
  keepsFailing,
  learnsPayment,
  notified,
  type Sorted,
  sorted,
  succeeds,
  upTo,
} from './case-checks.ts';
import { type CaseRecord, isUnknown } from './case-record.ts';
import { type CaseId, stories } from './cases.ts';
import {
  type Check,
  cancelPace,
  firstRun,
  keepsPace,
  type Look,
  queryPace,
  triesAgain,
} from './checks.ts';

/** `idle`: never armed. `armed`: waits for an order. `open`: not decided yet. */
export type CaseOutcome = 'idle' | 'armed' | 'open' | 'pass' | 'fail';

export interface CaseVerdict {
  id: CaseId;
  title: string;
  outcome: CaseOutcome;
  /** The order it plays on. */
  merchantOrderNo?: string;
  checks: Check[];
}

export function judgeCase(id: CaseId, record: CaseRecord | undefined, look: Look): CaseVerdict {
  const { title } = stories[id];
  if (!record) return { id, title, outcome: 'idle', checks: [] };
  const { merchantOrderNo } = record;
  if (merchantOrderNo === undefined) return { id, title, outcome: 'armed', checks: [] };
  const checks = judges[id](sorted(record), look);
  return { id, title, outcome: outcomeOf(checks), merchantOrderNo, checks };
}

function outcomeOf(checks: readonly Check[]): CaseOutcome {
  const results = new Set(checks.map(({ result }) => result));
  if (results.has('fail')) return 'fail';
  return results.has('open') ? 'open' : 'pass';
}

type Judge = (calls: Sorted, look: Look) => Check[];

const judges: Record<CaseId, Judge> = {
  '001': (calls, look) => {
    const untilPaid = upTo(calls.queries, ({ paid }) => paid);
    return [amountCheck(calls), keepsPace(untilPaid, queryPace, look), learnsPayment(calls, look)];
  },
  '002': (calls, look) => {
    const { expiresAt = Number.POSITIVE_INFINITY } = calls.record.order ?? {};
    const beforeExpiry = calls.queries.filter(({ at }) => at < expiresAt);
    return [
      asksUntil(calls, expiresAt, look),
      keepsPace(beforeExpiry, queryPace, look),
      cancelsAfter(calls, expiresAt, look),
    ];
  },
  '003': (calls, look) => afterLostCreate(calls, look),
  '004': (calls, look) => afterLostCreate(calls, look),
  '005': ({ cancels }, look) => [
    triesAgain(cancels, cancelPace, look),
    keepsPace(firstRun(cancels, look), cancelPace, look),
    succeeds(cancels, 'The cancel goes through', look),
  ],
  '006': ({ cancels }, look) => [...keepsFailing(cancels, cancelPace, look)],
  '007': ({ queries }, look) => {
    const untilKnown = upTo(queries, (call) => !isUnknown(call));
    return [
      triesAgain(queries, queryPace, look),
      keepsPace(untilKnown, queryPace, look),
      succeeds(untilKnown, 'The query is answered', look),
    ];
  },
  '008': ({ queries }, look) => [...keepsFailing(queries, queryPace, look)],
  '009': (calls, look) => notified(calls, look),
};
