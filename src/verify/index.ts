/** Drives any merchant's backend through the wire contract, and judges every point of it. */
import { isFinal, type Order } from '../protocol.ts';
import { type Answer, type Answered, isOk, readOrder } from './answer.ts';
import { backendUnderTest } from './backend.ts';
import type { Finding } from './finding.ts';
import {
  judgeClock,
  judgeCors,
  judgeCorsClosed,
  judgeNoStore,
  judgeProblems,
  judgeSecrets,
} from './judge/answers.ts';
import { judgeIds } from './judge/ids.ts';
import { ownErrors } from './judge/refusals.ts';
import { readSettings, type Settings, type VerifyOptions } from './settings.ts';
import {
  type Made,
  makeAnother,
  makeAtOnce,
  makeFirst,
  namePrice,
  repeat,
} from './steps/create.ts';
import { askStatus, followToCancel, lookBack } from './steps/follow.ts';
import { notifyFalsely, payAtSandbox } from './steps/pay.ts';
import {
  askForOddIds,
  askForUnknown,
  createWrongly,
  followCancelLink,
  seeAlive,
} from './steps/refusals.ts';
import { Ledger, type Visit } from './visit.ts';

export type { Finding, Verdict } from './finding.ts';
export type { PointId } from './points/index.ts';
export type { VerifyOptions } from './settings.ts';

export interface Verification {
  /** One for every point of the contract. */
  findings: Finding[];
  /** Why nothing could be checked: nobody listens at the endpoint. Absent when somebody did. */
  unreachable?: string;
}

/**
 * Makes orders at a backend, follows, cancels and misuses them, and cancels in the end what it left
 * open. Never throws for anything that a backend does.
 *
 * @throws TypeError for an option that cannot be used
 */
export async function verifyBackend(options: VerifyOptions): Promise<Verification> {
  const settings = readSettings(options);
  const visit = startVisit(settings);
  const made = await makeFirst(visit);
  const [answer] = visit.answers;
  if (answer?.kind === 'unanswered' && answer.unreachable) {
    return { findings: visit.ledger.findings(), unreachable: `${answer.asked} ${answer.why}` };
  }
  if (typeof made === 'string') await visitWithoutOrder(visit);
  else await visitWithOrder(visit, made);
  judgeAll(visit, typeof made !== 'string' && made.passedThrough);
  const findings = visit.ledger.findings();
  await cleanUp(visit);
  return { findings };
}

function startVisit(settings: Settings): Visit {
  const answers: Answer[] = [];
  const backend = backendUnderTest(settings, (answer) => answers.push(answer));
  return {
    settings,
    backend,
    ledger: new Ledger(),
    answers,
    streams: [],
    orders: new Map(),
  };
}

/** A backend that hangs is not asked for more than this. */
async function visitWithoutOrder(visit: Visit): Promise<void> {
  const hangs = visit.answers.every((answer) => answer.kind === 'unanswered');
  if (hangs) return;
  await askForUnknown(visit);
  await askForOddIds(visit);
  await createWrongly(visit);
}

async function visitWithOrder(visit: Visit, first: Made): Promise<void> {
  const [answer] = visit.answers;
  if (answer && isOk(answer))
    visit.ledger.judge('clock', judgeClock(first.order, answer, Date.now()));
  await repeat(visit, first);
  await askStatus(visit, first);
  await askForUnknown(visit, first.order.id);
  await askForOddIds(visit);
  await followCancelLink(visit, first);
  await createWrongly(visit);
  await seeAlive(visit, first);
  await askFromElsewhere(visit, first.order);
  await namePrice(visit, first);
  const second = (await makeAtOnce(visit)) ?? first;
  const ended = await followToCancel(visit, second);
  if (!ended) return;
  await lookBack(visit, ended);
  const third = await makeAnother(visit, ended);
  if (!third) return;
  await notifyFalsely(visit, third);
  await payAtSandbox(visit, third);
}

/** Asks as pages of other origins do. */
async function askFromElsewhere({ backend, ledger, settings }: Visit, order: Order): Promise<void> {
  const path = `/${encodeURIComponent(order.id)}`;
  const preflight = (origin: string, names: readonly string[]) =>
    backend.send('OPTIONS', '', {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': names.join(','),
    });
  const stranger = 'https://stranger.example';
  const names = ['content-type', 'idempotency-key'];
  const answers = [
    await preflight(stranger, names),
    await backend.send('GET', path, { origin: stranger }),
  ];
  ledger.judge('cors-closed', judgeCorsClosed(answers, stranger));
  const { origin, headers } = settings;
  if (origin === undefined) {
    ledger.skip(['cors'], 'only for pages of another origin: use --origin');
    return;
  }
  // Cookies travel by themselves, and no page can set them.
  const own = Object.keys(headers).filter((name) => name.toLowerCase() !== 'cookie');
  const all = [...names, ...own.map((name) => name.toLowerCase())];
  const [before, after] = [
    await preflight(origin, all),
    await backend.send('GET', path, { origin }),
  ];
  ledger.judge('cors', judgeCors(before, after, origin, all));
}

/** What is judged over everything that was answered. */
function judgeAll({ ledger, answers, streams, orders }: Visit, passedThrough: boolean): void {
  const opened = streams.flatMap(({ opened }) => (opened ? [opened] : []));
  const ofOrders = answers.filter(
    (answer): answer is Answered => isOk(answer) && typeof readOrder(answer) !== 'string',
  );
  ledger.judge('ids', judgeIds([...orders.keys()]));
  ledger.judge('no-store', judgeNoStore([...ofOrders, ...opened]));
  ledger.judge('problem-json', judgeProblems(ownErrors(answers)));
  const texts = answers.flatMap((answer) => (answer.kind === 'answered' ? [answer] : []));
  const messages = streams.flatMap(({ heard, opened: { asked } = { asked: 'events' } }) =>
    heard.map(({ data = '' }) => ({ asked, text: data })),
  );
  ledger.judge('secrets', judgeSecrets([...texts, ...messages], passedThrough));
}

/** Leaves no order open that could still be paid. */
async function cleanUp({ backend, orders }: Visit): Promise<void> {
  for (const order of orders.values()) {
    const read = readOrder(await backend.status(order));
    if (typeof read !== 'string' && !isFinal(read.order.status)) await backend.cancel(order);
  }
}
