import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { hour, minute, second } from './support/fake-clock.ts';
import { refusal } from './support/fake-payby.ts';
import { openShop, orderOf, type Shop } from './support/shop.ts';

const watchers = (shop: Shop, id: string, count: number) =>
  Promise.all(Array.from({ length: count }, () => shop.events(id)));

describe('two processes with one store', () => {
  for (const count of [1, 100]) {
    it(`ask PayBy once per interval for ${count} watchers each`, async () => {
      const one = openShop();
      const other = openShop({}, one.world);
      const { id } = await one.order();
      const events = [await watchers(one, id, count), await watchers(other, id, count)].flat();
      await one.pass(27 * second);
      assert.equal(one.payby.count('getOrder'), 9);
      for (const each of events) await each.cancel();
      await one.pass(10 * second);
      assert.equal(one.payby.count('getOrder'), 9);
      assert.equal(one.clock.timers, 0);
    });
  }

  it('tell each other’s pages of a payment, and the shop once', async () => {
    const one = openShop();
    const other = openShop({}, one.world);
    const { id } = await one.order();
    const events = await other.events(id);
    assert.equal((await events.next())?.status, 'pending');
    one.payby.pay(id);
    assert.equal((await one.notify(one.payby.notification(id))).status, 200);
    assert.equal((await events.next())?.status, 'paid');
    assert.equal(await events.next(), undefined);
    assert.deepEqual([one.paid.length, other.paid.length], [1, 0]);
  });

  it('that are notified, queried and reconciled at once tell the shop once', async () => {
    const one = openShop();
    const other = openShop({}, one.world);
    const { id } = await one.order();
    one.payby.pay(id);
    const text = one.payby.notification(id);
    await one.pass(3 * second);
    const [first, again] = await Promise.all([
      one.notify(text),
      other.notify(text),
      one.checkout.retrieve(id),
      other.checkout.retrieve(id),
      one.checkout.reconcile(),
      other.checkout.reconcile(),
    ]);
    assert.deepEqual([first.status, again.status], [200, 200]);
    assert.equal(one.paid.length + other.paid.length, 1);
    assert.deepEqual(one.codes().concat(other.codes()), []);
  });

  it('have one order to be paid per cart', async () => {
    const one = openShop();
    const other = openShop({}, one.world);
    const orders = await Promise.all([one.order(), other.order(), one.order(), other.order()]);
    assert.equal(new Set(orders.map(({ id }) => id)).size, 1);
    assert.equal(one.payby.orders.size, 1);
  });

  it('call an order cancelled that one cancels while the other queries it', async () => {
    const one = openShop();
    const other = openShop({}, one.world);
    const { id } = await one.order();
    await one.pass(3 * second);
    const query = one.payby.hold('getOrder');
    const queried = other.status(id);
    await query.arrived;
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    one.payby.fault('cancelOrder', async (work) => {
      const done = work();
      await asked;
      return done;
    });
    const cancelled = one.cancel(id);
    while (one.payby.count('cancelOrder') === 0) await setImmediate();
    query.release();
    assert.equal((await queried).status, 'cancelled');
    answer();
    assert.equal((await orderOf(await cancelled)).status, 'cancelled');
  });

  it('keep an order that one has placed, although PayBy refuses the other', async () => {
    const one = openShop();
    const other = openShop({}, one.world);
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    one.payby.fault('placeOrder', async () => {
      await asked;
      return one.payby.answer(refusal('403', 'UNAUTHORIZED'));
    });
    const refused = one.order({ key: 'k' });
    while (one.payby.count('placeOrder') === 0) await setImmediate();
    const placed = await other.order({ key: 'k' });
    answer();
    assert.deepEqual(await refused, placed);
    assert.equal((await one.store.get(placed.id))?.status, 'pending');
    assert.deepEqual([one.codes(), one.ended, other.ended], [['place-failed'], [], []]);
  });

  it('that cancel at once both answer that it is cancelled', async () => {
    const one = openShop();
    const other = openShop({}, one.world);
    const { id } = await one.order();
    const answers = await Promise.all([one.cancel(id), other.cancel(id)]);
    for (const answer of answers) assert.equal((await orderOf(answer)).status, 'cancelled');
    await one.quiet();
    assert.equal(one.ended.length + other.ended.length, 1);
  });
});

describe('a process that runs for long', () => {
  it('keeps no timer for orders that are over', async () => {
    const shop = openShop();
    for (let at = 0; at < 20; at += 1) {
      const { id } = await shop.order({ reference: `cart-${at}` });
      if (at % 4 === 0) await shop.cancel(id);
      if (at % 4 === 1) shop.payby.pay(id);
      if (at % 4 === 2) shop.payby.refuse('getOrder', '500', 'SYSTEM_ERROR');
    }
    for (let at = 0; at < 40; at += 1) {
      await shop.pass(minute);
      await shop.checkout.reconcile();
    }
    assert.deepEqual(await shop.store.unsettled(10), []);
    assert.equal(shop.clock.timers, 0);
    assert.deepEqual([shop.paid.length, shop.ended.length], [5, 15]);
  });

  it('leaves no timer and asks nothing after it was closed, whatever was under way', async () => {
    const shop = openShop({
      reconcileEvery: minute,
      onPaid: () => {
        throw new Error('away');
      },
    });
    const paid = await shop.order({ reference: '1' });
    shop.payby.pay(paid.id);
    await shop.notify(shop.payby.notification(paid.id));
    const closing = await shop.order({ reference: '2' });
    shop.payby.refuse('cancelOrder', '500', 'SYSTEM_ERROR');
    await shop.cancel(closing.id);
    shop.payby.refuse('placeOrder', '500', 'SYSTEM_ERROR');
    await shop.create({ reference: '3' });
    await shop.events((await shop.order({ reference: '4' })).id);
    await shop.quiet();
    shop.checkout.close();
    assert.equal(shop.clock.timers, 0);
    const calls = shop.payby.calls.length;
    await shop.pass(hour);
    assert.equal(shop.payby.calls.length, calls);
  });
});
