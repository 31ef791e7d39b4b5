import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  PaybyClient,
  type PaybyClientOptions,
  PaybyError,
  PaybyUnknownError,
  type PlaceOrderRequest,
} from '../../src/server/index.ts';
import { fakeClock, hour, start } from './support/fake-clock.ts';
import { FakePayby, signText } from './support/fake-payby.ts';
import { keys } from './support/shop.ts';

const sample = (name: string) =>
  readFileSync(new URL(`../support/samples/${name}`, import.meta.url), 'utf8');

const request: PlaceOrderRequest = {
  merchantOrderNo: 'M965739182419',
  subject: 'Cart 42',
  totalAmount: { amount: '12.34', currency: 'AED' },
};

function open(options: Partial<PaybyClientOptions> = {}) {
  const payby = new FakePayby(keys);
  const clock = fakeClock();
  const client = new PaybyClient({
    environment: 'uat',
    partnerId: '200000004021',
    privateKey: keys.merchant.privatePem,
    paybyPublicKey: keys.payby.publicBase64,
    fetch: payby.fetch,
    clock,
    retries: 0,
    ...options,
  });
  /** The next getOrder is answered with this text, signed by PayBy. */
  const answerWith = (text: string) => payby.fault('getOrder', () => payby.answer(text));
  return { payby, clock, client, answerWith };
}

const unknown =
  (reason: string, pattern = /the outcome is unknown/) =>
  (error: unknown) => {
    assert.ok(error instanceof PaybyUnknownError, String(error));
    assert.equal(error.reason, reason);
    assert.match(error.message, pattern);
    return true;
  };

describe('PaybyClient', () => {
  it('signs the exact bytes it sends, to the address of its environment', async () => {
    const urls: string[] = [];
    const { payby, client } = open({
      environment: 'http://localhost:4000/sgs/api/',
      fetch: (input, init) => {
        urls.push(String(input));
        assert.equal(init?.redirect, 'manual');
        return payby.fetch(input, init);
      },
    });
    await client.placeOrder({
      ...request,
      subjectAr: 'سلة',
      expiredTime: start + hour,
      notifyUrl: 'https://shop.example/notify',
      paySceneParams: { oneTimePayment: true, changePayer: false },
    });
    assert.deepEqual(urls, ['http://localhost:4000/sgs/api/acquire2/placeOrder']);
    const [call] = payby.calls;
    assert.equal(call?.headers.get('partner-id'), '200000004021');
    assert.equal(call?.headers.get('content-type'), 'application/json');
    assert.deepEqual(JSON.parse(call?.text ?? ''), {
      requestTime: start,
      bizContent: {
        merchantOrderNo: 'M965739182419',
        subject: 'Cart 42',
        subjectAr: 'سلة',
        expiredTime: start + hour,
        notifyUrl: 'https://shop.example/notify',
        paySceneCode: 'DYNQR',
        totalAmount: { amount: 12.34, currency: 'AED' },
        paySceneParams: { oneTimePayment: 'true', changePayer: 'false' },
      },
    });
  });

  it('answers money as decimal strings and finds the tokenUrl under both spellings', async () => {
    const { payby, client } = open();
    const text = sample('dynqr-order.response.json');
    const merchantOrderNo = 'a3a6d66f-ccfe-442e-a981-2e7b2170dee4';
    for (const spelling of ['interActionParams', 'interactionParams']) {
      const spelt = text.replace('interActionParams', spelling);
      payby.fault('placeOrder', () => payby.answer(spelt));
      const { order, tokenUrl } = await client.placeOrder({ ...request, merchantOrderNo });
      assert.equal(order.status, 'CREATED');
      assert.equal(order.orderNo, '131765054600900852');
      assert.deepEqual(order.totalAmount, { amount: '1.01', currency: 'AED' });
      assert.match(tokenUrl ?? '', /ft=7ac14d5d372a459fbe948e83fcaae0cb/);
    }
  });

  it('reads a settled order and a cancelled one', async () => {
    const { payby, client, answerWith } = open();
    answerWith(sample('paid-order.response.json'));
    const paid = await client.getOrder({ orderNo: '131658997939155072' });
    assert.equal(paid.status, 'SETTLED');
    assert.deepEqual(paid.paidAmount, { amount: '10.00', currency: 'AED' });
    assert.equal(paid.paidTime, 1658998025854);
    payby.fault('cancelOrder', () => payby.answer(sample('cancel-order.response.json')));
    const cancelled = await client.cancelOrder({ merchantOrderNo: 'M172475858661' });
    assert.equal(cancelled.status, 'FAILURE');
  });

  it('verifies the bytes as they came, not as JSON would write them again', async () => {
    const { client, answerWith } = open();
    const amounts = sample('paid-order.response.json').replaceAll(
      '"amount":10,',
      '"amount":10.00,',
    );
    answerWith(amounts);
    const paid = await client.getOrder({ orderNo: '131658997939155072' });
    assert.deepEqual(paid.totalAmount, { amount: '10.00', currency: 'AED' });
  });

  it('reads a paid order whose interaction is null or odd', async () => {
    for (const interActionParams of [null, 'none', { tokenUrl: null }, { tokenUrl: 7 }]) {
      const { payby, client } = open();
      const head = { applyStatus: 'SUCCESS', code: '0' };
      const acquireOrder = { ...request, totalAmount: { amount: 12.34, currency: 'AED' } };
      const body = { acquireOrder: { ...acquireOrder, status: 'PAID_SUCCESS' }, interActionParams };
      payby.fault('placeOrder', () => payby.answer(JSON.stringify({ head, body })));
      const { order, tokenUrl } = await client.placeOrder(request);
      assert.deepEqual([order.status, tokenUrl], ['PAID_SUCCESS', undefined]);
    }
  });

  it('says what PayBy refused', async () => {
    const { payby, client } = open();
    payby.refuse('cancelOrder', '62001', 'ORDER_PAID');
    await assert.rejects(client.cancelOrder({ orderNo: '131' }), (error: unknown) => {
      assert.ok(error instanceof PaybyError);
      const { operation, applyStatus, code, traceCode, message } = error;
      assert.deepEqual(
        { operation, applyStatus, code, traceCode },
        { operation: 'cancelOrder', applyStatus: 'FAIL', code: '62001', traceCode: '328753' },
      );
      assert.match(message, /cancelOrder: PayBy answered FAIL 62001 ORDER_PAID \(trace 328753\)/);
      return true;
    });
  });

  it('does not know the outcome when PayBy does not, in whatever words', async () => {
    const heads = [
      { applyStatus: 'FAIL', code: '500', msg: 'SYSTEM_ERROR' },
      { applyStatus: 'FAIL', code: '504', msg: 'SERVICE_TIMEOUT' },
      { applyStatus: 'FAIL', code: '400', msg: 'SYSTEM_ERROR' },
      { applyStatus: 'FAIL', code: '503', msg: 'whatever' },
      { applyStatus: 'FAIL', code: '0', msg: 'SUCCESS' },
      { applyStatus: 'PROCESSING', code: '62001', msg: 'ORDER_PAID' },
    ];
    for (const head of heads) {
      const { client, answerWith } = open();
      answerWith(JSON.stringify({ head }));
      const said = new RegExp(`PayBy answered ${head.applyStatus} ${head.code}`);
      await assert.rejects(client.getOrder({ orderNo: '131' }), unknown('gateway', said));
    }
  });

  it('believes no answer without PayBy’s signature, whatever it says', async () => {
    const { payby, client } = open();
    await client.placeOrder(request);
    payby.pay(request.merchantOrderNo);
    const number = { merchantOrderNo: request.merchantOrderNo };
    const ask = () => client.getOrder(number);

    payby.fault('getOrder', async (work) => new Response(await work().text()));
    await assert.rejects(ask(), unknown('signature', /not signed by PayBy that says SUCCESS 0/));

    payby.fault('getOrder', async (work) => payby.answer(await work().text(), 'junk!'));
    await assert.rejects(ask(), unknown('signature'));

    payby.fault('getOrder', async (work) => {
      const text = await work().text();
      return payby.answer(text, signText(text, keys.merchant.privatePem));
    });
    await assert.rejects(ask(), unknown('signature'));

    payby.fault('getOrder', async (work) => {
      const text = await work().text();
      const signature = signText(text, keys.payby.privatePem);
      return payby.answer(text.replace('12.34', '12.35'), signature);
    });
    await assert.rejects(ask(), unknown('signature'));

    assert.equal((await ask()).status, 'PAID_SUCCESS');
  });

  it('keeps the code of an unsigned ERROR for the operator, as unknown', async () => {
    const { client } = open({ privateKey: keys.payby.privatePem });
    await assert.rejects(client.getOrder({ orderNo: '131' }), (error: unknown) => {
      assert.ok(error instanceof PaybyUnknownError);
      assert.equal(error.code, '401');
      assert.match(error.message, /HTTP 401 .* ERROR 401 sign verify fail .*check partnerId/);
      return true;
    });
  });

  it('does not know the outcome of an answer it cannot read', async () => {
    const paid = sample('paid-order.response.json');
    const bad = [
      'not json',
      '[]',
      '{}',
      '{"head":{"applyStatus":"SUCCESS","code":"0"}}',
      '{"head":{"applyStatus":"SUCCESS","code":"0"},"body":{"acquireOrder":{"status":"PAID_SUCCESS"}}}',
      paid.replaceAll('"amount":10,', '"amount":10.001,'),
      paid.replace('131658997939155072', '131658997939155073'),
    ];
    for (const text of bad) {
      const { client, answerWith } = open();
      answerWith(text);
      const asked = client.getOrder({ orderNo: '131658997939155072' });
      await assert.rejects(asked, unknown('unreadable', /cannot be read/), text.slice(0, 80));
    }
  });

  it('does not take a created order without a tokenUrl', async () => {
    const { payby, client } = open();
    payby.fault('placeOrder', async (work) => {
      return payby.answer((await work().text()).replace('tokenUrl', 'tokenUri'));
    });
    await assert.rejects(client.placeOrder(request), unknown('unreadable', /without a tokenUrl/));
  });

  it('reads no more than a megabyte', async () => {
    const { client, answerWith } = open();
    answerWith(`{"head":{},"padding":"${'x'.repeat(1024 * 1024)}"}`);
    await assert.rejects(client.getOrder({ orderNo: '1' }), unknown('unreadable', /larger than/));
  });

  it('does not know the outcome when the connection breaks', async () => {
    const cause = new TypeError('fetch failed');
    const { client } = open({ fetch: () => Promise.reject(cause) });
    await assert.rejects(client.placeOrder(request), (error: unknown) => {
      assert.ok(error instanceof PaybyUnknownError);
      assert.equal(error.reason, 'network');
      assert.equal(error.cause, cause);
      return true;
    });
  });

  it('does not wait longer than its timeout, even for a body or a fetch that ignores its signal', async () => {
    const endless = () => new Response(new ReadableStream({}));
    for (const fetch of [() => new Promise<never>(() => {}), async () => endless()]) {
      let signal: AbortSignal | null | undefined;
      let reach = () => {};
      const reached = new Promise<void>((resolve) => {
        reach = resolve;
      });
      const { client, clock } = open({
        timeout: 4_000,
        fetch: (_, init) => {
          signal = init?.signal;
          reach();
          return fetch();
        },
      });
      const asked = client.getOrder({ orderNo: '131' });
      await reached;
      await clock.pass(3_999);
      assert.equal(signal?.aborted, false);
      await clock.pass(1);
      assert.equal(signal?.aborted, true);
      await assert.rejects(asked, unknown('timeout', /no answer within 4000 ms/));
      assert.equal(clock.timers, 0);
    }
  });

  it('takes one number of an order, never both and never none', async () => {
    const { client, payby } = open();
    const both = { merchantOrderNo: 'M1', orderNo: '131' } as unknown as { orderNo: string };
    const none = {} as unknown as { orderNo: string };
    for (const number of [both, none]) {
      await assert.rejects(client.getOrder(number), /either merchantOrderNo or orderNo/);
      await assert.rejects(client.cancelOrder(number), /either merchantOrderNo or orderNo/);
    }
    assert.deepEqual(payby.calls, []);
  });

  it('names the field, the value and the way out before it sends anything', async () => {
    const { client, payby } = open();
    const bad: [Partial<PlaceOrderRequest>, RegExp][] = [
      [{ merchantOrderNo: 'M 1' }, /^merchantOrderNo "M 1" is not 1 to 64 letters/],
      [{ merchantOrderNo: 'M'.repeat(65) }, /^merchantOrderNo/],
      [{ subject: '' }, /^subject has 0 characters: ""; use 1 to 64/],
      [{ subject: 'x'.repeat(65) }, /^subject has 65 characters/],
      [{ subjectAr: 'x'.repeat(201) }, /^subjectAr has 201 characters/],
      [{ reserved: 'x'.repeat(21) }, /^reserved has 21 characters/],
      [{ notifyUrl: 'ftp://x' }, /^notifyUrl "ftp:\/\/x" is not an http\(s\) URL/],
      [{ notifyUrl: `https://x/${'x'.repeat(200)}` }, /^notifyUrl has 210 characters/],
      [{ expiredTime: start }, /^expiredTime 1795341600000 is not within 48 hours/],
      [{ expiredTime: start + 48 * hour + 1 }, /^expiredTime/],
      [{ expiredTime: start + 0.5 }, /^expiredTime/],
      [
        { totalAmount: { amount: '0.00', currency: 'AED' } },
        /^totalAmount\.amount "0\.00" is zero/,
      ],
      [{ totalAmount: { amount: '1.005', currency: 'AED' } }, /^totalAmount\.amount "1\.005"/],
      [{ totalAmount: { amount: '1.00', currency: 'USD' } }, /^totalAmount\.currency "USD"/],
    ];
    for (const [change, message] of bad) {
      const sent = client.placeOrder({ ...request, ...change });
      await assert.rejects(sent, { name: 'TypeError', message });
    }
    assert.deepEqual(payby.calls, []);
  });

  it('refuses options that cannot work, at once and without a key in the message', () => {
    assert.throws(() => open({ partnerId: '1234567890123' }), /partnerId "1234567890123"/);
    assert.throws(() => open({ partnerId: '' }), /partnerId ""/);
    assert.throws(() => open({ environment: 'prod' }), /environment "prod" is not known; use/);
    assert.throws(() => open({ environment: 'constructor' }), /environment "constructor"/);
    assert.throws(() => open({ timeout: 0 }), /timeout 0/);
    assert.throws(
      () => open({ privateKey: keys.merchant.privatePkcs1Pem }),
      /openssl pkcs8 -topk8/,
    );
    assert.throws(() => open({ paybyPublicKey: '' }), /paybyPublicKey is missing/);
  });

  it('says of a long or odd option how long it is, for it may be a key', () => {
    const key = keys.merchant.privatePem;
    for (const [name, value] of [
      ['partnerId', key],
      ['partnerId', 'a b'],
      ['environment', keys.merchant.privatePkcs1Pem],
      ['environment', 'x'.repeat(41)],
      ['timeout', key],
    ] as const) {
      assert.throws(
        () => open({ [name]: value }),
        (error: unknown) => {
          assert.ok(error instanceof TypeError);
          assert.ok(!error.message.includes(value), error.message);
          assert.match(error.message, new RegExp(`^${name} \\(${value.length} characters\\)`));
          return true;
        },
      );
    }
  });

  it('tells at the start whether its keys are keys', async () => {
    await open().client.ready();
    const notAKey = 'TUlJRXZRSUJBREFOQmdr';
    await assert.rejects(open({ privateKey: notAKey }).client.ready(), /^TypeError: privateKey is/);
    const { client } = open({ paybyPublicKey: notAKey });
    await assert.rejects(client.ready(), /^TypeError: paybyPublicKey is/);
  });

  it('verifies a notification over its raw bytes', async () => {
    const { client } = open();
    const text = sample('payment.notification.json');
    const signature = signText(text, keys.payby.privatePem);
    const bytes = new TextEncoder().encode(text);
    assert.equal(await client.verify(bytes, signature), true);
    assert.equal(await client.verify(new TextEncoder().encode(`${text} `), signature), false);
    assert.equal(await client.verify(bytes, null), false);
  });
});
