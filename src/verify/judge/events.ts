/** Judging what was heard of an event stream. Pure. */
import { isFinal, type Order } from '../../protocol.ts';
import { describe, excerpt, type ReadOrder, readJson } from '../answer.ts';
import { fail, type Judgement, notChecked, pass, warn } from '../finding.ts';
import type { Heard, Listening } from '../listen.ts';

/** What was heard of a stream. */
export type Stream = Pick<Listening, 'opened' | 'trouble' | 'heard' | 'endedAt'>;

/** The longest silence that the contract allows, and what a busy machine adds to it, ms. */
const longestSilence = 20_000 + 1_000;

/** Whether a backend offers no events at all, which the contract allows. */
export const offersNone = ({ opened }: Stream): boolean =>
  opened !== undefined && [204, 404, 405, 406, 410, 501].includes(opened.status);

export function judgeOpen(stream: Stream): Judgement {
  const { opened, trouble } = stream;
  if (offersNone(stream)) {
    return notChecked(`${opened?.status}: no events are offered, and the element polls`);
  }
  if (!opened) return fail(trouble ?? 'no answer');
  const type = opened.headers.get('content-type') ?? 'no content type';
  const open = opened.status === 200 && /^text\/event-stream\s*(;|$)/i.test(type);
  return open ? pass() : fail(describe({ ...opened, text: '', json: undefined }));
}

/** @param within ms @param heldBack see {@link isHeldBack}: then only what it says is judged */
export function judgeFirst(
  stream: Stream,
  order: Order,
  within: number,
  heldBack: boolean,
): Judgement {
  const [first] = messages(stream);
  if (!first) return fail(stream.trouble ?? `no message within ${seconds(within)}`);
  if (first.at > within && !heldBack) {
    return fail(`the first message after ${seconds(first.at)}`);
  }
  const read = orderIn(first);
  if (typeof read === 'string') return fail(read);
  return read.order.id === order.id
    ? pass(`after ${Math.round(first.at)} ms`)
    : fail(`another order, ${excerpt(read.order.id)}`);
}

/**
 * Whether a stream was written to from the start, and nothing came through before its end: what it said
 * of the open order came only after the order was cancelled, together with the rest.
 *
 * @param cancelledAt ms since the stream opened
 */
export function isHeldBack(stream: Stream, cancelledAt: number): boolean {
  const [first, ...others] = messages(stream);
  const { endedAt } = stream;
  if (!first || others.length === 0 || endedAt === undefined) return false;
  const read = orderIn(first);
  const ofBefore = typeof read !== 'string' && !isFinal(read.order.status);
  return ofBefore && first.at >= cancelledAt && endedAt - first.at < 100;
}

export function judgeUnbuffered({ opened }: Stream, heldBack: boolean): Judgement {
  if (heldBack) return fail('all messages together, as the stream ended');
  const encoding = opened?.headers.get('content-encoding');
  return encoding && encoding !== 'identity' ? warn(`a stream in ${encoding}`) : pass();
}

/** @param listened how long the stream was listened to while nothing happened, ms */
export function judgeHeartbeat({ heard, trouble, endedAt }: Stream, listened: number): Judgement {
  if (trouble) return fail(`a stream that ${trouble}`);
  if (endedAt !== undefined) return fail(`a stream that ended after ${seconds(endedAt)}`);
  const moments = [0, ...heard.map(({ at }) => at), listened];
  const silence = Math.max(...moments.slice(1).map((at, index) => at - (moments[index] ?? 0)));
  const words = `${seconds(silence)} of silence at most`;
  return silence <= longestSilence ? pass(words) : fail(words);
}

/**
 * The end of a stream whose order has become `final`.
 *
 * @param waited how long the end was waited for, ms
 */
export function judgeEnd(stream: Stream, final: Order, waited: number): Judgement {
  const { endedAt, trouble } = stream;
  const said = messages(stream).map(orderIn);
  const told = said.findLast((read) => typeof read !== 'string' && isFinal(read.order.status));
  if (!told || typeof told === 'string') {
    if (trouble) return fail(`a stream that ${trouble}`);
    return fail(
      endedAt === undefined
        ? `no final status within ${seconds(waited)} of the cancel`
        : 'a stream that ended without telling it',
    );
  }
  if (told.order.status !== final.status)
    return fail(`${told.order.status}, after ${final.status}`);
  return endedAt === undefined
    ? fail(`a stream still open ${seconds(waited)} after the cancel`)
    : pass();
}

/** Whether one message of the stream says that the order is paid. */
export const tellsPaid = (stream: Stream): boolean =>
  messages(stream).some((message) => {
    const read = orderIn(message);
    return typeof read !== 'string' && read.order.status === 'paid';
  });

export function judgePaidEvents(stream: Stream, waited: number): Judgement {
  if (tellsPaid(stream)) return pass();
  return fail(stream.trouble ?? `no message that says so within ${seconds(waited)}`);
}

const messages = ({ heard }: Stream): Heard[] => heard.filter(({ data }) => data !== undefined);

function orderIn({ data = '' }: Heard): ReadOrder | string {
  try {
    return readJson(JSON.parse(data), Date.now(), 'a message');
  } catch {
    return 'a message that is not JSON';
  }
}

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;
