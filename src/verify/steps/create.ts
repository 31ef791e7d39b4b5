/** Making orders: once, again, at once, with a price of one's own. */
import type { Order } from '../../protocol.ts';
import { type ReadOrder, readOrder } from '../answer.ts';
import { newKey } from '../backend.ts';
import {
  firstOrder,
  judgeConcurrent,
  judgeCreate,
  judgeFields,
  judgeKeyReuse,
  judgeNewOrder,
  judgePrice,
  judgeRepeat,
  judgeTokenUrl,
  judgeUrls,
} from '../judge/create.ts';
import { judgePaidAgain } from '../judge/orders.ts';
import type { Visit } from '../visit.ts';

/** An order and the key it was made under. */
export interface Made {
  key: string;
  order: Order;
  passedThrough: boolean;
}

/** The first order, judged in all that is in it; a string says why there is none. */
export async function makeFirst(visit: Visit): Promise<Made | string> {
  const { backend, ledger, settings } = visit;
  const key = newKey();
  const answer = await backend.create(key);
  ledger.judge('create', judgeCreate(answer));
  const read = readOrder(answer);
  if (typeof read === 'string') return read;
  ledger.judge('order-fields', judgeFields(read));
  ledger.judge('token-url', judgeTokenUrl(read.order, settings.tokenHosts));
  ledger.judge('order-urls', judgeUrls(read.order, settings.endpoint.href));
  return keep(visit, key, read);
}

/** The same key again, and the same key for something else. */
export async function repeat({ backend, ledger, settings }: Visit, made: Made): Promise<void> {
  ledger.judge('repeat', judgeRepeat(made.order, await backend.create(made.key)));
  const other = { details: { ...asObject(settings.details), verify: 'something else' } };
  ledger.judge(
    'key-reuse',
    judgeKeyReuse(made.order, await backend.create(made.key, { body: other })),
  );
}

/** A price beside the fields of the contract, and one among the details. */
export async function namePrice(visit: Visit, made: Made): Promise<void> {
  const { backend, ledger, settings } = visit;
  const sent = made.order.amount?.amount === 0.01 ? 0.02 : 0.01;
  const price = { amount: sent, price: sent, totalAmount: { amount: sent, currency: 'AED' } };
  const details = { ...asObject(settings.details), ...price };
  for (const body of [price, { details }]) {
    const answer = await backend.create(newKey(), { body });
    ledger.judge('price', judgePrice(made.order, sent, answer));
    noteOrder(visit, readOrder(answer));
  }
}

/** Five creates at once under one key; one of their orders to go on with. */
export async function makeAtOnce(visit: Visit): Promise<Made | undefined> {
  const key = newKey();
  const creating = Array.from({ length: 5 }, () => visit.backend.create(key));
  const answers = await Promise.all(creating);
  visit.ledger.judge('concurrent', judgeConcurrent(answers));
  for (const answer of answers) noteOrder(visit, readOrder(answer));
  const read = firstOrder(answers);
  return read && keep(visit, key, read);
}

/** A new order for a new key after `before` was cancelled. */
export async function makeAnother(visit: Visit, before: Order): Promise<Made | undefined> {
  const key = newKey();
  const answer = await visit.backend.create(key);
  visit.ledger.judge('new-order', judgeNewOrder(before, answer));
  const read = readOrder(answer);
  return typeof read === 'string' ? undefined : keep(visit, key, read);
}

/** What is answered to another key for the cart of an order that is paid. */
export async function makeAfterPaid(visit: Visit, paid: Order): Promise<void> {
  const answer = await visit.backend.create(newKey());
  visit.ledger.judge('paid-again', judgePaidAgain(paid, answer));
  noteOrder(visit, readOrder(answer));
}

function keep(visit: Visit, key: string, read: ReadOrder): Made {
  noteOrder(visit, read);
  return { key, order: read.order, passedThrough: read.passedThrough };
}

function noteOrder({ orders }: Visit, read: ReadOrder | string): void {
  if (typeof read !== 'string') orders.set(read.order.id, read.order);
}

const asObject = (value: unknown): object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
