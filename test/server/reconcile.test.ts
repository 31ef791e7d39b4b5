import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hour, minute, second } from './support/fake-clock.ts';
import { broken } from './support/open-client.ts';
import { openPaidShop, openShop, problemOf, type Shop } from './support/shop.ts';

const statusOf = async (shop: Shop, id: string) => (await shop.store.get(id))?.status;

/** What a second process finds when the first one is gone. */
function restart(shop: Shop, options: Parameters<typeof openShop>[0] = {}) {
  shop.checkout.close();
  return openShop(options, shop.world);
}

describe('reconcile', () => {
  it('does nothing where nothing was left', async () => {
    const { shop } = await openPaidShop();
    const calls = shop.payby.calls.length;
    const result = await shop.checkout.reconcile();
    assert.deepEqual(result, { ran: true, orders: 0, settled: 0, failed: 0 });
    assert.equal(shop.payby.calls.length, calls);
  });

  it('finds a payment whose notification was lost', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.payby.pay(id);
    await shop.pass(3 * second);
    const result = await shop.checkout.reconcile();
    assert.deepEqual(result, { ran: true, orders: 1, settled: 1, failed: 0 });
    assert.deepEqual([await statusOf(shop, id), shop.paid.length], ['paid', 1]);
  });

  it('leaves an order open that can still be paid, and keeps to the interval', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    await shop.pass(3 * second);
    for (let at = 0; at < 3; at += 1) {
      assert.deepEqual(await shop.checkout.reconcile(), {
        ran: true,
        orders: 1,
        settled: 0,
        failed: 0,
      });
    }
    assert.equal(await statusOf(shop, id), 'pending');
    assert.equal(shop.payby.count('getOrder'), 1);
  });

  it('tells a payment that a process which is gone could not', async () => {
    const dead = openShop({
      onPaid: () => {
        throw new Error('away');
      },
    });
    const { id } = await dead.order();
    dead.payby.pay(id);
    await problemOf(await dead.notify(dead.payby.notification(id)), 500);
    const shop = restart(dead);
    assert.equal((await shop.checkout.reconcile()).settled, 1);
    assert.equal(shop.paid.length, 1);
  });

  it('does not hurry a callback that failed and is called again later', async () => {
    let calls = 0;
    const shop = openShop({
      onPaid: () => {
        calls += 1;
        throw new Error('away');
      },
    });
    const { id } = await shop.order();
    shop.payby.pay(id);
    await problemOf(await shop.notify(shop.payby.notification(id)), 500);
    for (let at = 0; at < 5; at += 1) await shop.checkout.reconcile();
    assert.equal(calls, 1);
  });

  it('cancels an order that never reached PayBy before the process was gone', async () => {
    const dead = openShop();
    dead.payby.fault('placeOrder', broken);
    await problemOf(await dead.create(), 503);
    const shop = restart(dead);
    const [{ id = '' } = {}] = await shop.store.unsettled(1);
    await shop.pass(29 * second);
    await shop.checkout.reconcile();
    assert.equal(await statusOf(shop, id), 'pending');
    await shop.pass(3 * second);
    await shop.checkout.reconcile();
    assert.equal(await statusOf(shop, id), 'cancelled');
    assert.equal(shop.ended.length, 1);
  });

  it('ends an order whose time is over, and one whose cancel failed', async () => {
    const dead = openShop();
    const expired = await dead.order({ reference: '1' });
    const closing = await dead.order({ reference: '2' });
    dead.payby.fault('cancelOrder', broken);
    await problemOf(await dead.cancel(closing.id), 503);
    const shop = restart(dead);
    await shop.pass(3 * second);
    await shop.checkout.reconcile();
    assert.equal(await statusOf(shop, closing.id), 'cancelled');
    await shop.pass(hour / 2 + 20 * second);
    await shop.checkout.reconcile();
    assert.equal(await statusOf(shop, expired.id), 'expired');
    assert.equal(shop.payby.orders.get(expired.id)?.status, 'FAILURE');
    assert.equal(shop.ended.length, 2);
    assert.deepEqual(await shop.store.unsettled(10), []);
  });

  it('looks at all of more orders than fit a page', async () => {
    const shop = openShop();
    for (let at = 0; at < 230; at += 1) await shop.order({ reference: `cart-${at}` });
    for (const id of shop.payby.orders.keys()) shop.payby.pay(id);
    await shop.pass(3 * second);
    const result = await shop.checkout.reconcile();
    assert.deepEqual(result, { ran: true, orders: 230, settled: 230, failed: 0 });
    assert.equal(new Set(shop.paid.map(({ id }) => id)).size, 230);
  });

  it('goes on after an order that cannot be looked at, and says so', async () => {
    const shop = openShop();
    const { id: bad } = await shop.order({ reference: '1' });
    const { id: good } = await shop.order({ reference: '2' });
    for (const id of [bad, good]) shop.payby.pay(id);
    await shop.pass(3 * second);
    const get = shop.store.get.bind(shop.store);
    shop.store.get = async (id) => {
      if (id === bad) throw new Error('disk error');
      return get(id);
    };
    const result = await shop.checkout.reconcile();
    assert.deepEqual(result, { ran: true, orders: 2, settled: 1, failed: 1 });
    assert.equal(await get(good).then((record) => record?.status), 'paid');
    assert.deepEqual(
      shop.anomalies.map(({ code, orderId }) => [code, orderId]),
      [['internal', bad]],
    );
  });

  it('goes on after an order PayBy cannot be asked about', async () => {
    const shop = openShop();
    const orders = [await shop.order({ reference: '1' }), await shop.order({ reference: '2' })];
    for (const { id } of orders) shop.payby.pay(id);
    await shop.pass(3 * second);
    shop.payby.refuse('getOrder', '500', 'SYSTEM_ERROR');
    const result = await shop.checkout.reconcile();
    assert.deepEqual(result, { ran: true, orders: 2, settled: 1, failed: 0 });
    assert.deepEqual(shop.codes(), ['query-failed']);
  });

  it('is done by one process at a time, and by another once it is over', async () => {
    const shop = openShop();
    const other = openShop({}, shop.world);
    await shop.order();
    await shop.pass(3 * second);
    const { arrived, release } = shop.payby.hold('getOrder');
    const running = shop.checkout.reconcile();
    await arrived;
    const idle = { ran: false, orders: 0, settled: 0, failed: 0 };
    assert.deepEqual(await other.checkout.reconcile(), idle);
    assert.deepEqual(await shop.checkout.reconcile(), idle);
    release();
    assert.equal((await running).ran, true);
    assert.equal((await other.checkout.reconcile()).ran, true);
  });

  it('is taken over 30 s after a process died in the middle of it', async () => {
    const shop = openShop();
    const store = { ...shop.store, unsettled: () => new Promise<never>(() => {}) };
    const dead = openShop({}, { ...shop.world, store });
    const { id } = await shop.order();
    shop.payby.pay(id);
    void dead.checkout.reconcile();
    await shop.pass(30 * second - 1);
    assert.equal((await shop.checkout.reconcile()).ran, false);
    await shop.pass(1);
    assert.equal((await shop.checkout.reconcile()).ran, true);
    assert.equal(shop.paid.length, 1);
  });

  it('stops when another process has taken over meanwhile', async () => {
    const slow = openShop();
    for (let at = 0; at < 12; at += 1) await slow.order({ reference: `cart-${at}` });
    await slow.pass(3 * second);
    const held = Array.from({ length: 4 }, () => slow.payby.hold('getOrder'));
    const running = slow.checkout.reconcile();
    await Promise.all(held.map(({ arrived }) => arrived));
    const now = slow.clock.now() + 31 * second;
    assert.ok(await slow.store.claim('reconcile', 'another process', now, now + hour));
    await slow.clock.pass(31 * second);
    for (const { release } of held) release();
    assert.equal((await running).orders, 4);
  });

  it('that the store fails in gives the right to reconcile back', async () => {
    const shop = openShop();
    const unsettled = shop.store.unsettled;
    shop.store.unsettled = () => Promise.reject(new Error('database is locked'));
    await assert.rejects(shop.checkout.reconcile(), /database is locked/);
    shop.store.unsettled = unsettled;
    assert.equal((await shop.checkout.reconcile()).ran, true);
  });
});

describe('reconciling on a timer', () => {
  it('begins 5 s after the start, for what a restart left, and goes on every minute', async () => {
    const dead = openShop();
    const first = await dead.order({ reference: '1' });
    dead.payby.pay(first.id);
    const shop = restart(dead, { reconcileEvery: minute });
    await shop.pass(5 * second - 1);
    assert.equal(shop.paid.length, 0);
    await shop.pass(1);
    assert.equal(shop.paid.length, 1);
    const later = await shop.order({ reference: '2' });
    shop.payby.pay(later.id);
    await shop.pass(minute - 1);
    assert.equal(shop.paid.length, 1);
    await shop.pass(1);
    assert.equal(shop.paid.length, 2);
    shop.checkout.close();
    assert.equal(shop.clock.timers, 0);
  });

  it('is off with 0', async () => {
    const shop = openShop({ reconcileEvery: 0 });
    assert.equal(shop.clock.timers, 0);
  });

  it('refuses an interval that is none', () => {
    for (const reconcileEvery of [-1, 1.5, Number.NaN, 25 * hour]) {
      assert.throws(() => openShop({ reconcileEvery }), /reconcileEvery .* is not 1 to/);
    }
  });

  it('goes on after a failing store, and the operator hears', async () => {
    const shop = openShop({ reconcileEvery: minute });
    const unsettled = shop.store.unsettled;
    shop.store.unsettled = () => Promise.reject(new Error('database is locked'));
    await shop.pass(5 * second);
    assert.deepEqual(shop.codes(), ['internal']);
    assert.match(shop.anomalies[0]?.message ?? '', /could not be reconciled: database is locked/);
    shop.store.unsettled = unsettled;
    const { id } = await shop.order();
    shop.payby.pay(id);
    await shop.pass(minute);
    assert.equal(shop.paid.length, 1);
    shop.checkout.close();
  });

  it('ends in the middle when the checkout closes', async () => {
    const shop = openShop({ reconcileEvery: minute });
    for (let at = 0; at < 12; at += 1) await shop.order({ reference: `cart-${at}` });
    const held = Array.from({ length: 4 }, () => shop.payby.hold('getOrder'));
    await shop.clock.pass(5 * second);
    await Promise.all(held.map(({ arrived }) => arrived));
    shop.checkout.close();
    for (const { release } of held) release();
    await shop.quiet();
    assert.equal(shop.payby.count('getOrder'), 4);
    assert.equal(shop.clock.timers, 0);
  });
});
