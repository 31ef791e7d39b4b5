import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { acquireOrderSchema, parse } from '../../src/protocol.ts';
import { minute, open, press, setUp, start, tokenUrl, verify } from './merchant.ts';
import { accept, deferred, openShop } from './shop.ts';

describe('a notification', () => {
  it('tells of a payment, signed over its raw bytes', async () => {
    const shop = openShop();
    const { place, sandbox, clock } = setUp(shop.options);
    const url = tokenUrl(await place());
    clock.now = start + 5000;
    await press(sandbox, url, /Pay/);
    const report = await shop.nextReport();
    assert.equal(report.outcome, 'accepted');
    assert.equal(report.retryIn, undefined);

    const [sent] = shop.received;
    assert.equal(sent?.url, 'https://shop.example/notify');
    assert.equal(sent?.redirect, 'manual');
    assert.equal(sent?.headers.get('content-type'), 'application/json');
    assert.ok(verify(sent?.text ?? '', sent?.headers.get('sign') ?? '', sandbox.paybyPublicKey));
    assert.ok(sent?.text.includes('"paidAmount":{"amount":12.30,"currency":"AED"}'));
    const { acquireOrder, ...rest } = sent?.json ?? {};
    assert.deepEqual(rest, {
      _input_charset: 'UTF-8',
      notify_id: '202611220000000001',
      notify_time: '20261122140005',
      notify_timestamp: start + 5000,
    });
    assert.equal(parse(acquireOrderSchema, acquireOrder, 'order').status, 'PAID_SUCCESS');
    assert.deepEqual(shop.pending(), []);
  });

  it('tells of a declined only attempt, and why', async () => {
    const shop = openShop();
    const { place, sandbox } = setUp(shop.options);
    const fields = { paySceneParams: { oneTimePayment: 'true' } };
    await press(sandbox, tokenUrl(await place(fields)), /Decline/);
    await shop.nextReport();
    const order = shop.received[0]?.json.acquireOrder;
    assert.equal(order?.status, 'FAILURE');
    assert.equal(order?.failCode, 'PAYMENT_DECLINED');
    assert.equal(typeof order?.failDes, 'string');
  });

  it('is not sent without a notifyUrl, nor for anything that finishes nothing', async () => {
    const shop = openShop();
    const { place, sandbox, cancel } = setUp(shop.options);
    await press(sandbox, tokenUrl(await place({ notifyUrl: undefined })), /Pay/);
    const url = tokenUrl(await place({ merchantOrderNo: 'M2' }));
    await press(sandbox, url, /Decline/);
    await press(sandbox, url, /Leave/);
    await open(sandbox, url);
    await cancel('M2');
    assert.deepEqual(shop.received, []);
    assert.deepEqual(shop.pending(), []);
  });

  it('has an id of its own', async () => {
    const shop = openShop();
    const { place, sandbox } = setUp(shop.options);
    for (const merchantOrderNo of ['M1', 'M2']) {
      await press(sandbox, tokenUrl(await place({ merchantOrderNo })), /Pay/);
      await shop.nextReport();
    }
    assert.equal(new Set(shop.received.map(({ json }) => json.notify_id)).size, 2);
  });
});

describe('a notification nobody accepts', () => {
  it('is repeated after 2, 10, 10, 60, 120, 360 and 900 minutes, then given up', async () => {
    const shop = openShop(() => new Response('later', { status: 503 }));
    const { place, sandbox, clock } = setUp(shop.options);
    await press(sandbox, tokenUrl(await place()), /Pay/);
    for (const [index, minutes] of [2, 10, 10, 60, 120, 360, 900].entries()) {
      const { outcome, ...report } = await shop.nextReport();
      assert.equal(outcome, 'answered 503 instead of 200');
      assert.deepEqual(report, {
        kind: 'notification',
        notifyId: '202611220000000001',
        url: 'https://shop.example/notify',
        merchantOrderNo: 'M1',
        attempt: index + 1,
        retryIn: minutes * minute,
      });
      assert.deepEqual(shop.pending(), [minutes * minute]);
      clock.now += minutes * minute;
      shop.elapse(minutes * minute);
    }
    const last = await shop.nextReport();
    assert.deepEqual([last.attempt, last.retryIn], [8, undefined]);
    assert.deepEqual(shop.pending(), []);

    assert.equal(shop.received.length, 8);
    assert.equal(new Set(shop.received.map(({ json }) => json.notify_id)).size, 1);
    const times = shop.received.map(({ json }) => (json.notify_timestamp - start) / minute);
    assert.deepEqual(times, [0, 2, 12, 22, 82, 202, 562, 1462]);
    for (const { text, headers } of shop.received) {
      assert.ok(verify(text, headers.get('sign') ?? '', sandbox.paybyPublicKey));
    }
  });

  it('comes sooner when time is scaled', async () => {
    const shop = openShop(() => new Response(null, { status: 500 }));
    const { place, sandbox } = setUp({ ...shop.options, timeScale: 60 });
    await press(sandbox, tokenUrl(await place()), /Pay/);
    assert.equal((await shop.nextReport()).retryIn, 2000);
  });

  it('stops once it is accepted', async () => {
    const shop = openShop((attempt) => (attempt < 3 ? new Response('no') : accept()));
    const { place, sandbox } = setUp(shop.options);
    await press(sandbox, tokenUrl(await place()), /Pay/);
    await shop.nextReport();
    shop.elapse(2 * minute);
    await shop.nextReport();
    shop.elapse(10 * minute);
    assert.equal((await shop.nextReport()).outcome, 'accepted');
    assert.deepEqual(shop.pending(), []);
  });

  it('wants exactly 200 and SUCCESS', async () => {
    const answers = [
      () => new Response('{"response":"SUCCESS"}', { status: 201 }),
      () => new Response(null, { status: 302, headers: { location: '/' } }),
      () => new Response('{"response":"success"}'),
      () => new Response('SUCCESS'),
      () => new Response('null'),
      () => Promise.reject(new TypeError('fetch failed')),
      () => Response.error(),
    ];
    for (const answer of answers) {
      const shop = openShop(answer);
      const { place, sandbox } = setUp(shop.options);
      await press(sandbox, tokenUrl(await place()), /Pay/);
      const { outcome, retryIn } = await shop.nextReport();
      assert.notEqual(outcome, 'accepted');
      assert.equal(retryIn, 2 * minute);
    }
  });

  it('is given up after ten seconds without an answer, and repeated', async () => {
    const called = deferred<true>();
    const shop = openShop(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
          called.resolve(true);
        }),
    );
    const { place, sandbox } = setUp(shop.options);
    await press(sandbox, tokenUrl(await place()), /Pay/);
    await called.promise;
    assert.deepEqual(shop.pending(), [10_000]);
    shop.elapse(10_000);
    const { outcome, retryIn } = await shop.nextReport();
    assert.deepEqual([outcome, retryIn], ['no answer within 10 s', 2 * minute]);
  });

  it('ends with the sandbox, whether waiting or under way', async () => {
    const waiting = openShop(() => new Response('no'));
    const first = setUp(waiting.options);
    await press(first.sandbox, tokenUrl(await first.place()), /Pay/);
    await waiting.nextReport();
    await first.sandbox.close();
    assert.deepEqual(waiting.pending(), []);

    const called = deferred<AbortSignal>();
    const underWay = openShop((_, signal) => {
      called.resolve(signal);
      return new Promise(() => {});
    });
    const second = setUp(underWay.options);
    await press(second.sandbox, tokenUrl(await second.place()), /Pay/);
    const signal = await called.promise;
    await second.sandbox.close();
    assert.ok(signal.aborted);
    assert.deepEqual(underWay.pending(), []);
  });
});
