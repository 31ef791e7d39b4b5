import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importPrivateKey, signTestNotification } from '../../src/server/index.ts';
import { makeKeys } from '../support/keys.ts';
import { hour, minute, second, start } from './support/fake-clock.ts';
import { signText } from './support/fake-payby.ts';
import { keys, openShop, problemOf, type Shop } from './support/shop.ts';

async function paidOrder(shop: Shop) {
  const { id } = await shop.order();
  shop.payby.pay(id);
  return { id, text: shop.payby.notification(id) };
}

async function assertSuccess(response: Response) {
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), { response: 'SUCCESS' });
}

describe('a notification', () => {
  it('settles the order, is answered SUCCESS after onPaid, and spares the query', async () => {
    const shop = openShop();
    const { id, text } = await paidOrder(shop);
    await assertSuccess(await shop.notify(text));
    assert.deepEqual(
      shop.paid.map((order) => order.id),
      [id],
    );
    assert.equal((await shop.checkout.retrieve(id))?.told, 'paid');
    await shop.pass(10 * second);
    assert.equal((await shop.status(id)).status, 'paid');
    assert.equal(shop.payby.count('getOrder'), 0);
  });

  it('is not answered before onPaid is done', async () => {
    let done = () => {};
    let answered = false;
    const shop = openShop({
      onPaid: () =>
        new Promise<void>((resolve) => {
          done = resolve;
        }),
    });
    const { text } = await paidOrder(shop);
    const notified = shop.notify(text).finally(() => {
      answered = true;
    });
    await shop.quiet();
    assert.equal(answered, false);
    done();
    await assertSuccess(await notified);
  });

  it('is verified over its raw bytes: 12.340 and odd white space count', async () => {
    const shop = openShop();
    const { text } = await paidOrder(shop);
    const written = ` ${text.replaceAll('12.34', '12.340')}\n`;
    const signature = signText(written, keys.payby.privatePem);
    await problemOf(await shop.notify(text, signature), 401);
    await assertSuccess(await shop.notify(written, signature));
  });

  it('with any flipped byte is 401, and nothing changes', async () => {
    const shop = openShop();
    const { id, text } = await paidOrder(shop);
    const signature = signText(text, keys.payby.privatePem);
    const bytes = new TextEncoder().encode(text);
    const before = await shop.store.get(id);
    for (let at = 0; at < bytes.length; at += 7) {
      const body = bytes.with(at, (bytes[at] ?? 0) ^ 1);
      const init = { method: 'POST', body, headers: { sign: signature } };
      const response = await shop.send('/notify', init);
      assert.equal((await problemOf(response, 401)).code, 'signature-invalid');
    }
    assert.deepEqual(await shop.store.get(id), before);
    assert.equal(shop.paid.length, 0);
    assert.deepEqual(new Set(shop.codes()), new Set(['notification-refused']));
  });

  it('without a signature, with junk, or with the merchant’s own is 401', async () => {
    const shop = openShop();
    const { id, text } = await paidOrder(shop);
    const merchants = signText(text, keys.merchant.privatePem);
    for (const signature of ['', '!', 'AAAA', merchants, 'x'.repeat(100_000)]) {
      await problemOf(await shop.notify(text, signature), 401);
    }
    await problemOf(await shop.send('/notify', { method: 'POST', body: text }), 401);
    assert.equal((await shop.store.get(id))?.status, 'pending');
  });

  it('that is signed but cannot be read is 400', async () => {
    const shop = openShop();
    const { text } = await paidOrder(shop);
    const deep = '['.repeat(60_000) + ']'.repeat(60_000);
    const bad = ['', 'null', '{', '{"notify_id":"1"}', text.replace('"status"', '"state"'), deep];
    for (const body of [...bad, text.replaceAll('12.34', '12.345')]) {
      assert.equal((await problemOf(await shop.notify(body), 400)).code, 'notification-invalid');
    }
    assert.equal(shop.paid.length, 0);
  });

  it('of a refund for an order nobody knows is 404', async () => {
    const shop = openShop();
    const sample = new URL('../support/samples/refund.notification.json', import.meta.url);
    const text = readFileSync(sample, 'utf8');
    await problemOf(await shop.notify(text, 'AAAA'), 401);
    await problemOf(await shop.notify(text), 404);
    await problemOf(await shop.notify('{"refundOrder":{"status":null}}'), 400);
    assert.deepEqual(shop.refunded, []);
  });

  it('whose informational fields are odd settles the order all the same', async () => {
    const odd = {
      subject: 7,
      subjectAr: [],
      expiredTime: '2026-11-22',
      requestTime: -1,
      payeeMid: 200000000888,
      notifyUrl: {},
      paySceneCode: false,
      revoked: false,
      failCode: 0,
      failDes: [],
      reserved: 1,
      orderNo: 131,
      paymentInfo: { paidAmount: '12.34', paidTime: 'now', payerMid: 1, payChannel: 2 },
    };
    for (const change of [odd, { paymentInfo: 'BALANCE' }]) {
      const shop = openShop();
      const { id } = await paidOrder(shop);
      await assertSuccess(await shop.notify(shop.payby.notification(id, change)));
      const record = await shop.store.get(id);
      assert.deepEqual([record?.status, record?.paidAmount], ['paid', undefined]);
      assert.equal(record?.paidAt, start);
    }
  });

  it('that breaks off is 400, and nobody is told', async () => {
    const shop = openShop();
    const body = new ReadableStream({ pull: (c) => c.error(new Error('socket hang up')) });
    const init = { method: 'POST', body, duplex: 'half' as const };
    assert.equal((await problemOf(await shop.send('/notify', init), 400)).code, 'request-invalid');
    assert.deepEqual(shop.anomalies, []);
  });

  it('larger than 256 kB is 413', async () => {
    const shop = openShop();
    const body = `{"padding":"${'x'.repeat(256 * 1024)}"}`;
    assert.equal((await problemOf(await shop.notify(body), 413)).code, 'body-too-large');
  });

  it('for an order nobody made is 404', async () => {
    const shop = openShop();
    const { id, text } = await paidOrder(shop);
    const response = await shop.notify(text.replaceAll(id, 'M572007254058'));
    assert.equal((await problemOf(response, 404)).code, 'order-not-found');
    assert.equal(shop.anomalies[0]?.orderId, 'M572007254058');
  });

  it('for another amount or currency is 422, and nothing changes', async () => {
    const shop = openShop();
    const { id } = await paidOrder(shop);
    for (const totalAmount of [
      { amount: 12.33, currency: 'AED' },
      { amount: 12.34, currency: 'USD' },
    ]) {
      const response = await shop.notify(shop.payby.notification(id, { totalAmount }));
      assert.equal((await problemOf(response, 422)).code, 'notification-mismatch');
    }
    assert.deepEqual(shop.codes(), ['order-mismatch', 'order-mismatch']);
    assert.match(shop.anomalies[0]?.message ?? '', /12\.33 AED, asked for was 12\.34 AED/);
    assert.equal((await shop.store.get(id))?.status, 'pending');
    assert.equal(shop.paid.length, 0);
  });

  it('may say that less was paid than asked, because of a discount', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.payby.pay(id, 0);
    await assertSuccess(await shop.notify(shop.payby.notification(id)));
    assert.equal(shop.paid[0]?.paidAmount, '0.00');
  });

  it('of a payment in another currency keeps no amount of it', async () => {
    const shop = openShop();
    const { id } = await paidOrder(shop);
    const paymentInfo = { paidAmount: { amount: 3.36, currency: 'USD' } };
    await assertSuccess(await shop.notify(shop.payby.notification(id, { paymentInfo })));
    const record = await shop.store.get(id);
    assert.deepEqual([record?.status, record?.paidAmount], ['paid', undefined]);
  });

  it('with another number of PayBy’s is 422, and nothing changes', async () => {
    const shop = openShop();
    const { id } = await paidOrder(shop);
    await problemOf(await shop.notify(shop.payby.notification(id, { orderNo: '999' })), 422);
    assert.deepEqual(shop.codes(), ['order-mismatch']);
    assert.equal((await shop.store.get(id))?.status, 'pending');
  });

  it('teaches PayBy’s number, even when its status is known already', async () => {
    const shop = openShop();
    shop.payby.fault('placeOrder', (work) => {
      work();
      throw new TypeError('socket hang up');
    });
    await problemOf(await shop.create({ key: 'k1' }), 503);
    const [[id = ''] = []] = [...shop.payby.orders.keys()].map((key) => [key]);
    await assertSuccess(await shop.notify(shop.payby.notification(id)));
    assert.equal((await shop.store.get(id))?.orderNo, '13176505460091000');
  });

  it('may come from another member id than the partner’s', async () => {
    const shop = openShop();
    const { id } = await paidOrder(shop);
    const text = shop.payby.notification(id, { payeeMid: '200000000888' });
    await assertSuccess(await shop.notify(text));
  });

  it('for another member id than before is 422, and nothing changes', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const created = shop.payby.notification(id, { payeeMid: '200000000888' });
    await assertSuccess(await shop.notify(created));
    assert.equal((await shop.store.get(id))?.payeeMid, '200000000888');
    shop.payby.pay(id);
    const text = shop.payby.notification(id, { payeeMid: '200000000999' });
    assert.equal((await problemOf(await shop.notify(text), 422)).code, 'notification-mismatch');
    assert.deepEqual(shop.codes(), ['order-mismatch']);
    assert.equal((await shop.store.get(id))?.status, 'pending');
  });

  it('that names another partner in its header is 401, however well it is signed', async () => {
    const shop = openShop();
    const { id, text } = await paidOrder(shop);
    const sign = signText(text, keys.payby.privatePem);
    const post = (partner: string) => {
      const headers = { sign, 'partner-id': partner };
      return shop.send('/notify', { method: 'POST', body: text, headers });
    };
    const problem = await problemOf(await post('200000004022'), 401);
    assert.equal(problem.code, 'partner-unknown');
    assert.equal((await shop.store.get(id))?.status, 'pending');
    assert.deepEqual(shop.codes(), ['notification-refused']);
    await assertSuccess(await post('200000004021'));
  });

  it('of a merchant with another key of PayBy’s is 401', async () => {
    const shop = openShop();
    const { text } = await paidOrder(shop);
    const response = await shop.notify(text, signText(text, makeKeys().privatePem));
    assert.equal((await problemOf(response, 401)).code, 'signature-invalid');
  });

  it('with a status nobody knows is 422, never paid', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    await problemOf(await shop.notify(shop.payby.notification(id, { status: 'PAID' })), 422);
    assert.deepEqual(shop.codes(), ['status-unknown']);
    assert.equal((await shop.store.get(id))?.status, 'pending');
  });

  it('that comes again, or five at once, or under another notify_id, is SUCCESS and one onPaid', async () => {
    const shop = openShop();
    const { id, text } = await paidOrder(shop);
    const others = text.replace('202611220001', '202611220002');
    const texts = [text, text, others, text, others];
    for (const response of await Promise.all(texts.map((one) => shop.notify(one)))) {
      await assertSuccess(response);
    }
    await assertSuccess(await shop.notify(text));
    await assertSuccess(await shop.notify(shop.payby.notification(id, { status: 'SETTLED' })));
    assert.equal(shop.paid.length, 1);
  });

  it('with an older status is 409, and changes nothing', async () => {
    const shop = openShop();
    const { id, text } = await paidOrder(shop);
    await assertSuccess(await shop.notify(text));
    const older = await shop.notify(shop.payby.notification(id, { status: 'CREATED' }));
    assert.equal((await problemOf(older, 409)).code, 'notification-outdated');
    assert.equal((await shop.status(id)).status, 'paid');
    assert.deepEqual(shop.codes(), ['notification-refused']);
    assert.equal(shop.checkout.anomalies()['notification-refused'], 1);
  });

  it('that calls a paid order failed changes nothing, and somebody is told', async () => {
    const shop = openShop();
    const { id, text } = await paidOrder(shop);
    await assertSuccess(await shop.notify(text));
    await problemOf(await shop.notify(shop.payby.notification(id, { status: 'FAILURE' })), 409);
    assert.equal((await shop.status(id)).status, 'paid');
    assert.deepEqual(shop.codes(), ['status-conflict', 'notification-refused']);
  });

  it('of a reversal refunds a paid order, and paid does not come back', async () => {
    const shop = openShop();
    const { id, text } = await paidOrder(shop);
    await assertSuccess(await shop.notify(text));
    await assertSuccess(await shop.notify(shop.payby.notification(id, { revoked: 'true' })));
    assert.equal((await shop.status(id)).status, 'refunded');
    await problemOf(await shop.notify(text), 409);
    assert.equal((await shop.status(id)).status, 'refunded');
    assert.equal(shop.paid.length, 1);
    assert.deepEqual(
      shop.refunded.map(({ order, refund }) => [order.id, refund]),
      [[id, undefined]],
    );
    assert.deepEqual(shop.codes(), ['refunded', 'notification-refused']);
    assert.deepEqual([shop.anomalies[0]?.orderId], [id]);
  });

  it('can be signed for a test by the kit itself', async () => {
    const shop = openShop();
    const { text } = await paidOrder(shop);
    const key = await importPrivateKey(keys.payby.privatePem);
    const init = { method: 'POST', ...(await signTestNotification(text, key)) };
    await assertSuccess(await shop.send('/notify', init));
  });
});

describe('onPaid', () => {
  /** A shop whose onPaid fails the first `failures` times. */
  function failingShop(failures: number) {
    const took: string[] = [];
    let calls = 0;
    const shop = openShop({
      onPaid: ({ id }) => {
        calls += 1;
        if (calls <= failures) throw new Error('the shop’s database is away');
        took.push(id);
      },
    });
    return { shop, took, calls: () => calls };
  }

  it('that throws is 500 to PayBy, and the order stays paid', async () => {
    const { shop } = failingShop(1);
    const { id, text } = await paidOrder(shop);
    const response = await shop.notify(text);
    assert.equal((await problemOf(response, 500)).code, 'notification-not-taken');
    const record = await shop.store.get(id);
    assert.deepEqual([record?.status, record?.told], ['paid', undefined]);
    assert.deepEqual(shop.codes(), ['callback-failed']);
  });

  it('is called again by the next notification', async () => {
    const { shop, took } = failingShop(2);
    const { id, text } = await paidOrder(shop);
    await problemOf(await shop.notify(text), 500);
    await problemOf(await shop.notify(text), 500);
    await assertSuccess(await shop.notify(text));
    await assertSuccess(await shop.notify(text));
    assert.deepEqual(took, [id]);
  });

  it('that failed is not called any oftener because pages ask', async () => {
    const { shop, took, calls } = failingShop(2);
    const { id, text } = await paidOrder(shop);
    await problemOf(await shop.notify(text), 500);
    for (let look = 0; look < 50; look += 1) {
      assert.equal((await shop.status(id)).status, 'paid');
      assert.equal((await shop.checkout.retrieve(id))?.told, undefined);
    }
    assert.deepEqual([calls(), took], [1, []]);
    await shop.pass(10 * second + minute);
    assert.deepEqual([calls(), took], [3, [id]]);
  });

  it('that never settles counts as failed after 30 s, and is called again', async () => {
    let calls = 0;
    const shop = openShop({
      onPaid: () => {
        calls += 1;
        return calls === 1 ? new Promise(() => {}) : undefined;
      },
    });
    const { id, text } = await paidOrder(shop);
    const notified = shop.notify(text);
    await shop.pass(30 * second);
    assert.equal((await problemOf(await notified, 500)).code, 'notification-not-taken');
    assert.deepEqual(shop.codes(), ['callback-failed']);
    await assertSuccess(await shop.notify(text));
    assert.equal(calls, 2);
    assert.equal((await shop.store.get(id))?.told, 'paid');
    assert.equal(shop.clock.timers, 0);
  });

  it('that takes longer than 30 s is noted once it is done', async () => {
    let finish = () => {};
    const shop = openShop({
      onPaid: () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    });
    const { id, text } = await paidOrder(shop);
    const notified = shop.notify(text);
    await shop.pass(30 * second);
    await problemOf(await notified, 500);
    finish();
    await shop.quiet();
    assert.equal((await shop.store.get(id))?.told, 'paid');
  });

  it('that failed is called again after 10 s, 1 min, 10 min, then every hour', async () => {
    const calls: number[] = [];
    const shop = openShop({
      onPaid: () => {
        calls.push(shop.clock.now() - start);
        throw new Error('away');
      },
    });
    const { id } = await shop.order();
    shop.payby.pay(id);
    await shop.pass(3 * second);
    await shop.status(id);
    assert.equal(shop.clock.timers, 1);
    await shop.pass(48 * hour);
    const [first = 0, ...later] = calls;
    const pauses = later.map((at, index) => at - (calls[index] ?? 0));
    assert.equal(first, 3 * second);
    assert.deepEqual(pauses, [10 * second, minute, 10 * minute, ...Array(47).fill(hour)]);
    assert.equal(shop.clock.timers, 1);
  });

  it('that failed has one timer per order, which ends with success and with the checkout', async () => {
    const { shop, took } = failingShop(2);
    const { id, text } = await paidOrder(shop);
    for (let at = 0; at < 2; at += 1) await problemOf(await shop.notify(text), 500);
    assert.equal(shop.clock.timers, 1);
    await shop.pass(10 * second);
    assert.deepEqual(took, [id]);
    assert.equal(shop.clock.timers, 0);

    const closing = failingShop(1).shop;
    await problemOf(await closing.notify((await paidOrder(closing)).text), 500);
    closing.checkout.close();
    assert.equal(closing.clock.timers, 0);
  });

  it('is called again when the store could not note it', async () => {
    const shop = openShop();
    const { text } = await paidOrder(shop);
    const { update } = shop.store;
    shop.store.update = (id, change) =>
      shop.paid.length > 0 ? Promise.reject(new Error('disk full')) : update(id, change);
    await problemOf(await shop.notify(text), 500);
    shop.store.update = update;
    await assertSuccess(await shop.notify(text));
    assert.equal(shop.paid.length, 2);
  });

  it('is not called for what another process handed over meanwhile', async () => {
    const shop = openShop();
    const { id, text } = await paidOrder(shop);
    const { update } = shop.store;
    shop.store.update = async (...move) => {
      const moved = await update(...move);
      await update(id, (present) => ({ ...present, told: present.status }));
      return moved;
    };
    await assertSuccess(await shop.notify(text));
    assert.equal(shop.paid.length, 0);
  });

  it('runs once at a time, whoever learns of the payment', async () => {
    const finish: (() => void)[] = [];
    const shop = openShop({
      onPaid: () => new Promise<void>((resolve) => finish.push(resolve)),
    });
    const { id, text } = await paidOrder(shop);
    const notified = [shop.notify(text), shop.notify(text)];
    await shop.quiet();
    const asked = shop.status(id);
    await shop.quiet();
    assert.equal(finish.length, 1);
    finish[0]?.();
    for (const response of await Promise.all(notified)) await assertSuccess(response);
    assert.equal((await asked).status, 'paid');
    assert.equal(finish.length, 1);
  });

  it('that takes long does not keep a page waiting for more than 5 s', async () => {
    let finish = () => {};
    const shop = openShop({
      onPaid: () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    });
    const { id, text } = await paidOrder(shop);
    const notified = shop.notify(text);
    await shop.quiet();
    const heard: string[] = [];
    const asked = shop.status(id).then(({ status }) => heard.push(status));
    await shop.pass(4_999);
    assert.deepEqual(heard, []);
    await shop.pass(1);
    await asked;
    assert.deepEqual(heard, ['paid']);
    finish();
    await assertSuccess(await notified);
  });
});
