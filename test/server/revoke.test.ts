import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OrderError, PaybyError, PaybyUnknownError } from '../../src/server/index.ts';
import { second } from './support/fake-clock.ts';
import { broken, lost } from './support/open-client.ts';
import { openPaidShop, openShop, type Shop } from './support/shop.ts';

const heard = (shop: Shop) =>
  shop.refunded.map(({ order, refund }) => [order.status, refund?.amount, refund?.revoke]);

const revokeOf = async (shop: Shop, id: string) =>
  (await shop.store.get(id))?.refunds?.find(({ revoke }) => revoke);

describe('revoking', () => {
  it('an order that nobody paid cancels it', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    assert.equal((await shop.checkout.revoke(id)).status, 'cancelled');
    await shop.quiet();
    assert.deepEqual([shop.ended.length, shop.refunded.length], [1, 0]);
    assert.equal(shop.payby.orders.get(id)?.status, 'FAILURE');
    assert.deepEqual(await shop.store.unsettled(10), []);
  });

  it('a paid order returns its money, and onRefunded hears once', async () => {
    for (const status of ['PAID_SUCCESS', 'SETTLED']) {
      const { shop, id } = await openPaidShop();
      Object.assign(shop.payby.orders.get(id) ?? {}, { status });
      assert.equal((await shop.checkout.revoke(id)).status, 'refunded');
      await shop.quiet();
      const reversal = shop.payby.notification(id);
      assert.equal((await shop.notify(reversal)).status, 200);
      await shop.checkout.reconcile();
      assert.deepEqual(heard(shop), [['refunded', '12.34', true]]);
      assert.deepEqual(shop.codes(), []);
      assert.deepEqual(await shop.store.unsettled(10), []);
    }
  });

  it('an order that was partly refunded returns the rest', async () => {
    const { shop, id } = await openPaidShop();
    await shop.checkout.refund(id, '2.34');
    assert.equal((await shop.checkout.revoke(id)).status, 'refunded');
    await shop.quiet();
    assert.deepEqual(heard(shop).at(-1), ['refunded', '10.00', true]);
  });

  it('an order that turns out to be paid returns its money, and the shop never hears paid', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.payby.pay(id);
    assert.equal((await shop.checkout.revoke(id)).status, 'refunded');
    await shop.quiet();
    assert.deepEqual([shop.paid.length, heard(shop)], [0, [['refunded', '12.34', true]]]);
    assert.deepEqual(shop.codes(), []);
  });

  it('an order that turns out to be paid, and is refused, is told as paid', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.payby.pay(id);
    shop.payby.refuse('revokeOrder', '62046', 'REVOKE_REJECTED');
    await assert.rejects(shop.checkout.revoke(id), PaybyError);
    await shop.quiet();
    assert.equal(shop.paid.length, 1);
  });

  it('twice, or an order that is over, asks PayBy once', async () => {
    const { shop, id } = await openPaidShop();
    await Promise.all([shop.checkout.revoke(id), shop.checkout.revoke(id)]);
    assert.equal((await shop.checkout.revoke(id)).status, 'refunded');
    assert.equal(shop.payby.count('revokeOrder'), 1);
    const other = await shop.order({ reference: '43' });
    await shop.cancel(other.id);
    assert.equal((await shop.checkout.revoke(other.id)).status, 'cancelled');
    assert.equal(shop.payby.count('revokeOrder'), 1);
  });

  it('that PayBy refuses has failed with its code, and may be tried again', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.refuse('revokeOrder', '62046', 'REVOKE_REJECTED');
    await assert.rejects(shop.checkout.revoke(id), PaybyError);
    const revoke = await revokeOf(shop, id);
    assert.deepEqual([revoke?.status, revoke?.failure?.code], ['failed', '62046']);
    assert.equal((await shop.status(id)).status, 'paid');
    assert.deepEqual(await shop.store.unsettled(10), []);
    assert.deepEqual(shop.codes(), ['refund-failed']);
    assert.equal((await shop.checkout.revoke(id)).status, 'refunded');
    await shop.quiet();
    assert.equal(heard(shop).length, 1);
  });

  it('an order nobody knows, or whose money is on its way back, is a mistake', async () => {
    const { shop, id } = await openPaidShop();
    await assert.rejects(shop.checkout.revoke('nobody'), OrderError);
    shop.payby.fault('placeRefund', broken);
    await assert.rejects(shop.checkout.refund(id), PaybyUnknownError);
    await assert.rejects(shop.checkout.revoke(id), /is being refunded/);
    assert.equal(shop.payby.count('revokeOrder'), 0);
  });

  it('leaves nothing to refund while it is under way', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.fault('revokeOrder', broken);
    await assert.rejects(shop.checkout.revoke(id), PaybyUnknownError);
    await assert.rejects(shop.checkout.refund(id, '1'), OrderError);
  });
});

describe('a revocation whose outcome is unknown', () => {
  it('is found out by reconcile when PayBy did it', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.fault('revokeOrder', lost);
    await assert.rejects(shop.checkout.revoke(id), PaybyUnknownError);
    assert.deepEqual(heard(shop), []);
    await shop.checkout.reconcile();
    assert.equal((await shop.status(id)).status, 'refunded');
    assert.deepEqual(heard(shop), [['refunded', '12.34', true]]);
    assert.equal(shop.payby.count('revokeOrder'), 1);
    assert.deepEqual(shop.codes(), ['refund-failed']);
  });

  it('is asked for again by reconcile when PayBy did not do it', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.fault('revokeOrder', broken);
    await assert.rejects(shop.checkout.revoke(id), PaybyUnknownError);
    shop.payby.refuse('getOrder', '500', 'SYSTEM_ERROR');
    await shop.checkout.reconcile();
    assert.equal((await shop.status(id)).status, 'paid');
    await shop.checkout.reconcile();
    assert.equal((await shop.status(id)).status, 'refunded');
    assert.deepEqual(heard(shop), [['refunded', '12.34', true]]);
    assert.deepEqual(shop.codes(), ['refund-failed', 'refund-failed']);
  });

  it('and asked for again is looked up before PayBy is asked twice', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.fault('revokeOrder', lost);
    await assert.rejects(shop.checkout.revoke(id), PaybyUnknownError);
    assert.equal((await shop.checkout.revoke(id)).status, 'refunded');
    assert.equal(shop.payby.count('revokeOrder'), 1);
  });

  it('is told by a notification, too', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.fault('revokeOrder', lost);
    await assert.rejects(shop.checkout.revoke(id), PaybyUnknownError);
    assert.equal((await shop.notify(shop.payby.notification(id))).status, 200);
    assert.deepEqual(heard(shop), [['refunded', '12.34', true]]);
  });

  it('is told by the notification of a refund PayBy made of it, under PayBy’s number', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.fault('revokeOrder', lost);
    await assert.rejects(shop.checkout.revoke(id), PaybyUnknownError);
    const amount = { amount: 12.34, currency: 'AED' };
    const refund = { refundMerchantOrderNo: 'P1', originMerchantOrderNo: id, amount, orderNo: '7' };
    shop.payby.refunds.set('P1', { ...refund, status: 'SUCCESS' });
    const text = shop.payby.refundNotification('P1');
    assert.equal((await shop.notify(text)).status, 200);
    assert.equal((await shop.notify(shop.payby.notification(id))).status, 200);
    await shop.checkout.reconcile();
    assert.equal((await shop.notify(text)).status, 200);
    assert.deepEqual(heard(shop), [['refunded', '12.34', true]]);
    assert.deepEqual(await shop.store.unsettled(10), []);
    assert.deepEqual(shop.codes(), ['refund-failed']);
  });

  it('of an order nobody paid is followed until it is cancelled', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.payby.fault('cancelOrder', broken);
    await assert.rejects(shop.checkout.revoke(id), PaybyUnknownError);
    await shop.pass(3 * second);
    assert.equal((await shop.store.get(id))?.status, 'cancelled');
    assert.equal(shop.clock.timers, 0);
  });

  it('is asked for by one process at a time', async () => {
    const { shop, id } = await openPaidShop();
    const other = openShop({}, shop.world);
    const { arrived, release } = shop.payby.hold('revokeOrder');
    const first = shop.checkout.revoke(id);
    await arrived;
    assert.equal((await other.checkout.revoke(id)).status, 'paid');
    await other.checkout.reconcile();
    release();
    assert.equal((await first).status, 'refunded');
    assert.equal(shop.payby.count('revokeOrder'), 1);
  });
});
