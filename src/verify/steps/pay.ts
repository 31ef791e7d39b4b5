/** A payment in the sandbox's wallet, and forged news of one. */

import { type Answer, describe } from '../answer.ts';
import { ask } from '../ask.ts';
import { type Forgery, forge } from '../forgery.ts';
import { judgeOpen, judgePaidEvents, tellsPaid } from '../judge/events.ts';
import { judgeForged, judgePaid, judgePaidOnce, judgePaidStays } from '../judge/orders.ts';
import type { Listening } from '../listen.ts';
import type { PointId } from '../points/index.ts';
import type { Visit } from '../visit.ts';
import type { Made } from './create.ts';
import { waitForPaid } from './follow.ts';

const paidPoints = [
  'paid-events',
  'paid-status',
  'paid-once',
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
    const trouble = await press(visit, order.tokenUrl);
    if (trouble) {
      ledger.skip(paidPoints, trouble);
      return;
    }
    const patience = 1.5 * settings.timeout;
    await hearOfIt(visit, stream, patience);
    const status = await waitForPaid(visit, order, patience);
    ledger.judge('paid-status', judgePaid(status));
    if (judgePaid(status).verdict !== 'pass') {
      ledger.skip(['paid-once', 'paid-stays'], 'the order was not paid');
      return;
    }
    const paid = { ...order, status: 'paid' as const };
    ledger.judge('paid-once', judgePaidOnce(paid, await backend.create(made.key)));
    const cancelled = await backend.cancel(order);
    ledger.judge('paid-stays', judgePaidStays(paid, cancelled, await backend.status(order)));
  } finally {
    await stream.close();
  }
}

async function hearOfIt({ ledger }: Visit, stream: Listening, patience: number): Promise<void> {
  if (judgeOpen(stream).verdict !== 'pass') {
    ledger.skip(['paid-events'], 'no stream');
    return;
  }
  const startedAt = stream.elapsed();
  await stream.until(tellsPaid, patience);
  ledger.judge('paid-events', judgePaidEvents(stream, stream.elapsed() - startedAt));
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
