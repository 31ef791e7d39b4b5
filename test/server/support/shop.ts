/** A shop for tests: the kit over a fake PayBy, driven through `checkout.fetch` alone. */
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { Order } from '../../../src/protocol.ts';
import {
  type Anomaly,
  type CheckoutOptions,
  createCheckout,
  memoryStore,
  type OrderRecord,
  PaybyClient,
  type RefundRecord,
} from '../../../src/server/index.ts';
import { makeKeys } from '../../support/keys.ts';
import { type CountedPayby, countedPayby } from './counted-payby.ts';
import { fakeClock } from './fake-clock.ts';
import { FakePayby, signText } from './fake-payby.ts';

export const keys = { merchant: makeKeys(), payby: makeKeys() };

const base = 'https://shop.example/api/payby';

export interface CreateOptions {
  reference?: string;
  key?: string;
  details?: unknown;
}

/** What lies outside of a shop's process: PayBy, the time and the store. */
export function openWorld() {
  const clock = fakeClock();
  const payby = new FakePayby(keys, clock.now);
  return { clock, payby, client: openClient(payby, clock), store: memoryStore() };
}

/** @param world another shop's, to be a second process beside it */
export function openShop(options: Partial<CheckoutOptions> = {}, world = openWorld()) {
  const { clock, payby, client, store } = world;
  const paid: OrderRecord[] = [];
  const anomalies: Anomaly[] = [];
  const ended: OrderRecord[] = [];
  const refunded: { order: OrderRecord; refund: RefundRecord | undefined }[] = [];
  const checkout = createCheckout({
    payby: client.port,
    store,
    notifyUrl: `${base}/notify`,
    quote: ({ reference }) => ({ amount: '12.34', subject: `Cart ${reference}` }),
    onPaid: (order) => paid.push(order),
    onFailed: (order) => ended.push(order),
    onRefunded: (order, refund) => refunded.push({ order, refund }),
    onAnomaly: (anomaly) => anomalies.push(anomaly),
    reconcileEvery: 0,
    clock,
    ...options,
  });

  const send = (path: string, init?: RequestInit) => checkout.fetch(new Request(base + path, init));

  /** Runs everything that can run without the clock. */
  async function quiet(): Promise<void> {
    for (let idle = 0; idle < 5; ) {
      await setImmediate();
      idle = client.active() > payby.held ? 0 : idle + 1;
    }
  }

  const create = ({ reference = '42', key, details }: CreateOptions = {}) =>
    send('/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) },
      body: JSON.stringify({ paySceneCode: 'DYNQR', reference, details }),
    });

  return {
    world,
    checkout,
    clock,
    payby,
    store,
    paid,
    ended,
    refunded,
    anomalies,
    send,
    quiet,
    create,
    codes: () => anomalies.map(({ code }) => code),
    /** Lets time pass and everything that comes of it happen. */
    pass: (ms: number) => clock.pass(ms, quiet),
    order: async (options?: CreateOptions) => orderOf(await create(options)),
    status: async (id: string) => orderOf(await send(`/orders/${id}`)),
    cancel: (id: string) => send(`/orders/${id}/cancel`, { method: 'POST' }),
    events: async (id: string, signal?: AbortSignal) =>
      readEvents(await send(`/orders/${id}/events`, signal ? { signal } : {})),
    /** Posts a notification's text, signed by PayBy unless told otherwise. */
    notify: (text: string, signature = signText(text, keys.payby.privatePem)) =>
      send('/notify', { method: 'POST', body: text, headers: { sign: signature } }),
  };
}

export type Shop = ReturnType<typeof openShop>;

/** A shop with an order that was paid, notified and taken. */
export async function openPaidShop(options: Partial<CheckoutOptions> = {}) {
  const shop = openShop(options);
  const { id } = await shop.order();
  shop.payby.pay(id);
  const response = await shop.notify(shop.payby.notification(id));
  assert.equal(response.status, 200, await response.text());
  return { shop, id };
}

/** The error a promise is rejected with. */
export const thrownBy = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => assert.fail('nothing was thrown'),
    (thrown: unknown) => thrown,
  );

const openClient = (payby: FakePayby, clock: ReturnType<typeof fakeClock>): CountedPayby =>
  countedPayby(
    new PaybyClient({
      environment: 'uat',
      partnerId: '200000004021',
      privateKey: keys.merchant.privatePem,
      paybyPublicKey: keys.payby.publicPem,
      fetch: payby.fetch,
      clock,
    }),
  );

export async function orderOf(response: Response): Promise<Order> {
  const text = await response.text();
  assert.ok(response.ok, `expected an order, got ${response.status} ${text}`);
  return JSON.parse(text);
}

/** A problem's body, made sure to be one. */
export async function problemOf(response: Response, status: number) {
  const text = await response.text();
  assert.equal(response.status, status, text);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  assert.equal(response.headers.get('cache-control'), 'no-store');
  const problem: Record<string, unknown> & { code: string } = JSON.parse(text);
  assert.equal(problem.status, status);
  return problem;
}

export function readEvents(response: Response) {
  assert.equal(response.status, 200);
  assert.ok(response.body);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  return {
    response,
    cancel: () => reader.cancel(),
    /** The next chunk as it was sent; undefined at the end. */
    async chunk(): Promise<string | undefined> {
      const { done, value } = await reader.read();
      return done ? undefined : value;
    },
    /** The next order; undefined at the end. */
    async next(): Promise<Order | undefined> {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return undefined;
        if (value.startsWith('data: ')) return JSON.parse(value.slice('data: '.length));
      }
    },
  };
}
