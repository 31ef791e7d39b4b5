/** What single cases look for in a merchant's calls. Values in, values out. */
import type { CaseCall, CaseRecord } from './case-record.ts';
import {
  type Check,
  cancelPace,
  expectBy,
  fail,
  firstRun,
  keepsPace,
  type Look,
  open,
  type Pace,
  pass,
  queryPace,
  seconds,
  somebodyIsTold,
  stops,
  triesAgain,
} from './checks.ts';

/** Case 001 is about payments of at least this, in fils. */
const passwordAmount = 500_00;

/** Case 002: when cancelOrder is to come, ms after the payment was given up. */
const cancelWindow = { from: 20_000, to: 120_000 };

/** So long after its last query is a cancelOrder waited for, ms. */
const patience = 120_000;

/** A record with its calls sorted by what they were for. */
export interface Sorted {
  record: CaseRecord;
  /** The first request for the order, and the last one before it was queried. */
  placed: CaseCall | undefined;
  placedLast: CaseCall | undefined;
  queries: readonly CaseCall[];
  cancels: readonly CaseCall[];
}

export function sorted(record: CaseRecord): Sorted {
  const of = (on: string) => record.calls.filter((call) => call.on === on);
  const [places, queries] = [of('placeOrder'), of('getOrder')];
  const [query] = queries;
  return {
    record,
    placed: places[0],
    placedLast: places.findLast(({ at }) => !query || at <= query.at),
    queries,
    cancels: of('cancelOrder'),
  };
}

export function amountCheck({ record: { order } }: Sorted): Check {
  const name = 'The order is of AED 500 or more';
  if (!order) return open(name, 'There is no order yet.');
  const isEnough = order.total >= passwordAmount;
  const seen = `It is of AED ${(order.total / 100).toFixed(2)}.`;
  return isEnough ? pass(name, seen) : fail(name, `${seen} Smaller ones ask for no password.`);
}

export function learnsPayment(
  { queries, record, placed }: Sorted,
  { now, tolerance }: Look,
): Check {
  const name = 'Asks until it is paid';
  if (queries.some(({ paid }) => paid)) return pass(name, 'A query was told of the payment.');
  if (record.deliveries.some(({ outcome }) => outcome === 'accepted')) {
    return pass(name, 'A notification told of the payment.');
  }
  const last = queries.at(-1)?.at ?? placed?.endedAt ?? placed?.at ?? now;
  if (now - last <= queryPace.most + tolerance) return open(name, 'The order is still open.');
  return fail(name, `No query for ${seconds(now - last)}, and the order is still open.`);
}

/** Whether the merchant asks as long as the order may be paid, until it is cancelled. */
export function asksUntil({ queries, cancels, placed }: Sorted, end: number, look: Look): Check {
  const name = 'Asks until the order expires';
  const since = placed?.endedAt;
  if (since === undefined) return open(name, 'The order is being placed.');
  const until = Math.min(look.now, end, cancels[0]?.at ?? end);
  const last = queries.findLast(({ at }) => at <= until)?.at ?? since;
  if (until - last > queryPace.most + look.tolerance) {
    return fail(name, `No query for ${seconds(until - last)}, and the order was still open.`);
  }
  return look.now < end ? open(name, 'The order is still open.') : pass(name, 'It did.');
}

/** The first query after `since`, in the time that two queries may be apart. */
function firstQuery({ queries }: Sorted, since: number | undefined, look: Look): Check {
  const name = 'Queries the order';
  if (since === undefined) return open(name, 'The order is being placed.');
  const late = 'No query has come: an order is queried every 2 to 6 s.';
  const [query] = queries;
  if (query && query.at - since > queryPace.most + look.tolerance) {
    return fail(name, `The first query came only after ${seconds(query.at - since)}.`);
  }
  const met = query && `The first query came after ${seconds(Math.max(0, query.at - since))}.`;
  return expectBy(name, met, since + queryPace.most, late, look);
}

export function cancelsAfter({ cancels }: Sorted, givenUpAt: number, look: Look): Check {
  const { from, to } = cancelWindow;
  const name = `cancelOrder ${from / 1000} to ${to / 1000} s after the expiry`;
  const [cancel] = cancels;
  if (look.now < givenUpAt && !cancel) return open(name, 'The order has not expired yet.');
  if (!cancel) return expectBy(name, undefined, givenUpAt + to, 'It never came.', look);
  const after = cancel.at - givenUpAt;
  const isIn = after >= from - look.tolerance && after <= to + look.tolerance;
  const seen = `It came ${seconds(Math.abs(after))} ${after < 0 ? 'before' : 'after'} it.`;
  return isIn ? pass(name, seen) : fail(name, seen);
}

export function afterLostCreate(calls: Sorted, look: Look): Check[] {
  const { queries, cancels, placedLast } = calls;
  return [
    firstQuery(calls, placedLast?.endedAt, look),
    keepsPace(upToCancel(queries, cancels), queryPace, look),
    cancelsAfterQuery(calls, look),
  ];
}

function cancelsAfterQuery({ queries, cancels }: Sorted, look: Look): Check {
  const name = 'Then cancels the order';
  const [query] = queries;
  const [cancel] = cancels;
  if (cancel && !(query && query.at <= cancel.at)) {
    return fail(name, 'It was cancelled without a query before.');
  }
  if (!query) return open(name, 'No query has come yet.');
  const met = cancel && `The cancel came ${seconds(cancel.at - query.at)} after the first query.`;
  const deadline = (queries.at(-1)?.at ?? query.at) + patience;
  return expectBy(name, met, deadline, `No cancel has come for ${seconds(patience)}.`, look);
}

export const keepsFailing = (calls: readonly CaseCall[], pace: Pace, look: Look): Check[] => {
  const run = firstRun(calls, look);
  return [
    triesAgain(run, pace, look),
    keepsPace(run, pace, look),
    stops(run, pace, look),
    somebodyIsTold,
  ];
};

export function succeeds(
  calls: readonly CaseCall[],
  name: string,
  { now, tolerance }: Look,
): Check {
  if (calls.some((call) => call.code === '0')) return pass(name, 'It was answered with SUCCESS.');
  const last = calls.at(-1);
  if (!last || now - last.at <= cancelPace.most + tolerance) return open(name, 'Not yet.');
  return fail(
    name,
    `It was given up after ${calls.length === 1 ? 'one try' : `${calls.length} tries`}.`,
  );
}

export function notified({ record }: Sorted, { now }: Look): Check[] {
  const { order, deliveries } = record;
  const url = 'The order names a notifyUrl';
  const answered = 'Answers {"response":"SUCCESS"}';
  if (!order) return [open(url, 'There is no order yet.')];
  if (order.notifyUrl === undefined) {
    return [fail(url, 'It names none, so that nobody is told.')];
  }
  const named = pass(url, order.notifyUrl);
  const last = deliveries.at(-1);
  if (!last) return [named, open(answered, 'The order is not paid yet.')];
  const accepted = deliveries.find(({ outcome }) => outcome === 'accepted');
  if (!accepted) return [named, fail(answered, `Attempt ${last.attempt}: ${last.outcome}.`)];
  const ago = seconds(now - accepted.at);
  return [named, pass(answered, `Attempt ${accepted.attempt} was accepted ${ago} ago.`)];
}

/** The calls up to the first that fits, that one included. */
export function upTo(
  calls: readonly CaseCall[],
  fits: (call: CaseCall) => boolean,
): readonly CaseCall[] {
  const end = calls.findIndex(fits);
  return end < 0 ? calls : calls.slice(0, end + 1);
}

/** The queries before the first cancel: afterwards the merchant looks at what came of that. */
const upToCancel = (queries: readonly CaseCall[], [cancel]: readonly CaseCall[]) =>
  cancel ? queries.filter(({ at }) => at <= cancel.at) : queries;
