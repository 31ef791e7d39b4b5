/** Judging what becomes of an order: status, cancel, payment. Pure. */
import { isFinal, type Order } from '../../protocol.ts';
import { type Answer, describe, excerpt, isOk, isRefusal, readOrder, statusIs } from '../answer.ts';
import { fail, type Judgement, notChecked, pass, warn } from '../finding.ts';

/** The status of an order that was just made. */
export function judgeStatus(made: Order, answer: Answer): Judgement {
  const read = readOrder(answer);
  if (typeof read === 'string') return fail(read);
  if (!statusIs(answer, 200)) return fail(describe(answer));
  const { id, status, amount } = read.order;
  if (id !== made.id) return fail(`another id, ${excerpt(id)}`);
  if (isFinal(status)) return fail(`an order that is ${status} at once`);
  const same = amount?.amount === made.amount?.amount && amount?.currency === made.amount?.currency;
  return same ? pass() : fail('another amount than create answered');
}

export function judgeCancel(answer: Answer): Judgement {
  const read = readOrder(answer);
  if (typeof read === 'string') return fail(read);
  const { status } = read.order;
  if (status === 'paid') return notChecked('the order was paid before it was cancelled');
  // PayBy itself calls a cancelled order FAILURE, until it would have expired.
  const cancelled = status === 'cancelled' || (read.passedThrough && status === 'failed');
  return cancelled ? pass() : fail(`an order that is ${status}`);
}

/** An order that ended as `before`, asked for again or cancelled again. */
export function judgeUnchanged(before: Order, answer: Answer): Judgement {
  const read = readOrder(answer);
  if (typeof read === 'string') return fail(read);
  const { id, status } = read.order;
  if (id !== before.id) return fail(`another order, ${excerpt(id)}`);
  return status === before.status ? pass() : fail(`${status}, after ${before.status}`);
}

/** @param notified the answer to a forged notification @param status the order after it */
export function judgeForged(notified: Answer, status: Answer): Judgement {
  const read = readOrder(status);
  if (typeof read === 'string') return fail(read);
  if (read.order.status === 'paid') return fail('an order that is paid by a forgery');
  if (notified.kind === 'unanswered') return fail(describe(notified));
  if (statusIs(notified, 404)) {
    return notChecked(`${describe(notified)}: is --notify where notifications are taken?`);
  }
  const { status: code, text } = notified;
  const taken = code < 300 && /"SUCCESS"/.test(text);
  return taken ? fail(describe(notified)) : pass(`refused with ${code}`);
}

export function judgePaid(answer: Answer): Judgement {
  const read = readOrder(answer);
  if (typeof read === 'string') return fail(read);
  return read.order.status === 'paid' ? pass() : fail(`still ${read.order.status}`);
}

/**
 * @param took how long after the payment it was told, ms
 * @param late how long the notification was held back, ms
 */
export function judgePaidAsked(took: number, late: number): Judgement {
  const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`;
  // What is told as the notification comes was told by it.
  if (took < 0.9 * late) return pass(`after ${seconds(took)}`);
  return fail(`no word of it for ${seconds(late)}, until the notification came`);
}

/** @param answer a create under the key of the order that is `paid` */
export function judgePaidOnce(paid: Order, answer: Answer): Judgement {
  if (statusIs(answer, 409, 410, 422)) return pass(`refused with ${answer.status}`);
  return judgeUnchanged(paid, answer);
}

/**
 * A second order for a cart that is `paid` may be meant: it is worth a look, and no failure.
 *
 * @param answer a create under a new key
 */
export function judgePaidAgain(paid: Order, answer: Answer): Judgement {
  if (isRefusal(answer)) return pass(`refused with ${answer.status}`);
  const read = readOrder(answer);
  if (typeof read === 'string') return notChecked(read);
  const { id, status } = read.order;
  if (id === paid.id) return judgeUnchanged(paid, answer);
  if (isFinal(status)) return pass(`an order that is ${status}`);
  return warn(`another order, ${excerpt(id)}, that can be paid too`);
}

/** @param cancelled the answer to a cancel of the order that is `paid` @param status it after that */
export function judgePaidStays(paid: Order, cancelled: Answer, status: Answer): Judgement {
  const orderly = isOk(cancelled) || statusIs(cancelled, 409);
  return orderly ? judgeUnchanged(paid, status) : fail(describe(cancelled));
}
