import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CheckoutRefusal, type OrderRecord } from '../../src/server/index.ts';
import { hour, minute, second } from './support/fake-clock.ts';
import { openShop, problemOf, type Shop } from './support/shop.ts';

/** A promise and what settles it. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** An order of the shop that was paid, and the notification that says so. */
async function paidOrder(shop: Shop) {
  const { id } = await shop.order();
  shop.payby.pay(id);
  return { id, text: shop.payby.notification(id) };
}

describe('onFailed', () => {
  it('hears of an order that was cancelled, expired or failed, once', async () => {
    const shop = openShop();
    const cancelled = await shop.order({ reference: '1' });
    const failed = await shop.order({ reference: '2' });
    const expired = await shop.order({ reference: '3' });
    await shop.cancel(cancelled.id);
    Object.assign(shop.payby.orders.get(failed.id) ?? {}, { status: 'FAILURE', failCode: 'RISK' });
    await shop.pass(3 * second);
    await shop.status(failed.id);
    await shop.pass(hour / 2 + 30 * second);
    await shop.status(expired.id);
    await shop.quiet();
    const said = shop.ended.map(({ id, status }) => [id, status]);
    assert.deepEqual(said, [
      [cancelled.id, 'cancelled'],
      [failed.id, 'failed'],
      [expired.id, 'expired'],
    ]);
    assert.deepEqual(await shop.store.unsettled(10), []);
    await shop.checkout.reconcile();
    assert.equal(shop.ended.length, 3);
  });

  it('hears of an order that PayBy refused to make', async () => {
    const shop = openShop();
    shop.payby.refuse('placeOrder', '62026', 'PRODUCT_IS_NOT_APPLIED');
    await problemOf(await shop.create(), 502);
    await shop.quiet();
    assert.deepEqual(
      shop.ended.map(({ status, failure }) => [status, failure?.code]),
      [['failed', '62026']],
    );
  });

  it('hears nothing of an order that was never made, because the shop refused it', async () => {
    let isSold = false;
    const shop = openShop({
      quote: () => {
        if (isSold) throw new CheckoutRefusal({ status: 409, code: 'sold', message: 'Sold.' });
        return { amount: '12.34', subject: 'Cart' };
      },
    });
    const { id, text } = await paidOrder(shop);
    assert.equal((await shop.notify(text)).status, 200);
    const create = shop.store.create.bind(shop.store);
    shop.store.create = async (record) => {
      isSold = true;
      return create(record);
    };
    await problemOf(await shop.create(), 409);
    await shop.quiet();
    assert.deepEqual([shop.paid.map((order) => order.id), shop.ended], [[id], []]);
    assert.deepEqual(await shop.store.unsettled(10), []);
  });

  it('that throws is called again 10 s later', async () => {
    let calls = 0;
    const shop = openShop({
      onFailed: () => {
        calls += 1;
        if (calls === 1) throw new Error('away');
      },
    });
    const { id } = await shop.order();
    await shop.cancel(id);
    await shop.quiet();
    assert.deepEqual(shop.codes(), ['callback-failed']);
    await shop.pass(10 * second);
    assert.equal(calls, 2);
    assert.equal((await shop.store.get(id))?.told, 'cancelled');
    assert.equal(shop.clock.timers, 0);
  });

  it('is followed by onPaid when the payment comes late', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    await shop.cancel(id);
    await shop.quiet();
    shop.payby.pay(id);
    assert.equal((await shop.notify(shop.payby.notification(id))).status, 200);
    assert.deepEqual([shop.ended.length, shop.paid.length], [1, 1]);
    assert.equal((await shop.store.get(id))?.told, 'paid');
  });

  it('that is still running as a late payment comes is followed by onPaid before SUCCESS', async () => {
    const { opened, open } = gate();
    const shop = openShop({ onFailed: () => opened });
    const { id } = await shop.order();
    await shop.cancel(id);
    shop.payby.pay(id);
    const notified = shop.notify(shop.payby.notification(id));
    await shop.quiet();
    assert.equal(shop.paid.length, 0);
    open();
    assert.equal((await notified).status, 200);
    assert.equal(shop.paid.length, 1);
    assert.equal((await shop.store.get(id))?.told, 'paid');
  });
});

describe('a callback', () => {
  it('that was just over as a payment came does not stand for onPaid: SUCCESS comes after that', async () => {
    const shop = openShop();
    const { opened, open } = gate();
    const { id } = await shop.order();
    const release = shop.store.release.bind(shop.store);
    shop.store.release = async (...args) => {
      await opened;
      return release(...args);
    };
    await shop.cancel(id);
    await shop.quiet();
    assert.equal(shop.ended.length, 1);
    shop.payby.pay(id);
    const notified = shop.notify(shop.payby.notification(id));
    await shop.quiet();
    open();
    assert.equal((await notified).status, 200);
    assert.equal(shop.paid.length, 1);
  });

  it('is run by one process at a time, and the other waits for its word', async () => {
    const { opened, open } = gate();
    const one = openShop({ onPaid: () => opened });
    const other = openShop({}, one.world);
    const { text } = await paidOrder(one);
    const first = one.notify(text);
    await one.quiet();
    let answered = false;
    const again = other.notify(text).finally(() => {
      answered = true;
    });
    await one.quiet();
    assert.equal(answered, false);
    open();
    assert.deepEqual([(await first).status, (await again).status], [200, 200]);
    assert.equal(other.paid.length, 0);
  });

  it('of a process that died runs again in another, once its time is over', async () => {
    const dead = openShop({ onPaid: () => new Promise(() => {}) });
    const other = openShop({}, dead.world);
    const { id, text } = await paidOrder(dead);
    void dead.notify(text);
    await dead.quiet();
    dead.checkout.close();
    const waited = other.notify(text);
    await other.pass(30 * second);
    await problemOf(await waited, 500);
    assert.equal((await other.notify(text)).status, 200);
    assert.equal(other.paid.length, 1);
    assert.equal((await other.store.get(id))?.told, 'paid');
  });

  it('may take as long as callbackTimeout says', async () => {
    const shop = openShop({ onPaid: () => new Promise(() => {}), callbackTimeout: 2 * second });
    const { text } = await paidOrder(shop);
    const notified = shop.notify(text);
    await shop.pass(2 * second);
    await problemOf(await notified, 500);
  });

  it('has all of that time, also after another one', async () => {
    const payment = gate();
    const refund = gate();
    const shop = openShop({ onPaid: () => payment.opened, onRefunded: () => refund.opened });
    const { id, text } = await paidOrder(shop);
    const notified = shop.notify(text);
    await shop.quiet();
    await shop.checkout.refund(id, '2');
    await shop.pass(20 * second);
    payment.open();
    await shop.pass(20 * second);
    refund.open();
    assert.equal((await notified).status, 200);
    assert.deepEqual(shop.codes(), []);
  });

  it('that ends after its time is noted, but not over what came since', async () => {
    const slow = gate();
    let calls = 0;
    const shop = openShop({
      onPaid: () => {
        calls += 1;
        return calls === 1 ? slow.opened : undefined;
      },
    });
    const { id, text } = await paidOrder(shop);
    const notified = shop.notify(text);
    await shop.pass(30 * second);
    await problemOf(await notified, 500);
    assert.equal((await shop.notify(text)).status, 200);
    await shop.checkout.refund(id);
    await shop.quiet();
    slow.open();
    await shop.quiet();
    await shop.checkout.reconcile();
    assert.equal((await shop.store.get(id))?.told, 'refunded');
    assert.deepEqual([calls, shop.refunded.length], [2, 1]);
  });

  it('may retrieve, cancel, refund and revoke its own order', async () => {
    const seen: unknown[] = [];
    const shop = openShop({
      onPaid: async ({ id }) => {
        seen.push((await shop.checkout.retrieve(id))?.status);
        seen.push((await shop.checkout.cancel(id))?.status);
        seen.push((await shop.checkout.refund(id, '2')).order.status);
        seen.push((await shop.checkout.revoke(id)).status);
      },
    });
    const { text } = await paidOrder(shop);
    assert.equal((await shop.notify(text)).status, 200);
    await shop.quiet();
    assert.deepEqual(seen, ['paid', 'paid', 'paid', 'refunded']);
    assert.deepEqual(
      shop.refunded.map(({ order, refund }) => [order.status, refund?.amount]),
      [
        ['refunded', '2.00'],
        ['refunded', '10.34'],
      ],
    );
    assert.deepEqual(shop.codes(), []);
  });

  it('may reconcile', async () => {
    const shop = openShop({ onPaid: () => shop.checkout.reconcile() });
    const { id, text } = await paidOrder(shop);
    const answer = shop.notify(text);
    await shop.quiet();
    assert.equal((await shop.store.get(id))?.told, 'paid');
    assert.equal((await answer).status, 200);
    assert.deepEqual(shop.codes(), []);
  });

  it('hears the order as it is in the store', async () => {
    let told: OrderRecord | undefined;
    const shop = openShop({
      onPaid: async (order) => {
        told = await shop.store.get(order.id);
        assert.deepEqual(told, order);
      },
    });
    const { text } = await paidOrder(shop);
    assert.equal((await shop.notify(text)).status, 200);
    assert.deepEqual([told?.status, told?.told], ['paid', undefined]);
  });

  it('that the end of a process kept from being called is called by reconcile elsewhere', async () => {
    const dead = openShop();
    const { id, text } = await paidOrder(dead);
    const claim = dead.store.claim.bind(dead.store);
    dead.store.claim = () => new Promise(() => {});
    void dead.notify(text);
    await dead.quiet();
    dead.checkout.close();
    dead.store.claim = claim;
    const other = openShop({}, dead.world);
    assert.equal((await other.store.get(id))?.status, 'paid');
    const { settled } = await other.checkout.reconcile();
    assert.deepEqual([settled, other.paid.length], [1, 1]);
  });

  it('leaves no listener in the store when another process was waited for', async () => {
    const dead = openShop({ onPaid: () => new Promise(() => {}) });
    const other = openShop({}, dead.world);
    let listeners = 0;
    const { opened, open } = gate();
    const subscribe = other.store.subscribe.bind(other.store);
    other.store.subscribe = async (...args) => {
      await opened;
      const stop = await subscribe(...args);
      listeners += 1;
      return () => {
        listeners -= 1;
        stop();
      };
    };
    const { text } = await paidOrder(dead);
    void dead.notify(text);
    await dead.quiet();
    dead.checkout.close();
    const waited = other.notify(text);
    await other.pass(minute / 2);
    await problemOf(await waited, 500);
    open();
    await other.quiet();
    assert.equal(listeners, 0);
  });
});
