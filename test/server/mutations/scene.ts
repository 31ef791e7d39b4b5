/** A shop with an order in every state, made once by the kit itself, and as many copies of it as one likes. */
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import {
  type AnomalyCode,
  createCheckout,
  memoryStore,
  type OrderRecord,
  type OrderStore,
  PaybyClient,
} from '../../../src/server/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { FakePayby } from '../support/fake-payby.ts';
import { keys } from '../support/shop.ts';
import { base, signed, toRequest } from './letter.ts';

export const partnerId = '200000004021';
export const payeeMid = '200000000888';

const gateway = new FakePayby(keys);

const client = new PaybyClient({
  environment: 'uat',
  partnerId,
  privateKey: keys.merchant.privatePem,
  paybyPublicKey: keys.payby.publicPem,
  fetch: gateway.fetch,
  clock: fakeClock(),
});

/** What each of the scene's orders costs, AED. */
const prices = {
  /** Waits for its customer. */
  open: '200.00',
  /** Another one that waits. */
  other: '12.34',
  paid: '200.00',
  /** Paid; 50.00 went back, 20.00 are on their way. */
  partly: '200.00',
  cancelled: '200.00',
  /** All of it went back bit by bit. */
  refunded: '200.00',
  /** Taken back as a whole. */
  revoked: '200.00',
  /** Waits here; PayBy has the money already. */
  unheard: '200.00',
} as const;

export type Role = keyof typeof prices;
export const roles = Object.keys(prices) as Role[];

function openCheckout(store: OrderStore) {
  const heard: string[] = [];
  const reported: AnomalyCode[] = [];
  const checkout = createCheckout({
    payby: client,
    store,
    notifyUrl: `${base}/notify`,
    quote: ({ reference }) => {
      const amount = prices[reference as Role];
      return { amount, subject: `Café ${reference}` };
    },
    onPaid: ({ id }) => heard.push(`paid ${id}`),
    onFailed: ({ id, status }) => heard.push(`${status} ${id}`),
    onRefunded: ({ id }, refund) => heard.push(`refunded ${id} ${refund?.id ?? 'whole'}`),
    onAnomaly: ({ code }) => reported.push(code),
    reconcileEvery: 0,
    clock: fakeClock(),
  });
  return { checkout, heard, reported };
}

/** PayBy's own order, as it is now. */
export function atPayby(id: string): Readonly<Record<string, unknown>> {
  const order = gateway.orders.get(id);
  assert.ok(order, `PayBy has no order ${id}`);
  return order;
}

async function prepare() {
  const store = memoryStore();
  const { checkout } = openCheckout(store);
  const notify = async (change: Record<string, unknown>, id: string) => {
    const response = await checkout.fetch(toRequest(signed(gateway.notification(id, change))));
    assert.equal(response.status, 200, await response.text());
  };
  const place = async (role: Role): Promise<string> => {
    gateway.fault('placeOrder', (work) => {
      work();
      for (const order of gateway.orders.values()) order.payeeMid = payeeMid;
      return work();
    });
    const body = JSON.stringify({ paySceneCode: 'DYNQR', reference: role });
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body };
    const response = await checkout.fetch(new Request(`${base}/orders`, init));
    const { id }: { id: string } = JSON.parse(await response.text());
    return id;
  };
  const pay = async (id: string) => {
    gateway.pay(id);
    await notify({}, id);
    return id;
  };

  const open = await place('open');
  const other = await place('other');
  const paid = await pay(await place('paid'));
  const partly = await pay(await place('partly'));
  await checkout.refund(partly, '50.00', { id: 'R-partly-done' });
  gateway.fault('placeRefund', (work) => {
    work();
    const refundOrder = gateway.refunds.get('R-partly-pending');
    assert.ok(refundOrder);
    refundOrder.status = 'CREATED';
    const head = { applyStatus: 'SUCCESS', code: '0', msg: 'SUCCESS' };
    return gateway.answer(JSON.stringify({ head, body: { refundOrder } }));
  });
  await checkout.refund(partly, '20.00', { id: 'R-partly-pending' });
  const cancelled = await place('cancelled');
  await checkout.cancel(cancelled);
  const refunded = await pay(await place('refunded'));
  await checkout.refund(refunded, '200.00', { id: 'R-refunded' });
  const revoked = await pay(await place('revoked'));
  await notify({ revoked: 'true' }, revoked);
  const unheard = await place('unheard');
  gateway.pay(unheard);
  await quiet();

  const ids = { open, other, paid, partly, cancelled, refunded, revoked, unheard };
  const records = await dump(store, Object.values(ids));
  checkout.close();
  return { ids, records };
}

/** Lets everything happen that needs neither a clock nor a network. */
export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await setImmediate();
}

async function dump(store: OrderStore, ids: readonly string[]): Promise<OrderRecord[]> {
  const records: OrderRecord[] = [];
  for (const id of ids) {
    const record = await store.get(id);
    assert.ok(record, `the store lost ${id}`);
    records.push(record);
  }
  return records;
}

const prepared = await prepare();

/** The order each role is played by. */
export const ids: Readonly<Record<Role, string>> = prepared.ids;

/** What the shop knows before the first letter. */
export const records: readonly OrderRecord[] = prepared.records;

/** The shop as it was before any letter, anew. */
export async function openScene() {
  const store = memoryStore();
  for (const record of records) await store.create(record);
  return {
    ...openCheckout(store),
    /** Everything the store has, also what it should not have. */
    async everything() {
      return {
        orders: await dump(store, Object.values(ids)),
        unsettled: await store.unsettled(99),
      };
    },
  };
}

export type Scene = Awaited<ReturnType<typeof openScene>>;
