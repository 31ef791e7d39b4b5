/** Customers who never give up: whatever the shop's server does, they ask again as the element would. */
import { isFinal, type Order } from '../../src/protocol.ts';
import { ActionError, type Actions } from '../../src/sandbox/index.ts';
import type { Clock } from '../../src/server/index.ts';
import type { Random } from './random.ts';
import { pause } from './scaled-clock.ts';
import type { Wanted } from './shop-callbacks.ts';

/** Where a customer buys. */
export interface Market {
  /** Asks the shop; rejects when nobody answers. */
  send(path: string, init?: RequestInit): Promise<Response>;
  /** The wallet. */
  actions: Actions;
  clock: Clock;
  random: Random;
}

export const habits = ['pay', 'scan', 'two-tabs', 'cancel', 'abandon', 'refund', 'revoke'] as const;
export type Habit = (typeof habits)[number];

/** What came of one purchase, as its customer saw it. */
export interface Purchase {
  readonly reference: string;
  readonly habit: Habit;
  /** The orders the shop answered, and how each ended. */
  readonly ends: Map<string, Order['status']>;
  /** The orders the wallet took a payment for. */
  readonly payments: string[];
  /** The refunds the shop's people asked for, by their numbers. */
  readonly refunds: Map<string, { order: string; amount: string }>;
  /** Orders the shop's people took back as a whole. */
  readonly revoked: string[];
}

/** How often a page asks, ms. */
const interval = 2_000;
/** How long a page waits for an answer, ms. */
const patience = 15_000;

/** Buys one cart in this way, to its end. */
export async function buy(market: Market, reference: string, habit: Habit): Promise<Purchase> {
  const purchase: Purchase = {
    reference,
    habit,
    ends: new Map(),
    payments: [],
    refunds: new Map(),
    revoked: [],
  };
  const page = (wanted: Wanted) => visit(market, purchase, wanted);
  if (habit === 'abandon') await page({ expiresIn: 40_000 });
  else if (habit === 'two-tabs') await Promise.all([page({}), page({ express: true }), page({})]);
  else await page({});
  const [paid] = purchase.payments;
  if (habit === 'refund' && paid) await refund(market, purchase, paid);
  if (habit === 'revoke' && paid) await revoke(market, purchase, paid);
  return purchase;
}

/** One page, from its button to the end of the order it shows; a new order where one came to nothing. */
async function visit(market: Market, purchase: Purchase, wanted: Wanted): Promise<void> {
  const { habit, ends } = purchase;
  const isPatient = habit !== 'cancel' && habit !== 'abandon' && habit !== 'two-tabs';
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const order = await create(market, purchase, wanted);
    if (order === undefined) return;
    await pause(market.clock, market.random.below(3_000));
    await act(market, purchase, order);
    const { id, status } = await follow(market, order);
    ends.set(id, status);
    if (status === 'paid' || !isPatient) return;
  }
}

/** With one key until it is answered. @returns undefined when the cart is paid already */
async function create(market: Market, { reference }: Purchase, details: Wanted) {
  const key = `key-${reference}-${market.random.next()}`;
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ paySceneCode: 'DYNQR', reference, details }),
  };
  for (;;) {
    const answer = await ask(market, '/api/payby/orders', init);
    if (answer?.ok) return orderOf(answer);
    if (answer?.status === 409) return undefined;
    if (answer && answer.status < 500) throw new Error(`create: ${await answer.text()}`);
    await pause(market.clock, answer ? interval : 1_000);
  }
}

const orderOf = async (answer: Response): Promise<Order> => answer.json();

async function act(market: Market, { habit, payments }: Purchase, order: Order): Promise<void> {
  const { actions, clock, random } = market;
  if (isFinal(order.status) || habit === 'abandon') return;
  if (order.tokenUrl === undefined) throw new Error(`order ${order.id} has no code`);
  if (habit === 'cancel') {
    const cancelled = until(market, `/api/payby/orders/${order.id}/cancel`, undefined);
    // Some have paid before they think better of it.
    if (random.chance(0.3)) await pause(clock, random.below(400));
    if (random.chance(0.3) && mayPay(() => actions.pay(order.id))) payments.push(order.id);
    await cancelled;
    return;
  }
  if (habit === 'scan' && mayPay(() => actions.scan(order.id))) {
    await pause(clock, 8_000);
  }
  if (mayPay(() => actions.pay(order.id))) payments.push(order.id);
}

/** Whether the wallet did it; it does not for an order that is over. */
function mayPay(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch (cause) {
    if (cause instanceof ActionError) return false;
    throw cause;
  }
}

/** By an event stream for as long as it lasts, and by asking. */
async function follow(market: Market, order: Order): Promise<Order> {
  if (market.random.chance(0.5)) await listen(market, order.id);
  for (let present = order; ; ) {
    if (isFinal(present.status)) return present;
    await pause(market.clock, interval);
    const answer = await ask(market, `/api/payby/orders/${order.id}`);
    if (answer?.status === 404) throw new Error(`order ${order.id} is not known any more`);
    if (answer?.ok) present = await orderOf(answer).catch(() => present);
  }
}

async function listen(market: Market, id: string): Promise<void> {
  try {
    const answer = await market.send(`/api/payby/orders/${id}/events`);
    await answer.text();
  } catch {
    // A stream that breaks is followed by asking.
  }
}

async function refund(market: Market, { refunds, reference }: Purchase, order: string) {
  for (const [part, amount] of [market.random.pick(['2.50', '5.00']), '3.00'].entries()) {
    const id = `R-${reference}-${part}`;
    refunds.set(id, { order, amount });
    await until(market, '/admin/refund', { order, amount, id });
  }
}

async function revoke(market: Market, { revoked }: Purchase, order: string): Promise<void> {
  revoked.push(order);
  await until(market, '/admin/revoke', { order });
}

/** Posts until it is done, or cannot be; the shop's people now and then ask once, and leave it to the kit. */
async function until(market: Market, path: string, body: object | undefined): Promise<void> {
  const init = { method: 'POST', ...(body && { body: JSON.stringify(body) }) };
  const isOnce = body !== undefined && market.random.chance(0.5);
  for (;;) {
    const answer = await ask(market, path, init);
    if (isOnce || (answer && answer.status < 500)) return;
    await pause(market.clock, interval);
  }
}

/** @returns undefined when nobody answered in time */
async function ask(market: Market, path: string, init: RequestInit = {}) {
  const late = new AbortController();
  const stop = market.clock.after(patience, () => late.abort());
  try {
    const answer = await market.send(path, { ...init, signal: late.signal });
    return new Response(await answer.text(), { status: answer.status });
  } catch {
    return undefined;
  } finally {
    stop();
  }
}
