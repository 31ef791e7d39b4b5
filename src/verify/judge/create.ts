/** Judging what a create answered. Pure. */

import { orderUrls } from '../../order/order-urls.ts';
import { allowedUrl } from '../../order/token-url.ts';
import { isFinal, type Order } from '../../protocol.ts';
import {
  type Answer,
  describe,
  excerpt,
  isOk,
  isRefusal,
  type ReadOrder,
  readOrder,
  statusIs,
} from '../answer.ts';
import { fail, type Judgement, pass, warn } from '../finding.ts';

export function judgeCreate(answer: Answer): Judgement {
  const read = readOrder(answer);
  if (typeof read === 'string') return fail(read, mendForFirst(answer));
  if (!statusIs(answer, 200, 201)) return fail(describe(answer));
  const form = read.passedThrough ? 'PayBy’s own JSON, passed through' : 'an order of the contract';
  return pass(`${answer.status}, ${form}, in ${Math.round(answer.took)} ms`);
}

/** What mostly lies behind a first create that is refused. */
function mendForFirst(answer: Answer): string | undefined {
  if (statusIs(answer, 301, 302, 303, 307, 308)) return 'Name the URL that it leads to.';
  if (statusIs(answer, 401, 403)) return 'Give the page’s cookies or authorization by --header.';
  if (isRefusal(answer)) {
    return 'If that is right for this cart, name one that can be paid: --reference, --details.';
  }
  return undefined;
}

/** Fields that had to be left out, and a status that nobody knows. */
export function judgeFields({ decoded }: ReadOrder): Judgement {
  if (decoded.unknownStatus !== undefined) {
    return fail(
      `the status ${excerpt(decoded.unknownStatus)}, which nobody knows`,
      'Use pending, scanned, paid, failed, expired, cancelled or refunded.',
    );
  }
  const [first] = decoded.leftOut ?? [];
  return first ? fail(first.message) : pass();
}

export function judgeTokenUrl(order: Order, hosts: readonly string[]): Judgement {
  if (isFinal(order.status)) {
    return fail(
      `an order that is ${order.status} already`,
      'Make a new order for a new key; or name a --reference that is still to be paid.',
    );
  }
  const { tokenUrl } = order;
  if (tokenUrl === undefined) return fail('an order without a tokenUrl');
  return allowedUrl(tokenUrl, hosts)
    ? pass(new URL(tokenUrl).host)
    : fail(`${excerpt(tokenUrl)}, which the element does not draw`);
}

export function judgeUrls(order: Order, endpoint: string): Judgement {
  try {
    orderUrls(order, endpoint, endpoint);
  } catch (cause) {
    return fail(cause instanceof Error ? cause.message : String(cause));
  }
  return pass();
}

/** @param first the order made under the same key */
export function judgeRepeat(first: Order, answer: Answer): Judgement {
  const read = readOrder(answer);
  if (typeof read === 'string') return fail(read);
  return read.order.id === first.id ? pass() : fail(anotherOrder(first, read.order));
}

/** The same key with other details. Contract: 409; the order of before takes no money twice, but is not what was asked for. */
export function judgeKeyReuse(first: Order, answer: Answer): Judgement {
  if (isRefusal(answer)) return pass(String(answer.status));
  const read = readOrder(answer);
  if (typeof read === 'string') return fail(read);
  return read.order.id === first.id
    ? warn('the order of before, for other details')
    : fail(anotherOrder(first, read.order));
}

export function judgeConcurrent(answers: readonly Answer[]): Judgement {
  const ids = new Set<string>();
  for (const answer of answers) {
    if (statusIs(answer, 425, 429, 503)) continue;
    const read = readOrder(answer);
    if (typeof read === 'string') return fail(`${read}, one of ${answers.length} at once`);
    ids.add(read.order.id);
  }
  if (ids.size > 1) return fail(`${ids.size} orders for ${answers.length} creates at once`);
  if (ids.size === 0) return fail(`no order for ${answers.length} creates at once`);
  return pass(`${answers.length} at once`);
}

/** @param sent the amount the page asked for, which is not `first`'s */
export function judgePrice(first: Order, sent: number, answer: Answer): Judgement {
  if (isRefusal(answer)) return pass(`refused with ${answer.status}`);
  const read = readOrder(answer);
  if (typeof read === 'string') return fail(read);
  const { amount } = read.order;
  if (amount?.amount === sent) {
    return fail(`an order over ${sent} ${amount.currency}, as the page asked for`);
  }
  const same = amount?.amount === first.amount?.amount;
  return same ? pass() : warn(`another amount: ${amountOf(read.order)}, before ${amountOf(first)}`);
}

/** @param before the order that was cancelled */
export function judgeNewOrder(before: Order, answer: Answer): Judgement {
  const read = readOrder(answer);
  if (typeof read === 'string') return fail(read);
  const { id, status } = read.order;
  if (id === before.id) return fail('the cancelled order again');
  return status === 'pending' ? pass() : fail(`an order that is ${status}`);
}

const anotherOrder = (first: Order, { id }: Order) =>
  `another order, ${excerpt(id)}, beside ${excerpt(first.id)}`;

const amountOf = ({ amount }: Order) => (amount ? `${amount.amount} ${amount.currency}` : 'none');

/** Whether answers could be told apart at all; for the driver to know what to go on with. */
export const firstOrder = (answers: readonly Answer[]): ReadOrder | undefined =>
  answers
    .filter(isOk)
    .map(readOrder)
    .find((read) => typeof read !== 'string');
