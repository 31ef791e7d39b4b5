/** Following an order to its end: events, cancel, and what stays. */
import type { Order } from '../../protocol.ts';
import { type Answer, readOrder } from '../answer.ts';
import { fail, pass } from '../finding.ts';
import {
  isHeldBack,
  judgeEnd,
  judgeFirst,
  judgeHeartbeat,
  judgeOpen,
  judgeUnbuffered,
  offersNone,
} from '../judge/events.ts';
import { judgeCancel, judgeStatus, judgeUnchanged } from '../judge/orders.ts';
import type { Listening } from '../listen.ts';
import type { PointId } from '../points/index.ts';
import { pause, type Visit } from '../visit.ts';
import type { Made } from './create.ts';

const eventPoints = [
  'events-first',
  'events-unbuffered',
  'events-heartbeat',
  'events-end',
  'events-after',
] as const satisfies readonly PointId[];

export async function askStatus({ backend, ledger }: Visit, { order }: Made): Promise<void> {
  ledger.judge('status', judgeStatus(order, await backend.status(order)));
}

/** Watches an order while it is cancelled. @returns the order as it ended, if it did */
export async function followToCancel(visit: Visit, { order }: Made): Promise<Order | undefined> {
  const { settings, ledger, backend } = visit;
  const stream = await openStream(visit, order);
  try {
    if (stream) await hearFirst(visit, stream, order);
    const askedAt = stream?.elapsed() ?? 0;
    const answer = await backend.cancel(order);
    const judgement = judgeCancel(answer);
    ledger.judge('cancel', judgement);
    const ended = judgement.verdict === 'pass' ? orderOf(answer) : undefined;
    if (!ended) {
      ledger.skip(['events-end', 'events-after', 'cancel-again', 'final-stays'], 'not cancelled');
    }
    if (stream) {
      if (ended) await stream.until(() => false, Math.min(10_000, settings.timeout));
      if (ended) ledger.judge('events-end', judgeEnd(stream, ended, stream.elapsed() - askedAt));
      const heldBack = isHeldBack(stream, askedAt);
      ledger.judge('events-first', judgeFirst(stream, order, firstWithin(visit), heldBack));
      ledger.judge('events-unbuffered', judgeUnbuffered(stream, heldBack));
    }
    return ended;
  } finally {
    await stream?.close();
  }
}

/** An order that is over: cancelled again, asked for again, its stream opened again. */
export async function lookBack(visit: Visit, ended: Order): Promise<void> {
  const { ledger, backend } = visit;
  ledger.judge('cancel-again', judgeUnchanged(ended, await backend.cancel(ended)));
  ledger.judge('final-stays', judgeUnchanged(ended, await backend.status(ended)));
  if (visit.streams.length === 0) return;
  const stream = await backend.events(ended);
  try {
    if (!stream.opened || offersNone(stream)) {
      // A backend that has forgotten the order's stream leaves the page to its status.
      const why = stream.trouble ?? `answered ${stream.opened?.status}, and the element polls`;
      if (stream.trouble) ledger.judge('events-after', fail(why));
      else ledger.judge('events-after', pass(why));
      return;
    }
    const within = firstWithin(visit);
    await stream.until(() => false, within);
    ledger.judge('events-after', judgeEnd(stream, ended, within));
  } finally {
    await stream.close();
  }
}

/** A stream that may be listened to; of any other, the rest of the points are not checked. */
async function openStream(visit: Visit, order: Order): Promise<Listening | undefined> {
  const { ledger, backend, streams } = visit;
  const stream = await backend.events(order);
  const judgement = judgeOpen(stream);
  ledger.judge('events-open', judgement);
  if (judgement.verdict === 'pass') {
    streams.push(stream);
    return stream;
  }
  await stream.close();
  ledger.skip(eventPoints, offersNone(stream) ? 'no events are offered' : 'no stream');
  return undefined;
}

async function hearFirst(visit: Visit, stream: Listening, order: Order): Promise<void> {
  const { settings, ledger } = visit;
  await stream.until(
    ({ heard }) => heard.some(({ data }) => data !== undefined),
    firstWithin(visit),
  );
  const { patience } = settings;
  if (patience === undefined) {
    ledger.skip(['events-heartbeat'], 'takes 45 s: use --slow');
    return;
  }
  await stream.until(() => false, Math.max(0, patience - stream.elapsed()));
  ledger.judge('events-heartbeat', judgeHeartbeat(stream, stream.elapsed()));
  // Held open for as long as a customer would need: the order itself must have outlived that.
  ledger.judge('status', judgeStatus(order, await visit.backend.status(order)));
}

/** How long the first message is waited for, ms; never longer than any answer. */
const firstWithin = ({ settings }: Visit): number => Math.min(5_000, settings.timeout);

function orderOf(answer: Answer): Order | undefined {
  const read = readOrder(answer);
  return typeof read === 'string' ? undefined : read.order;
}

/** Asks for the status until it is paid, once a second; the last answer. */
export async function waitForPaid({ backend }: Visit, order: Order, ms: number): Promise<Answer> {
  const deadline = performance.now() + ms;
  for (;;) {
    const answer = await backend.status(order);
    if (orderOf(answer)?.status === 'paid' || performance.now() > deadline) return answer;
    await pause(1_000);
  }
}
