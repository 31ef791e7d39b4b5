/** Judging how a backend refuses what is wrong. Pure. */

import { isFinal } from '../../protocol.ts';
import {
  type Answer,
  type Answered,
  describe,
  excerpt,
  isOk,
  isRefusal,
  readOrder,
  statusIs,
} from '../answer.ts';
import { fail, gravest, type Judgement, pass, warn } from '../finding.ts';

/** @param answers of status, events and cancel for an id that nobody was given */
export const judgeUnknown = (answers: readonly Answer[]): Judgement =>
  gravest(answers.map((answer) => (statusIs(answer, 404) ? pass() : fail(describe(answer)))));

/** Two refusals, each with the id it was asked for. What differs tells about the ids. */
export function judgeNoHint(
  missing: { id: string; answer: Answer },
  malformed: { id: string; answer: Answer },
): Judgement {
  const [one, other] = [missing, malformed].map(({ id, answer }) => tellOf(answer, id));
  if (one === other) return pass();
  return warn(`${describe(missing.answer)}; ${describe(malformed.answer)}`);
}

/** What an answer tells, without what names this one request. */
function tellOf(answer: Answer, id: string): string {
  if (answer.kind === 'unanswered') return answer.why;
  const { status, json, text } = answer;
  if (typeof json !== 'object' || json === null) return `${status} ${without(text, id)}`;
  const { instance, traceId, requestId, trace, timestamp, ...rest } = json as Record<
    string,
    unknown
  >;
  return `${status} ${without(JSON.stringify(rest), id)}`;
}

const without = (text: string, id: string) =>
  text.replaceAll(id, '').replaceAll(decodeURIComponent(id), '');

/** @param odd the answers, each with a name for its id */
export const judgeOddIds = (odd: readonly { name: string; answer: Answer }[]): Judgement =>
  gravest(
    odd.map(({ name, answer }) => {
      const calm = answer.kind === 'answered' && answer.status >= 300 && answer.status < 500;
      return calm ? pass(`${odd.length} of them`) : fail(`for ${name}: ${describe(answer)}`);
    }),
  );

/** A refusal with one of `right`; another 4xx is not wrong enough to fail. */
export function judgeRefusal(answer: Answer, right: readonly number[]): Judgement {
  if (statusIs(answer, ...right)) return pass(String(answer.status));
  return isRefusal(answer) ? warn(describe(answer)) : fail(describe(answer));
}

/** The same for a body that is too large: a server may cut the line once it has read enough. */
export function judgeLargeBody(answer: Answer): Judgement {
  if (answer.kind === 'unanswered' && !answer.silent) {
    return warn(describe(answer), 'Answer 413, and read the rest of the body before you close.');
  }
  return judgeRefusal(answer, [413, 400]);
}

/** @param answers to methods that the contract does not have */
export const judgeMethod = (answers: readonly Answer[]): Judgement =>
  gravest(
    answers.map((answer) => {
      if (!statusIs(answer, 405)) {
        const orderly = isRefusal(answer) || statusIs(answer, 501);
        return orderly ? warn(describe(answer)) : fail(describe(answer));
      }
      const allow = answer.headers.get('allow');
      return allow ? pass() : warn(`${describe(answer)} without Allow`);
    }),
  );

/** @param status the order after GET {endpoint}/{id}/cancel */
export function judgeGetCancel(answer: Answer, status: Answer): Judgement {
  const read = readOrder(status);
  if (typeof read === 'string') return fail(read);
  if (isFinal(read.order.status)) return fail(`an order that is ${read.order.status} after it`);
  return isOk(answer) ? warn(describe(answer)) : pass();
}

export function judgeAlive(answer: Answer): Judgement {
  const read = readOrder(answer);
  return typeof read === 'string' ? fail(read) : pass();
}

/** Errors a backend gives in its own words; those of a proxy in front of it are none of them. */
export const ownErrors = (answers: readonly Answer[]): Answered[] =>
  answers.filter(
    (answer): answer is Answered =>
      answer.kind === 'answered' &&
      answer.status >= 400 &&
      ![413, 414, 431].includes(answer.status),
  );

/** For messages: an id as it was put into the address. */
export const nameOf = (id: string): string =>
  id.length > 40 ? `${id.length} characters` : excerpt(id);
