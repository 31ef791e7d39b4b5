import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { signText } from './support/fake-payby.ts';
import { keys, openPaidShop, openShop, problemOf, type Shop } from './support/shop.ts';

/** A refund that somebody made in PayBy's portal, as PayBy has it. */
function portalRefund(shop: Shop, id: string, amount: number, number = 'P1') {
  const originOrderNo = shop.payby.orders.get(id)?.orderNo;
  shop.payby.refunds.set(number, {
    refundMerchantOrderNo: number,
    orderNo: `1914054061130${number}`,
    originMerchantOrderNo: id,
    originOrderNo,
    amount: { amount, currency: 'AED' },
    status: 'SUCCESS',
  });
  return shop.payby.refundNotification(number);
}

const heard = (shop: Shop) =>
  shop.refunded.map(({ order, refund }) => [order.status, refund?.amount]);

async function assertSuccess(response: Response) {
  assert.equal(response.status, 200, await response.clone().text());
  assert.deepEqual(await response.json(), { response: 'SUCCESS' });
}

describe('a notification of a refund', () => {
  it('that was made in PayBy’s portal is kept and told', async () => {
    const { shop, id } = await openPaidShop();
    await assertSuccess(await shop.notify(portalRefund(shop, id, 2.34)));
    assert.deepEqual(heard(shop), [['paid', '2.34']]);
    await assertSuccess(await shop.notify(portalRefund(shop, id, 10, 'P2')));
    assert.deepEqual(heard(shop).at(-1), ['refunded', '10.00']);
    assert.equal((await shop.status(id)).status, 'refunded');
    assert.deepEqual(shop.codes(), []);
  });

  it('leaves less for the shop to refund', async () => {
    const { shop, id } = await openPaidShop();
    await assertSuccess(await shop.notify(portalRefund(shop, id, 12)));
    await assert.rejects(shop.checkout.refund(id, '1'), /can be refunded 0\.34 AED/);
  });

  it('that comes again, also five at once, is SUCCESS and told once', async () => {
    const { shop, id } = await openPaidShop();
    const text = portalRefund(shop, id, 2);
    for (const response of await Promise.all(Array.from({ length: 5 }, () => shop.notify(text)))) {
      await assertSuccess(response);
    }
    await assertSuccess(await shop.notify(text));
    assert.deepEqual(heard(shop), [['paid', '2.00']]);
  });

  it('that is still under way elsewhere waits for its success', async () => {
    const { shop, id } = await openPaidShop();
    const text = portalRefund(shop, id, 2);
    await assertSuccess(await shop.notify(text.replace('SUCCESS', 'CREATED')));
    await assertSuccess(await shop.notify(text.replace('SUCCESS', 'FAILURE')));
    assert.deepEqual((await shop.store.get(id))?.refunds, undefined);
    assert.deepEqual(heard(shop), []);
  });

  it('that it succeeded counts even after it was called failed', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.refuse('placeRefund', '62045', 'REFUND_REJECTED');
    await assert.rejects(shop.checkout.refund(id, '2', { id: 'R1' }));
    await assertSuccess(await shop.notify(portalRefund(shop, id, 2, 'R1')));
    const [refund] = (await shop.store.get(id))?.refunds ?? [];
    assert.deepEqual([refund?.status, refund?.failure], ['succeeded', undefined]);
    assert.deepEqual(heard(shop), [['paid', '2.00']]);
  });

  it('with a wrong signature is 401, and nothing changes', async () => {
    const { shop, id } = await openPaidShop();
    const text = portalRefund(shop, id, 2);
    const forged = signText(text, keys.merchant.privatePem);
    assert.equal((await problemOf(await shop.notify(text, forged), 401)).code, 'signature-invalid');
    assert.deepEqual((await shop.store.get(id))?.refunds, undefined);
    assert.deepEqual(shop.codes(), ['notification-refused']);
  });

  it('that does not fit the order is 422 and reported, and nothing changes', async () => {
    const { shop, id } = await openPaidShop();
    await shop.checkout.refund(id, '2', { id: 'R1' });
    const known = shop.payby.refundNotification('R1');
    const strange = portalRefund(shop, id, 2);
    for (const text of [
      strange.replace('"amount":2', '"amount":10.35'),
      strange.replace('AED', 'USD'),
      strange.replace('"originOrderNo":"13', '"originOrderNo":"99'),
      known.replace('"amount":2', '"amount":3'),
    ]) {
      const problem = await problemOf(await shop.notify(text), 422);
      assert.equal(problem.code, 'notification-mismatch', text);
      assert.equal(shop.codes().at(-1), 'refund-mismatch');
    }
    assert.equal((await shop.store.get(id))?.refunds?.length, 1);
    assert.equal((await shop.status(id)).status, 'paid');
  });

  it('that cannot be read, or names no order, is 400', async () => {
    const { shop, id } = await openPaidShop();
    const text = portalRefund(shop, id, 2);
    for (const bad of [
      text.replace('"originMerchantOrderNo"', '"origin"'),
      text.replace('"amount":2', '"amount":2.005'),
      text.replace('"amount":2', '"amount":-2'),
    ]) {
      assert.equal((await problemOf(await shop.notify(bad), 400)).code, 'notification-invalid');
    }
    assert.deepEqual(new Set(shop.codes()), new Set(['notification-refused']));
  });

  it('that says less than is known is 409, and a failure after the success is a conflict', async () => {
    const { shop, id } = await openPaidShop();
    const text = portalRefund(shop, id, 2);
    await assertSuccess(await shop.notify(text));
    for (const status of ['CREATED', 'FAILURE']) {
      const response = await shop.notify(text.replace('SUCCESS', status));
      assert.equal((await problemOf(response, 409)).code, 'notification-outdated');
    }
    assert.deepEqual(shop.codes(), [
      'notification-refused',
      'status-conflict',
      'notification-refused',
    ]);
    assert.equal((await shop.store.get(id))?.refunds?.[0]?.status, 'succeeded');
  });

  it('of an order nobody heard was paid asks PayBy first, and tells the payment before it', async () => {
    const told: string[] = [];
    const shop = openShop({
      onPaid: () => told.push('paid'),
      onRefunded: (_, refund) => told.push(`refunded ${refund?.amount}`),
    });
    const { id } = await shop.order();
    shop.payby.pay(id);
    await assertSuccess(await shop.notify(portalRefund(shop, id, 2)));
    assert.deepEqual(told, ['paid', 'refunded 2.00']);
  });

  it('over all of an order nobody heard was paid is told as a refund alone', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.payby.pay(id);
    await assertSuccess(await shop.notify(portalRefund(shop, id, 12.34)));
    assert.deepEqual(heard(shop), [['refunded', '12.34']]);
    assert.equal(shop.paid.length, 0);
    assert.deepEqual(await shop.store.unsettled(10), []);
  });

  it('of an order that was given up asks PayBy, too: it was paid after all', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    await shop.cancel(id);
    shop.payby.pay(id);
    await assertSuccess(await shop.notify(portalRefund(shop, id, 2)));
    const record = await shop.store.get(id);
    assert.deepEqual([record?.status, record?.refunds?.length], ['paid', 1]);
    assert.equal(shop.paid.length, 1);
    assert.deepEqual(heard(shop), [['paid', '2.00']]);
    assert.deepEqual(shop.codes(), ['paid-after-close']);
  });

  it('of an order that PayBy itself does not call paid is 422', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    await problemOf(await shop.notify(portalRefund(shop, id, 2)), 422);
    assert.deepEqual(shop.codes(), ['refund-mismatch']);
    assert.equal((await shop.status(id)).status, 'pending');
  });

  it('while PayBy cannot be asked about its order is 503, so that it comes again', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.payby.pay(id);
    shop.payby.refuse('getOrder', '500', 'SYSTEM_ERROR');
    const text = portalRefund(shop, id, 2);
    await problemOf(await shop.notify(text), 503);
    await assertSuccess(await shop.notify(text));
    assert.deepEqual(heard(shop), [['paid', '2.00']]);
  });

  it('learns of the payment even when the refund does not fit, and tells it', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.payby.pay(id);
    await problemOf(await shop.notify(portalRefund(shop, id, 20)), 422);
    await shop.quiet();
    assert.equal(shop.paid.length, 1);
  });

  it('after the order was taken back as a whole is not told a second time', async () => {
    const { shop, id } = await openPaidShop();
    await assertSuccess(await shop.notify(shop.payby.notification(id, { revoked: 'true' })));
    await assertSuccess(await shop.notify(portalRefund(shop, id, 12.34)));
    assert.deepEqual(heard(shop), [['refunded', undefined]]);
  });

  it('does not make a replayed payment anything but known', async () => {
    const { shop, id } = await openPaidShop();
    const payment = shop.payby.notification(id);
    await shop.checkout.refund(id);
    await assertSuccess(await shop.notify(payment));
    assert.equal((await shop.status(id)).status, 'refunded');
    assert.equal(shop.paid.length, 1);
    assert.deepEqual(shop.codes(), []);
  });
});

describe('onRefunded', () => {
  it('that throws is 500 to PayBy, and is called again until it took the refund', async () => {
    let failures = 2;
    const amounts: unknown[] = [];
    const { shop, id } = await openPaidShop({
      onRefunded: (_, refund) => {
        if (failures-- > 0) throw new Error('the ledger is away');
        amounts.push(refund?.amount);
      },
    });
    const text = portalRefund(shop, id, 2);
    const problem = await problemOf(await shop.notify(text), 500);
    assert.equal(problem.code, 'notification-not-taken');
    await problemOf(await shop.notify(text), 500);
    await assertSuccess(await shop.notify(text));
    assert.deepEqual(amounts, ['2.00']);
    assert.deepEqual(shop.codes(), ['callback-failed', 'callback-failed']);
    assert.equal(shop.clock.timers, 0);
  });

  it('hears that the whole order was taken back also when a part was refunded, and not told, before', async () => {
    let isAway = true;
    const told: unknown[] = [];
    const { shop, id } = await openPaidShop({
      onRefunded: ({ status }, refund) => {
        if (isAway) throw new Error('the ledger is away');
        told.push([status, refund?.amount]);
      },
    });
    await problemOf(await shop.notify(portalRefund(shop, id, 2)), 500);
    isAway = false;
    await assertSuccess(await shop.notify(shop.payby.notification(id, { revoked: 'true' })));
    assert.deepEqual(told, [
      ['refunded', '2.00'],
      ['refunded', undefined],
    ]);
  });

  it('that is not there leaves nothing unsettled', async () => {
    const { shop, id } = await openPaidShop({ onRefunded: undefined, onFailed: undefined });
    await shop.checkout.refund(id, '2');
    await assertSuccess(await shop.notify(portalRefund(shop, id, 3)));
    await shop.checkout.refund(id);
    const other = await shop.order({ reference: '43' });
    await shop.cancel(other.id);
    assert.deepEqual(await shop.store.unsettled(10), []);
    assert.equal(shop.clock.timers, 0);
  });
});
