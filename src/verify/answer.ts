/** What came back from a backend, as values to judge. */
import { type DecodedOrder, decodeOrder, type Order, ProtocolError } from '../protocol.ts';

/** A complete answer. */
export interface Answered {
  kind: 'answered';
  /** What was asked, for people: `POST /api/orders`. */
  asked: string;
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; undefined when it is none. */
  json: unknown;
  /** How long it took, ms. */
  took: number;
}

/** No answer: in `why`, a few words on what happened. */
export interface Unanswered {
  kind: 'unanswered';
  asked: string;
  why: string;
  /** Whether the time ran out, and nothing else went wrong. */
  silent: boolean;
  /** Whether there was nobody to be asked: no such host, nothing listening, no trust. */
  unreachable: boolean;
}

export type Answer = Answered | Unanswered;

/** Whether it answered, and with a status from 200 to 299. */
export const isOk = (answer: Answer): answer is Answered =>
  answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;

/** Whether it refused in an orderly way. */
export const isRefusal = (answer: Answer): answer is Answered =>
  answer.kind === 'answered' && answer.status >= 400 && answer.status < 500;

export const statusIs = (answer: Answer, ...statuses: number[]): answer is Answered =>
  answer.kind === 'answered' && statuses.includes(answer.status);

export interface ReadOrder {
  order: Order;
  /** PayBy's own JSON, passed through, and not the contract's. */
  passedThrough: boolean;
  decoded: DecodedOrder;
}

/** The order in an answer, read as the element reads it, or in words why there is none. */
export function readOrder(answer: Answer): ReadOrder | string {
  if (!isOk(answer)) return describe(answer);
  return readJson(answer.json, timeOf(answer), describe(answer));
}

/** The same for JSON from anywhere; `said` describes it to people. */
export function readJson(json: unknown, now: number, said: string): ReadOrder | string {
  try {
    const decoded = decodeOrder(json, now);
    const passedThrough =
      typeof json === 'object' && json !== null && ('head' in json || 'acquireOrder' in json);
    return { order: decoded.order, passedThrough, decoded };
  } catch (cause) {
    const problem = cause instanceof ProtocolError ? cause.message : String(cause);
    return `${said}, which is no order (${problem})`;
  }
}

/** The server's clock if it tells the time, else this machine's, epoch ms. */
export const timeOf = ({ headers }: Answered): number =>
  Date.parse(headers.get('date') ?? '') || Date.now();

/** For people: `POST /api/orders answered 500 text/html “Oops”`. Never a whole body. */
export function describe(answer: Answer): string {
  if (answer.kind === 'unanswered') return `${answer.asked} ${answer.why}`;
  const { asked, status, headers, text } = answer;
  const type = headers.get('content-type')?.split(';')[0];
  const location = headers.get('location');
  const words = [`${asked} answered ${status}`, type, text.trim() && excerpt(text)];
  if (location) words.push(`leading to ${excerpt(location)}`);
  return words.filter(Boolean).join(' ');
}

/** Control and format characters: escape sequences, and what turns the direction of writing. */
const control = /[\p{Cc}\p{Cf}]+/gu;

/** A piece of foreign text that cannot disturb a terminal: one line, at most 120 characters. */
export function excerpt(text: string, length = 120): string {
  const line = text
    .slice(0, 4 * length)
    .replace(control, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `“${line.length > length ? `${line.slice(0, length)}…` : line}”`;
}
