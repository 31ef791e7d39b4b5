/** A payment in the sandbox's wallet, and forged news of one. */

import { type Answer, describe, isOk } from '../answer.ts';
import { ask } from '../ask.ts';
import { type Forgery, forge } from '../forgery.ts';
import { judgeOpen, judgePaidEvents, tellsPaid } from '../judge/events.ts';
import {
  judgeForged,
  judgePaid,
  judgePaidAsked,
  judgePaidOnce,
  judgePaidStays,
} from '../judge/orders.ts';
import type { Listening } from '../listen.ts';
import type { PointId } from '../points/index.ts';
import type { Visit } from '../visit.ts';
import { type Made, makeAfterPaid } from './create.ts';
import { waitForPaid } from './follow.ts';

const paidPoints = [
  'paid-events',
  'paid-status',
  'paid-asked',
  'paid-once',
  'paid-again',
  'paid-stays',
] as const satisfies readonly PointId[];

/** Sends notifications that PayBy never signed. */
export async function notifyFalsely(visit: Visit, { order }: Made): Promise<void> {
  const { settings, backend, ledger } = visit;
  const { notify: url, fetch, timeout } = settings;
  if (!url) {
    ledger.skip(['forged-unsigned', 'forged-signature'], 'where to: use --notify');
    return;
  }
  const { unsigned, signed } = await forge(order, Date.now());
  const send = ({ body, headers }: Forgery) =>
    ask(fetch, { method: 'POST', url, headers, body }, timeout);
  for (const [point, forgeries] of [
    ['forged-unsigned', [unsigned]],
    ['forged-signature', signed],
  ] as const) {
    for (const forgery of forgeries) {
      const notified = await send(forgery);
      ledger.judge(point, judgeForged(notified, await backend.status(order)));
    }
  }
}

/** Pays an order in the sandbox's wallet, and sees who hears of it. */
export async function payAtSandbox(visit: Visit, made: Made): Promise<void> {
  const { settings, ledger, backend } = visit;
  const { order } = made;
  if (!settings.sandbox) {
    ledger.skip(paidPoints, 'nobody to pay: use --sandbox, and the sandbox gateway as PayBy');
    return;
  }
  const stream = await backend.events(order);
  try {
    const late = await holdNotification(visit);
    const paidAt = performance.now();
    const trouble = await press(visit, order.tokenUrl);
    if (trouble) {
      ledger.skip(paidPoints, trouble);
      return;
    }
    if (await seePaid(visit, made, stream, { late, paidAt })) await misusePaid(visit, made);
    else ledger.skip(['paid-once', 'paid-again', 'paid-stays'], 'the order was not paid');
  } finally {
    await stream.close();
  }
}

interface Payment {
  /** How long its notification is held back, ms, or in words, why it is not. */
  late: number | string;
  /** By `performance.now`. */
  paidAt: number;
}

/** Whether the status says paid, in the end. */
async function seePaid(
  visit: Visit,
  { order }: Made,
  stream: Listening,
  { late, paidAt }: Payment,
): Promise<boolean> {
  const { ledger, settings } = visit;
  const patience = 1.5 * settings.timeout;
  const heard = await hearOfIt(visit, stream, patience);
  const heardAt = performance.now();
  const judgement = judgePaid(await waitForPaid(visit, order, patience));
  ledger.judge('paid-status', judgement);
  const isPaid = judgement.verdict === 'pass';
  // The page of a healthy stream asks for no status: what it hears is what counts.
  const took = (heard === undefined ? performance.now() : heardAt) - paidAt;
  if (typeof late === 'string') ledger.skip(['paid-asked'], late);
  else if (heard ?? isPaid) ledger.judge('paid-asked', judgePaidAsked(took, late));
  else ledger.skip(['paid-asked'], 'the payment was not told');
  return isPaid;
}

/** An order that is paid: created again, its cart paid again, cancelled. */
async function misusePaid(visit: Visit, { order, key }: Made): Promise<void> {
  const { backend, ledger } = visit;
  const paid = { ...order, status: 'paid' as const };
  ledger.judge('paid-once', judgePaidOnce(paid, await backend.create(key)));
  await makeAfterPaid(visit, paid);
  const cancelled = await backend.cancel(order);
  ledger.judge('paid-stays', judgePaidStays(paid, cancelled, await backend.status(order)));
}

/** Whether the stream told of the payment; undefined when there is none. */
async function hearOfIt(
  { ledger }: Visit,
  stream: Listening,
  patience: number,
): Promise<boolean | undefined> {
  if (judgeOpen(stream).verdict !== 'pass') {
    ledger.skip(['paid-events'], 'no stream');
    return undefined;
  }
  const startedAt = stream.elapsed();
  await stream.until(tellsPaid, patience);
  const judgement = judgePaidEvents(stream, stream.elapsed() - startedAt);
  ledger.judge('paid-events', judgement);
  return judgement.verdict === 'pass';
}

/** Has the sandbox hold the next notification back; for how long, ms, or in words, why it does not. */
async function holdNotification({ settings }: Visit): Promise<number | string> {
  const { sandbox, fetch, timeout } = settings;
  const delay = Math.min(10_000, timeout);
  const url = new URL('/control/faults', sandbox);
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ on: 'notification', fault: { kind: 'late', delay } });
  const answer = await ask(fetch, { method: 'POST', url, headers, body }, timeout);
  return isOk(answer) ? delay : `the sandbox held no notification back: ${describe(answer)}`;
}

/** Presses Pay in the wallet that a code leads to; in words, what hindered it. */
async function press({ settings }: Visit, tokenUrl = ''): Promise<string | undefined> {
  const { sandbox, fetch, timeout } = settings;
  const ft = URL.canParse(tokenUrl) ? new URL(tokenUrl).searchParams.get('ft') : null;
  if (!ft) return 'the tokenUrl carries no order token "ft": is the sandbox its gateway?';
  const url = new URL('/wallet/pay', sandbox);
  const answer: Answer = await ask(
    fetch,
    {
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ft }).toString(),
    },
    timeout,
  );
  const done = answer.kind === 'answered' && answer.status < 400;
  return done ? undefined : `the sandbox’s wallet did not pay: ${describe(answer)}`;
}
