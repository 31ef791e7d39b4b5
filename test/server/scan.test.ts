import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hour, minute, second, start } from './support/fake-clock.ts';
import { openShop, type Shop } from './support/shop.ts';

/** What was asked of PayBy after placeOrder, with the second it was asked in. */
const asked = (shop: Shop) =>
  shop.payby.calls.slice(1).map(({ operation, at }) => `${operation} ${(at - start) / second}`);

async function watchFor(shop: Shop, id: string, ms: number) {
  const events = await shop.events(id);
  await shop.pass(ms);
  await events.cancel();
}

describe('detecting a scan', () => {
  it('is off unless asked for', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.payby.scan(id);
    await watchFor(shop, id, minute);
    assert.equal(shop.payby.count('getCashierUrlInfo'), 0);
    assert.equal((await shop.status(id)).status, 'pending');
  });

  it('takes every second query, so that PayBy is asked once per interval', async () => {
    const shop = openShop({ detectScan: true });
    const { id } = await shop.order();
    await watchFor(shop, id, 12 * second);
    assert.deepEqual(asked(shop), [
      'getCashierUrlInfo 3',
      'getOrder 6',
      'getCashierUrlInfo 9',
      'getOrder 12',
    ]);
  });

  it('does so over two processes, too', async () => {
    const shop = openShop({ detectScan: true });
    const other = openShop({ detectScan: true }, shop.world);
    const { id } = await shop.order();
    const events = [await shop.events(id), await other.events(id)];
    await shop.pass(12 * second);
    for (const each of events) await each.cancel();
    assert.deepEqual(asked(shop), [
      'getCashierUrlInfo 3',
      'getOrder 6',
      'getCashierUrlInfo 9',
      'getOrder 12',
    ]);
  });

  it('makes the order scanned, with the number as PayBy masks it, and asks no more', async () => {
    const shop = openShop({ detectScan: true });
    const { id } = await shop.order();
    const events = await shop.events(id);
    assert.equal((await events.next())?.status, 'pending');
    shop.payby.scan(id);
    await shop.pass(3 * second);
    const order = await events.next();
    assert.equal(order?.status, 'scanned');
    assert.deepEqual(order?.payer, { mobileNumberMask: '+971-58*92' });
    assert.ok(order?.tokenUrl);
    await shop.pass(9 * second);
    assert.deepEqual(asked(shop), [
      'getCashierUrlInfo 3',
      'getOrder 6',
      'getOrder 9',
      'getOrder 12',
    ]);
    assert.equal((await shop.status(id)).status, 'scanned');
    await events.cancel();
  });

  it('does not keep a payment waiting longer than one more interval', async () => {
    const shop = openShop({ detectScan: true });
    const { id } = await shop.order();
    const events = await shop.events(id);
    await events.next();
    shop.payby.scan(id);
    shop.payby.pay(id);
    await shop.pass(6 * second);
    assert.equal((await events.next())?.status, 'scanned');
    assert.equal((await events.next())?.status, 'paid');
    assert.equal(shop.paid.length, 1);
  });

  it('that comes after the payment was notified does not take it back', async () => {
    const shop = openShop({ detectScan: true });
    const { id } = await shop.order();
    await shop.pass(3 * second);
    const { arrived, release } = shop.payby.hold('getCashierUrlInfo');
    const retrieved = shop.checkout.retrieve(id);
    await arrived;
    shop.payby.scan(id);
    shop.payby.pay(id);
    assert.equal((await shop.notify(shop.payby.notification(id))).status, 200);
    release();
    assert.equal((await retrieved)?.status, 'paid');
    assert.equal((await shop.status(id)).status, 'paid');
  });

  it('that finds nobody answers the order as it is by then', async () => {
    const shop = openShop({ detectScan: true });
    const { id } = await shop.order();
    await shop.pass(3 * second);
    const { arrived, release } = shop.payby.hold('getCashierUrlInfo');
    const retrieved = shop.checkout.retrieve(id);
    await arrived;
    shop.payby.pay(id);
    assert.equal((await shop.notify(shop.payby.notification(id))).status, 200);
    release();
    assert.equal((await retrieved)?.status, 'paid');
  });

  it('bears a code PayBy does not know, and asks no second time in that interval', async () => {
    const shop = openShop({ detectScan: true });
    const { id } = await shop.order();
    shop.payby.refuse('getCashierUrlInfo', '62082', 'TOKEN_URL_NOT_EXIST');
    shop.payby.pay(id);
    await watchFor(shop, id, 6 * second);
    assert.deepEqual(asked(shop), ['getCashierUrlInfo 3', 'getOrder 6']);
    assert.equal((await shop.status(id)).status, 'paid');
    assert.deepEqual(shop.codes(), []);
  });

  it('that fails is reported as a query that failed', async () => {
    const shop = openShop({ detectScan: true });
    const { id } = await shop.order();
    shop.payby.refuse('getCashierUrlInfo', '403', 'UNAUTHORIZED');
    await watchFor(shop, id, 6 * second);
    assert.deepEqual(shop.codes(), ['query-failed']);
    assert.deepEqual(asked(shop), ['getCashierUrlInfo 3', 'getOrder 6']);
  });

  it('ends with the order’s time: from then on only the order counts', async () => {
    const shop = openShop({ detectScan: true });
    const { id } = await shop.order();
    await shop.pass(hour / 2);
    await shop.status(id);
    assert.deepEqual(asked(shop), ['getOrder 1800']);
  });

  it('leaves a scanned order to be paid, cancelled or expired like any other', async () => {
    const shop = openShop({ detectScan: true });
    const { id } = await shop.order();
    shop.payby.scan(id);
    await shop.pass(3 * second);
    assert.equal((await shop.status(id)).status, 'scanned');
    assert.equal((await shop.order()).id, id);
    await shop.cancel(id);
    assert.equal((await shop.status(id)).status, 'cancelled');
  });
});
