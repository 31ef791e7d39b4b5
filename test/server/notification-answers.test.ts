import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { signText } from './support/fake-payby.ts';
import { keys, openPaidShop, openShop, problemOf, type Shop } from './support/shop.ts';

/** A refund of 2 AED that somebody made in PayBy's portal, as PayBy tells of it. */
function portalRefund(shop: Shop, id: string): string {
  shop.payby.refunds.set('P1', {
    refundMerchantOrderNo: 'P1',
    orderNo: '1914054061130P1',
    originMerchantOrderNo: id,
    originOrderNo: shop.payby.orders.get(id)?.orderNo,
    amount: { amount: 2, currency: 'AED' },
    status: 'SUCCESS',
  });
  return shop.payby.refundNotification('P1');
}

describe('a notification that is refused says why', () => {
  it('to PayBy, whose people read it, and to the shop, with the number of the order', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.payby.pay(id);
    const text = shop.payby.notification(id);
    const sign = signText(text, keys.payby.privatePem);
    const withPartner = (partner: string) =>
      shop.send('/notify', {
        method: 'POST',
        body: text,
        headers: { sign, 'partner-id': partner },
      });
    const cases: [() => Promise<Response>, number, string][] = [
      [
        () => shop.notify(text, 'AAAA'),
        401,
        'The header "sign" is not PayBy\'s signature of these bytes. Does something between PayBy and here parse and rewrite the body?',
      ],
      [() => withPartner('1'), 401, 'The header "Partner-Id" names another merchant.'],
      [
        () => shop.notify(`{"padding":"${'x'.repeat(256 * 1024)}"}`),
        413,
        'A notification has at most 256 kB.',
      ],
      [() => shop.notify(text.replaceAll(id, 'M1')), 404, 'There is no such order.'],
      [() => shop.notify('{}'), 400, 'notification has not one of acquireOrder and refundOrder'],
      [
        () => shop.notify('{"acquireOrder":{},"refundOrder":{}}'),
        400,
        'notification has not one of acquireOrder and refundOrder',
      ],
      [() => shop.notify('null'), 400, 'notification: expected Object, got null'],
      [
        () => shop.notify('{"acquireOrder":{"merchantOrderNo":5}}'),
        400,
        'notification.acquireOrder.merchantOrderNo: expected string, got 5',
      ],
    ];
    for (const [post, status, detail] of cases) {
      shop.anomalies.length = 0;
      assert.equal((await problemOf(await post(), status)).detail, detail);
      assert.deepEqual(
        shop.anomalies.map(({ code, message, orderId }) => [code, message, orderId]),
        [
          [
            'notification-refused',
            `notification refused with ${status}: ${detail}`,
            status === 404 ? 'M1' : undefined,
          ],
        ],
      );
    }
    assert.equal((await shop.store.get(id))?.status, 'pending');
  });

  it('in no more words than fit, whatever the body says', async () => {
    const shop = openShop();
    const { detail } = await problemOf(await shop.notify(`"${'x'.repeat(1000)}`), 400);
    assert.ok(typeof detail === 'string' && detail.length > 0 && detail.length <= 300, `${detail}`);
    const long = `{"refundOrder":${'['.repeat(400)}${']'.repeat(400)}}`;
    assert.ok(String((await problemOf(await shop.notify(long), 400)).detail).length <= 300);
  });

  it('when it does not match what was asked for, or comes too late', async () => {
    const { shop, id } = await openPaidShop();
    const total = { totalAmount: { amount: 1, currency: 'AED' } };
    const odd = await problemOf(await shop.notify(shop.payby.notification(id, total)), 422);
    assert.equal(odd.detail, 'What this notification says is not what was asked for.');
    const created = shop.payby.notification(id, { status: 'CREATED' });
    const late = await problemOf(await shop.notify(created), 409);
    assert.equal(late.detail, 'The order is paid; this notification says less than that.');
    const refund = portalRefund(shop, id);
    assert.equal((await shop.notify(refund)).status, 200);
    const failed = refund.replace('"SUCCESS"', '"FAILURE"');
    const over = await problemOf(await shop.notify(failed), 409);
    assert.equal(over.detail, 'The refund has ended otherwise.');
    const nameless = refund.replace('"originMerchantOrderNo"', '"origin"');
    assert.equal(
      (await problemOf(await shop.notify(nameless), 400)).detail,
      'notification.refundOrder names no originMerchantOrderNo',
    );
  });

  it('when the shop could not take it', async () => {
    const shop = openShop({ onPaid: () => Promise.reject(new Error('no')) });
    const { id } = await shop.order();
    shop.payby.pay(id);
    const problem = await problemOf(await shop.notify(shop.payby.notification(id)), 500);
    assert.equal(problem.code, 'notification-not-taken');
    assert.equal(problem.detail, 'The shop could not take this yet. Send this notification again.');
  });
});

describe('a notification of a refund', () => {
  it('of an order that is known to be paid asks PayBy nothing', async () => {
    const { shop, id } = await openPaidShop();
    assert.equal((await shop.notify(portalRefund(shop, id))).status, 200);
    assert.equal(shop.payby.count('getOrder'), 0);
    assert.equal((await shop.store.get(id))?.refunds?.length, 1);
  });

  it('that does not fit, of an order the shop has, tells the shop nothing again', async () => {
    const { shop, id } = await openPaidShop();
    const odd = portalRefund(shop, id).replace('"amount":2', '"amount":20');
    await problemOf(await shop.notify(odd), 422);
    await shop.quiet();
    assert.equal(shop.paid.length, 1);
    assert.deepEqual(shop.refunded, []);
  });
});
