import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { hour, minute, second, start } from './support/fake-clock.ts';
import type { Operation } from './support/fake-payby.ts';
import { broken } from './support/open-client.ts';
import { openShop, orderOf, problemOf, type Shop } from './support/shop.ts';

/** When PayBy was asked for an operation, s after the start. */
const timesOf = ({ payby }: Shop, operation: Operation): number[] =>
  payby.calls.filter((call) => call.operation === operation).map(({ at }) => (at - start) / second);

/** A page that asks for the order every second. */
async function watchFor(shop: Shop, id: string, seconds: number) {
  for (let at = 0; at < seconds; at += 1) {
    await shop.pass(second);
    await shop.status(id);
  }
}

const refuse = (shop: Shop, operation: Operation, times: number) => {
  for (let at = 0; at < times; at += 1) shop.payby.refuse(operation, '500', 'SYSTEM_ERROR');
};

const countOf = (shop: Shop, code: string) => shop.codes().filter((each) => each === code).length;

const idOf = async (shop: Shop) => (await shop.store.unsettled(1))[0]?.id ?? '';

const every3s = (from: number, to: number) =>
  Array.from({ length: (to - from) / 3 + 1 }, (_, at) => from + 3 * at);

describe('an order whose placeOrder', () => {
  it('answers SYSTEM_ERROR is queried every 3 s and then cancelled (case 003)', async () => {
    const shop = openShop();
    refuse(shop, 'placeOrder', 1);
    await problemOf(await shop.create(), 503);
    const id = await idOf(shop);
    await shop.pass(minute);
    assert.deepEqual(timesOf(shop, 'getOrder'), every3s(3, 30));
    assert.deepEqual(timesOf(shop, 'cancelOrder'), [30]);
    assert.equal((await shop.store.get(id))?.status, 'cancelled');
    assert.equal(shop.clock.timers, 0);
  });

  it('is not answered in time, though PayBy made the order, is queried and cancelled (case 004)', async () => {
    const shop = openShop();
    shop.payby.fault('placeOrder', (work) => {
      work();
      return new Promise(() => {});
    });
    const creating = shop.create();
    while (shop.payby.count('placeOrder') === 0) await setImmediate();
    await shop.clock.pass(10 * second);
    await problemOf(await creating, 503);
    await shop.pass(minute);
    assert.deepEqual(timesOf(shop, 'getOrder'), every3s(13, 31));
    assert.deepEqual(timesOf(shop, 'cancelOrder'), [31]);
    assert.equal([...shop.payby.orders.values()][0]?.status, 'FAILURE');
    assert.deepEqual(await shop.store.unsettled(10), []);
  });

  it('was not answered, but is asked for again in time, is not cancelled', async () => {
    const shop = openShop();
    refuse(shop, 'placeOrder', 1);
    await problemOf(await shop.create({ key: 'k1' }), 503);
    await shop.pass(9 * second);
    const { status, tokenUrl } = await shop.order({ key: 'k1' });
    assert.ok(status === 'pending' && tokenUrl);
    await shop.pass(minute);
    assert.equal(shop.payby.count('cancelOrder'), 0);
    assert.equal(shop.clock.timers, 0);
  });

  it('was not answered is cancelled even when it cannot be queried, either', async () => {
    const shop = openShop();
    refuse(shop, 'placeOrder', 1);
    refuse(shop, 'getOrder', 5);
    await problemOf(await shop.create(), 503);
    await shop.pass(2 * minute);
    assert.deepEqual(timesOf(shop, 'getOrder'), [...every3s(3, 12), 72]);
    assert.deepEqual(timesOf(shop, 'cancelOrder'), [72]);
    assert.deepEqual(await shop.store.unsettled(10), []);
    assert.equal(shop.clock.timers, 0);
  });
});

describe('a cancel', () => {
  it('that fails is sent again every 3 s until it succeeds (case 005)', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    refuse(shop, 'cancelOrder', 3);
    await problemOf(await shop.cancel(id), 503);
    await shop.pass(minute);
    assert.deepEqual(timesOf(shop, 'cancelOrder'), [0, 3, 6, 9]);
    assert.equal((await shop.store.get(id))?.status, 'cancelled');
    assert.deepEqual([countOf(shop, 'cancel-failed'), countOf(shop, 'cancel-gave-up')], [3, 0]);
    assert.equal(shop.clock.timers, 0);
  });

  it('that keeps failing stops after four tries, and a person is told once (case 006)', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    refuse(shop, 'cancelOrder', 20);
    await problemOf(await shop.cancel(id), 503);
    await watchFor(shop, id, 60);
    assert.deepEqual(timesOf(shop, 'cancelOrder'), [0, 3, 6, 9]);
    assert.deepEqual([countOf(shop, 'cancel-failed'), countOf(shop, 'cancel-gave-up')], [4, 1]);
    const gaveUp = shop.anomalies.find(({ code }) => code === 'cancel-gave-up');
    assert.match(gaveUp?.message ?? '', /may still be paid/);
    assert.equal(gaveUp?.orderId, id);
    await watchFor(shop, id, 30);
    assert.deepEqual(timesOf(shop, 'cancelOrder').slice(4), [69, 72, 75, 78]);
    assert.equal(countOf(shop, 'cancel-gave-up'), 2);
  });

  it('that is on its way again tells another page that it is', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    refuse(shop, 'cancelOrder', 1);
    await problemOf(await shop.cancel(id), 503);
    await problemOf(await shop.cancel(id), 503);
    assert.equal(shop.payby.count('cancelOrder'), 1);
    await shop.pass(3 * second);
    assert.equal((await orderOf(await shop.cancel(id))).status, 'cancelled');
  });

  it('of an expired order is not kept from PayBy by failing queries (case 002)', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    await shop.pass(hour / 2);
    refuse(shop, 'getOrder', 100);
    await watchFor(shop, id, 90);
    assert.equal((await shop.status(id)).status, 'expired');
    const [at = 0] = timesOf(shop, 'cancelOrder');
    assert.ok(at >= 1800 + 20 && at <= 1800 + 120, String(at));
  });

  it('stops with the checkout', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    refuse(shop, 'cancelOrder', 1);
    await problemOf(await shop.cancel(id), 503);
    shop.checkout.close();
    assert.equal(shop.clock.timers, 0);
    await shop.pass(minute);
    assert.equal(shop.payby.count('cancelOrder'), 1);
  });
});

describe('a query', () => {
  it('that fails is sent again every 3 s until it succeeds (case 007)', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    refuse(shop, 'getOrder', 3);
    shop.payby.pay(id);
    await watchFor(shop, id, 20);
    assert.deepEqual(timesOf(shop, 'getOrder'), [3, 6, 9, 12]);
    assert.equal(shop.paid.length, 1);
    assert.deepEqual([countOf(shop, 'query-failed'), countOf(shop, 'query-gave-up')], [3, 0]);
  });

  it('that keeps failing stops after four tries, and a person is told once (case 008)', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    refuse(shop, 'getOrder', 8);
    shop.payby.pay(id);
    await watchFor(shop, id, 71);
    assert.deepEqual(timesOf(shop, 'getOrder'), [3, 6, 9, 12]);
    assert.deepEqual([countOf(shop, 'query-failed'), countOf(shop, 'query-gave-up')], [4, 1]);
    const gaveUp = shop.anomalies.find(({ code }) => code === 'query-gave-up');
    assert.match(gaveUp?.message ?? '', /cannot be asked about the order, which may be paid/);
    await watchFor(shop, id, 80);
    assert.deepEqual(timesOf(shop, 'getOrder').slice(4), [72, 75, 78, 81, 141]);
    assert.equal(countOf(shop, 'query-gave-up'), 2);
    assert.equal((await shop.status(id)).status, 'paid');
  });

  it('that keeps failing does not keep a notification out', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    refuse(shop, 'getOrder', 4);
    await watchFor(shop, id, 15);
    shop.payby.pay(id);
    assert.equal((await shop.notify(shop.payby.notification(id))).status, 200);
    assert.equal((await shop.status(id)).status, 'paid');
  });

  it('that fails now and then is never given up', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    for (let at = 0; at < 10; at += 1) {
      refuse(shop, 'getOrder', 3);
      shop.payby.fault('getOrder', (work) => work());
    }
    await watchFor(shop, id, 120);
    assert.deepEqual([shop.payby.count('getOrder'), countOf(shop, 'query-gave-up')], [40, 0]);
  });

  it('that only reconcile sends is given up after three tries, not two', async () => {
    const shop = openShop();
    await shop.order();
    refuse(shop, 'getOrder', 3);
    const gaveUp: number[] = [];
    for (let at = 0; at < 3; at += 1) {
      await shop.pass(minute);
      await shop.checkout.reconcile();
      gaveUp.push(countOf(shop, 'query-gave-up'));
    }
    assert.deepEqual(gaveUp, [0, 0, 1]);
  });
});

describe('an order PayBy calls expired', () => {
  it('and that was paid in its last moment is told to the shop as the cancel finds out', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    Object.assign(shop.payby.orders.get(id) ?? {}, { status: 'FAILURE' });
    await shop.pass(hour / 2);
    assert.equal((await shop.status(id)).status, 'expired');
    shop.payby.pay(id);
    await shop.pass(20 * second);
    assert.equal((await shop.store.get(id))?.status, 'paid');
    assert.equal(shop.paid.length, 1);
    assert.deepEqual(shop.codes(), ['paid-after-close']);
  });

  it('is cancelled again when PayBy does not answer, so that its payment is not lost', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    Object.assign(shop.payby.orders.get(id) ?? {}, { status: 'FAILURE' });
    await shop.pass(hour / 2);
    assert.equal((await shop.status(id)).status, 'expired');
    shop.payby.pay(id);
    shop.payby.fault('cancelOrder', broken, broken);
    await shop.pass(26 * second);
    assert.equal(shop.paid.length, 1);
    assert.deepEqual(shop.codes(), ['cancel-failed', 'cancel-failed', 'paid-after-close']);
    assert.equal(shop.clock.timers, 0);
  });

  it('is given up when PayBy never answers, and a person is told', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    Object.assign(shop.payby.orders.get(id) ?? {}, { status: 'FAILURE' });
    await shop.pass(hour / 2);
    assert.equal((await shop.status(id)).status, 'expired');
    shop.payby.fault('cancelOrder', broken, broken, broken, broken);
    await shop.pass(minute);
    assert.equal(shop.payby.count('cancelOrder'), 4);
    assert.equal(shop.codes().at(-1), 'cancel-gave-up');
    assert.equal(shop.clock.timers, 0);
  });

  it('survives a store that fails as the cancel is due', async () => {
    const unhandled: unknown[] = [];
    const hear = (cause: unknown) => unhandled.push(cause);
    process.on('unhandledRejection', hear);
    const shop = openShop();
    const { id } = await shop.order();
    Object.assign(shop.payby.orders.get(id) ?? {}, { status: 'FAILURE' });
    await shop.pass(hour / 2);
    assert.equal((await shop.status(id)).status, 'expired');
    shop.store.get = () => Promise.reject(new Error('database is locked'));
    await shop.pass(20 * second);
    process.off('unhandledRejection', hear);
    assert.deepEqual(unhandled, []);
    assert.deepEqual(shop.codes(), ['internal']);
  });

  it('survives a follow-up that the store fails in', async () => {
    const shop = openShop();
    shop.payby.fault('placeOrder', broken);
    await problemOf(await shop.create(), 503);
    shop.store.get = () => Promise.reject(new Error('database is locked'));
    await shop.pass(3 * second);
    assert.deepEqual(shop.codes(), ['place-failed', 'internal']);
  });
});
