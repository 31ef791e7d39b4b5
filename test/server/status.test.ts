import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hour, minute, second, start } from './support/fake-clock.ts';
import { openShop, orderOf, problemOf } from './support/shop.ts';

describe('an order’s status', () => {
  it('is queried when it is due, and at most once per interval', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    await shop.pass(2_999);
    await Promise.all(Array.from({ length: 10 }, () => shop.status(id)));
    assert.equal(shop.payby.count('getOrder'), 0);
    await shop.pass(1);
    const orders = await Promise.all(Array.from({ length: 10 }, () => shop.status(id)));
    assert.equal(shop.payby.count('getOrder'), 1);
    assert.deepEqual(new Set(orders.map(({ now }) => now)), new Set([start + 3 * second]));
  });

  it('becomes paid once PayBy says so and the shop took it, and is never queried again', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.payby.pay(id, 10.5);
    await shop.pass(3 * second);
    const order = await shop.status(id);
    assert.deepEqual([order.status, order.tokenUrl, order.bridge], ['paid', undefined, undefined]);
    const [paid] = shop.paid;
    assert.deepEqual(
      [paid?.id, paid?.reference, paid?.amount, paid?.paidAmount, paid?.paidAt],
      [id, '42', '12.34', '10.50', 1795341600000],
    );
    await shop.pass(hour);
    await shop.status(id);
    assert.equal(shop.payby.count('getOrder'), 1);
    assert.equal(shop.paid.length, 1);
  });

  it('does not change for a status nobody knows', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const order = shop.payby.orders.get(id);
    assert.ok(order);
    order.status = 'PAID_MAYBE';
    await shop.pass(3 * second);
    assert.equal((await shop.status(id)).status, 'pending');
    assert.deepEqual(shop.codes(), ['status-unknown']);
    assert.equal(shop.paid.length, 0);
  });

  it('does not change when PayBy’s order is for another amount or currency', async () => {
    for (const totalAmount of [
      { amount: 0.01, currency: 'AED' },
      { amount: 12.34, currency: 'USD' },
    ]) {
      const shop = openShop();
      const { id } = await shop.order();
      shop.payby.pay(id);
      Object.assign(shop.payby.orders.get(id) ?? {}, { totalAmount });
      await shop.pass(3 * second);
      assert.equal((await shop.status(id)).status, 'pending');
      assert.deepEqual(shop.codes(), ['order-mismatch']);
      assert.equal(shop.paid.length, 0);
    }
  });

  it('survives failing queries quietly, and the operator hears of them', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.payby.refuse('getOrder', '500', 'SYSTEM_ERROR');
    shop.payby.refuse('getOrder', '62004', 'MERCHANT_ORDER_NO_NOT_EXIST');
    shop.payby.fault('getOrder', async (work) => new Response(await work().text()));
    shop.payby.pay(id);
    for (let at = 0; at < 3; at += 1) {
      await shop.pass(3 * second);
      assert.equal((await shop.status(id)).status, 'pending');
    }
    assert.deepEqual(shop.codes(), ['query-failed', 'query-failed', 'query-failed']);
    await shop.pass(3 * second);
    assert.equal((await shop.status(id)).status, 'paid');
  });

  it('does not keep a page waiting for a slow PayBy', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    await shop.pass(3 * second);
    const { arrived, release } = shop.payby.hold('getOrder');
    shop.payby.pay(id);
    const asked = shop.status(id);
    await arrived;
    await shop.clock.pass(5 * second);
    assert.equal((await asked).status, 'pending');
    release();
    await shop.quiet();
    assert.equal((await shop.status(id)).status, 'paid');
  });

  it('is answered from what is known when it cannot be queried, and the operator hears why', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    await shop.pass(3 * second);
    shop.store.claim = () => Promise.reject(new Error('database is locked'));
    assert.equal((await shop.status(id)).status, 'pending');
    assert.deepEqual(shop.codes(), ['internal']);
  });

  it('that many ask for while PayBy hangs does not keep a cancel waiting behind them', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    await shop.pass(3 * second);
    const { arrived, release } = shop.payby.hold('getOrder');
    const asked = Array.from({ length: 100 }, () => shop.status(id));
    await arrived;
    const cancelled = shop.cancel(id);
    await shop.quiet();
    await shop.clock.pass(4 * second);
    release();
    assert.equal((await orderOf(await cancelled)).status, 'cancelled');
    await Promise.all(asked);
    assert.equal(shop.payby.count('getOrder'), 1);
  });

  it('says failed with PayBy’s code and without its words', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const failure = { status: 'FAILURE', failCode: 'RISK_FAIL', failDes: 'payer 100000001104' };
    Object.assign(shop.payby.orders.get(id) ?? {}, failure);
    await shop.pass(3 * second);
    const order = await shop.status(id);
    assert.deepEqual([order.status, order.failure], ['failed', { code: 'RISK_FAIL' }]);
    const record = await shop.checkout.retrieve(id);
    assert.equal(record?.failure?.message, 'payer 100000001104');
  });

  it('is refunded when PayBy reversed a payment nobody heard of, and the shop is not told paid', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.payby.pay(id);
    Object.assign(shop.payby.orders.get(id) ?? {}, { status: 'FAILURE', revoked: 'true' });
    await shop.pass(3 * second);
    assert.equal((await shop.status(id)).status, 'refunded');
    assert.equal(shop.paid.length, 0);
  });

  it('of an unknown or impossible id is 404 without a hint', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const ids = [`${id}0`, 'x'.repeat(65), '%E0%A4%A', '..%2F..', 'a%00b', '__proto__'];
    const texts = new Set<string>();
    for (const path of ids.flatMap((bad) => [`/orders/${bad}`, `/orders/${bad}/events`])) {
      const response = await shop.send(path);
      texts.add(await response.clone().text());
      assert.equal((await problemOf(response, 404)).code, 'order-not-found', path);
    }
    await problemOf(await shop.cancel(`${id}0`), 404);
    assert.equal(texts.size, 1);
  });
});

describe('an order that expires', () => {
  it('is queried as it expires, and cancelled 20 s later when PayBy still has it open', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    await shop.pass(hour / 2 - second);
    await shop.status(id);
    await shop.pass(second);
    assert.equal((await shop.status(id)).status, 'pending');
    const operations = () => shop.payby.calls.map(({ operation }) => operation);
    assert.deepEqual(operations(), ['placeOrder', 'getOrder', 'getOrder']);
    await shop.pass(20 * second - 1);
    assert.equal((await shop.status(id)).status, 'pending');
    await shop.pass(3 * second);
    assert.equal((await shop.status(id)).status, 'expired');
    assert.deepEqual(operations().slice(3), ['getOrder', 'getOrder', 'cancelOrder']);
    assert.equal(shop.payby.orders.get(id)?.status, 'FAILURE');
    await shop.pass(minute);
    assert.equal((await shop.status(id)).status, 'expired');
    assert.equal(shop.payby.calls.length, 6);
  });

  it('is expired at once when PayBy expired it, and cancelled all the same 20 s later', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    Object.assign(shop.payby.orders.get(id) ?? {}, { status: 'FAILURE' });
    await shop.pass(hour / 2);
    assert.equal((await shop.status(id)).status, 'expired');
    assert.equal(shop.payby.count('cancelOrder'), 0);
    await shop.pass(20 * second);
    assert.equal(shop.payby.count('cancelOrder'), 1);
    assert.deepEqual([shop.codes(), shop.clock.timers], [[], 0]);
  });

  it('is paid when the customer paid in its last second', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.payby.pay(id);
    await shop.pass(hour / 2);
    assert.equal((await shop.status(id)).status, 'paid');
    assert.equal(shop.payby.count('cancelOrder'), 0);
    assert.equal(shop.paid.length, 1);
  });

  it('is paid when the customer paid between the query and the cancel', async () => {
    for (const status of ['PAID_SUCCESS', 'SETTLED']) {
      const shop = openShop();
      const { id } = await shop.order();
      await shop.pass(hour / 2 + 30 * second);
      shop.payby.fault('cancelOrder', (work) => {
        shop.payby.pay(id);
        Object.assign(shop.payby.orders.get(id) ?? {}, { status });
        return work();
      });
      assert.equal((await shop.status(id)).status, 'paid');
      assert.equal(shop.paid.length, 1);
      assert.deepEqual(shop.anomalies, []);
    }
  });

  it('stays open while nobody knows, and is cancelled again 3 s later', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    await shop.pass(hour / 2 + 30 * second);
    shop.payby.refuse('cancelOrder', '500', 'SYSTEM_ERROR');
    assert.equal((await shop.status(id)).status, 'pending');
    await shop.pass(3 * second);
    assert.equal((await shop.status(id)).status, 'expired');
    assert.deepEqual(shop.codes(), ['cancel-failed']);
  });

  it('that PayBy never had is simply cancelled when nobody asks for it again', async () => {
    const shop = openShop();
    shop.payby.refuse('placeOrder', '500', 'SYSTEM_ERROR');
    await problemOf(await shop.create({ key: 'k1' }), 503);
    await shop.pass(minute);
    assert.equal((await shop.order({ key: 'k1' })).status, 'cancelled');
    assert.deepEqual(shop.codes(), ['place-failed']);
    assert.equal(shop.clock.timers, 0);
  });

  it('is paid after all when a late payment is notified, and somebody is told', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    await shop.pass(hour / 2 + 30 * second);
    assert.equal((await shop.status(id)).status, 'expired');
    shop.payby.pay(id);
    assert.equal((await shop.notify(shop.payby.notification(id))).status, 200);
    assert.equal((await shop.status(id)).status, 'paid');
    assert.equal(shop.paid.length, 1);
    assert.deepEqual(shop.codes(), ['paid-after-close']);
  });
});

describe('a late payment', () => {
  /** An order that expired, and a newer one for the same cart. */
  async function twoOrders() {
    const shop = openShop();
    const first = await shop.order({ key: 'k1' });
    await shop.pass(hour / 2 + 30 * second);
    assert.equal((await shop.status(first.id)).status, 'expired');
    const second_ = await shop.order({ key: 'k2' });
    shop.payby.pay(first.id);
    return { shop, first, second: second_ };
  }

  it('has the newer order of its reference cancelled, and names it', async () => {
    const { shop, first, second: newer } = await twoOrders();
    assert.equal((await shop.notify(shop.payby.notification(first.id))).status, 200);
    await shop.quiet();
    assert.equal((await shop.store.get(newer.id))?.status, 'cancelled');
    assert.equal(shop.payby.orders.get(newer.id)?.status, 'FAILURE');
    assert.deepEqual(shop.codes(), ['paid-after-close']);
    assert.ok(shop.anomalies[0]?.message.includes(newer.id));
  });

  it('hands the newer order over as well when that is paid, too', async () => {
    const { shop, first, second: newer } = await twoOrders();
    shop.payby.pay(newer.id);
    assert.equal((await shop.notify(shop.payby.notification(first.id))).status, 200);
    await shop.quiet();
    assert.deepEqual(shop.paid.map(({ id }) => id).sort(), [first.id, newer.id].sort());
  });

  it('is taken even when the store cannot tell of a newer order', async () => {
    const { shop, first } = await twoOrders();
    shop.store.findOpen = () => Promise.reject(new Error('database is locked'));
    assert.equal((await shop.notify(shop.payby.notification(first.id))).status, 200);
    assert.equal(shop.paid.length, 1);
    assert.deepEqual(shop.codes(), ['internal', 'paid-after-close']);
  });
});

describe('cancelling', () => {
  it('cancels at PayBy and answers the order', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const order = await orderOf(await shop.cancel(id));
    assert.deepEqual([order.id, order.status, order.tokenUrl], [id, 'cancelled', undefined]);
    assert.equal(shop.payby.orders.get(id)?.status, 'FAILURE');
  });

  it('twice, or at the same time, asks PayBy once', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    await Promise.all([shop.cancel(id), shop.cancel(id)]);
    assert.equal((await orderOf(await shop.cancel(id))).status, 'cancelled');
    assert.equal(shop.payby.count('cancelOrder'), 1);
  });

  it('a paid order answers that it is paid', async () => {
    for (const status of ['PAID_SUCCESS', 'SETTLED']) {
      const shop = openShop();
      const { id } = await shop.order();
      shop.payby.pay(id);
      Object.assign(shop.payby.orders.get(id) ?? {}, { status });
      assert.equal((await orderOf(await shop.cancel(id))).status, 'paid');
      assert.equal(shop.paid.length, 1);
      assert.deepEqual(shop.anomalies, []);
      assert.equal((await orderOf(await shop.cancel(id))).status, 'paid');
      assert.equal(shop.payby.count('cancelOrder'), 1);
    }
  });

  it('a failed order answers how it failed', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    Object.assign(shop.payby.orders.get(id) ?? {}, { status: 'FAILURE' });
    assert.equal((await orderOf(await shop.cancel(id))).status, 'cancelled');
  });

  it('with an unknown outcome looks at the order before it gives up', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.payby.fault('cancelOrder', (work) => {
      work();
      throw new TypeError('socket hang up');
    });
    assert.equal((await orderOf(await shop.cancel(id))).status, 'cancelled');
    assert.deepEqual(shop.anomalies, []);
  });

  it('that fails is 503, and is done at the next query', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.payby.refuse('cancelOrder', '504', 'SERVICE_TIMEOUT');
    await problemOf(await shop.cancel(id), 503);
    assert.deepEqual(shop.codes(), ['cancel-failed']);
    await shop.pass(3 * second);
    assert.equal((await shop.status(id)).status, 'cancelled');
  });

  it('that PayBy answers with an open order is 503, and done again', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const acquireOrder = shop.payby.orders.get(id);
    const head = { applyStatus: 'SUCCESS', code: '0' };
    const text = JSON.stringify({ head, body: { acquireOrder } });
    shop.payby.fault('cancelOrder', () => shop.payby.answer(text));
    await problemOf(await shop.cancel(id), 503);
    assert.deepEqual(shop.codes(), ['cancel-failed']);
    await shop.pass(3 * second);
    assert.equal((await shop.store.get(id))?.status, 'cancelled');
    assert.equal(shop.payby.count('cancelOrder'), 2);
  });

  it('an order PayBy suddenly does not know claims nothing', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.payby.refuse('cancelOrder', '62004', 'MERCHANT_ORDER_NO_NOT_EXIST');
    await problemOf(await shop.cancel(id), 502);
    assert.equal((await shop.store.get(id))?.status, 'pending');
    assert.deepEqual(shop.codes(), ['cancel-failed']);
  });

  it('of a paid order does not wait longer than 5 s for the shop', async () => {
    const shop = openShop({ onPaid: () => new Promise(() => {}) });
    const { id } = await shop.order();
    shop.payby.pay(id);
    const cancelling = shop.cancel(id);
    await shop.pass(5 * second);
    assert.equal((await orderOf(await cancelling)).status, 'paid');
  });

  it('of a paid order whose query fails claims nothing, and learns it later', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.payby.pay(id);
    shop.payby.refuse('getOrder', '500', 'SYSTEM_ERROR');
    await problemOf(await shop.cancel(id), 503);
    assert.equal(shop.paid.length, 0);
    await shop.pass(3 * second);
    assert.equal((await shop.status(id)).status, 'paid');
    assert.equal(shop.paid.length, 1);
  });

  it('loses against a notification that came while PayBy was asked', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const { arrived, release } = shop.payby.hold('cancelOrder');
    const cancelling = shop.cancel(id);
    await arrived;
    shop.payby.pay(id);
    assert.equal((await shop.notify(shop.payby.notification(id))).status, 200);
    release();
    assert.equal((await orderOf(await cancelling)).status, 'paid');
    assert.equal(shop.paid.length, 1);
  });

  it('from the shop’s own code answers the record', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    assert.equal((await shop.checkout.cancel(id))?.status, 'cancelled');
    assert.equal(await shop.checkout.cancel('nobody'), undefined);
    assert.equal(await shop.checkout.retrieve('nobody'), undefined);
  });
});
