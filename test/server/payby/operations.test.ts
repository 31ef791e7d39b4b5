import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OrderNumber, PlaceOrderRequest } from '../../../src/server/index.ts';
import { hour, start } from '../support/fake-clock.ts';
import { openClient, order, sample, unknown } from '../support/open-client.ts';

const number = { merchantOrderNo: order.merchantOrderNo };
const eWallet = { osType: 'IOS', redirectUrl: 'https://shop.example/cart' } as const;
const day = 24 * hour;

describe('the environment', () => {
  it('is PayBy’s production, PayBy’s UAT, or a base URL with or without a slash', async () => {
    for (const [environment, url] of [
      ['production', 'https://api.payby.com/sgs/api/acquire2/getOrder'],
      ['uat', 'https://uat.test2pay.com/sgs/api/acquire2/getOrder'],
      ['http://localhost:4010/sgs/api', 'http://localhost:4010/sgs/api/acquire2/getOrder'],
      ['http://localhost:4010/sgs/api//', 'http://localhost:4010/sgs/api/acquire2/getOrder'],
      ['https://gateway.example', 'https://gateway.example/acquire2/getOrder'],
    ] as const) {
      const urls: string[] = [];
      const { client } = openClient({
        environment,
        fetch: async (input) => {
          urls.push(String(input));
          return new Response('{}');
        },
      });
      await assert.rejects(client.getOrder(number), unknown('signature'));
      assert.deepEqual(urls, [url]);
    }
  });

  it('is refused when no operation could follow it', () => {
    for (const environment of ['UAT', 'ftp://x', 'http://', 'https://x?a=1', 'https://me:pw@x']) {
      assert.throws(() => openClient({ environment }), /^TypeError: environment .* is not known/);
    }
    const environment = 'https://me:secret@gateway.example';
    assert.throws(
      () => openClient({ environment }),
      /^TypeError: (?!.*secret).*a query or a password/,
    );
  });
});

describe('the operations', () => {
  it('lie below PayBy’s paths and say what PayBy’s samples say', async () => {
    const paths: string[] = [];
    const { payby, client } = openClient({
      fetch: (input, init) => {
        paths.push(String(input).split('/acquire2/')[1] ?? '');
        return payby.fetch(input, init);
      },
    });
    await client.placeOrder(order);
    await client.getOrder(number);
    await client.updateExpiredTime(number, start + day);
    await client.cancelOrder(number);
    await client.placeOrder({ ...order, merchantOrderNo: 'M2' });
    payby.pay('M2');
    const refund = { refundMerchantOrderNo: 'R1', amount: order.totalAmount };
    await client.placeRefund({ ...refund, originMerchantOrderNo: 'M2' });
    await client.getRefund({ refundMerchantOrderNo: 'R1' });
    await client.revokeOrder({ merchantOrderNo: 'M2' });
    const { tokenUrl = '' } = await client.placeOrder({ ...order, merchantOrderNo: 'M3' });
    await client.getCashierUrlInfo(tokenUrl);
    assert.deepEqual(paths, [
      'placeOrder',
      'getOrder',
      'updateExpiredTime',
      'cancelOrder',
      'placeOrder',
      'refund/placeOrder',
      'refund/getOrder',
      'revokeOrder',
      'placeOrder',
      'getCashierUrlInfo',
    ]);
    const written = (call: number) => JSON.parse(payby.calls[call]?.text ?? '').bizContent;
    const shape = (name: string) => Object.keys(JSON.parse(sample(name)).bizContent);
    assert.deepEqual(Object.keys(written(1)), shape('get-order.request.json'));
    assert.deepEqual(Object.keys(written(2)), shape('update-expired-time.request.json'));
    assert.deepEqual(Object.keys(written(3)), shape('cancel-order.request.json'));
    assert.deepEqual(Object.keys(written(6)), shape('refund-query.request.json'));
    assert.deepEqual(Object.keys(written(7)), shape('revoke-order.request.json'));
    assert.deepEqual(Object.keys(written(9)), shape('cashier-url.request.json'));
  });

  it('find an order by either of its numbers, and believe no answer about another', async () => {
    const { payby, client } = openClient();
    const { order: placed } = await client.placeOrder(order);
    const byPayby: OrderNumber = { orderNo: placed.orderNo ?? '' };
    const asking = {
      getOrder: (asked: OrderNumber) => client.getOrder(asked),
      updateExpiredTime: (asked: OrderNumber) => client.updateExpiredTime(asked, start + hour),
      cancelOrder: (asked: OrderNumber) => client.cancelOrder(asked),
    };
    for (const [operation, ask] of Object.entries(asking)) {
      assert.equal((await ask(byPayby)).merchantOrderNo, order.merchantOrderNo, operation);
    }
    const other = sample('revoke-order.response.json');
    const all = { ...asking, revokeOrder: (asked: OrderNumber) => client.revokeOrder(asked) };
    for (const [operation, ask] of Object.entries(all)) {
      for (const asked of [{ merchantOrderNo: 'M1' }, { orderNo: '131' }]) {
        payby.fault(operation as keyof typeof all, () => payby.answer(other));
        await assert.rejects(ask(asked), unknown('unreadable', /is another order/), operation);
      }
    }
  });
});

describe('placeOrder for the way into the app', () => {
  it('asks for EWALLET and answers the deepLink, under both spellings', async () => {
    const { payby, client } = openClient();
    for (const spelling of ['interActionParams', 'interactionParams']) {
      payby.fault('placeOrder', async (work) =>
        payby.answer((await work().text()).replace('interActionParams', spelling)),
      );
      const placed = await client.placeOrder({ ...order, eWallet });
      assert.match(placed.deepLink ?? '', /^https:\/\/uat-app\.test2pay\.com/);
      assert.equal(placed.tokenUrl, undefined);
    }
    assert.deepEqual(payby.calls[0]?.content, {
      merchantOrderNo: 'M965739182419',
      subject: 'Cart 42',
      totalAmount: { amount: 12.34, currency: 'AED' },
      paySceneCode: 'EWALLET',
      paySceneParams: {
        eWalletCode: 'botim-pay',
        terminalType: 'WAP',
        osType: 'IOS',
        redirectUrl: 'https://shop.example/cart',
      },
    });
  });

  it('does not take a created order without a deepLink, but a paid one', async () => {
    const { payby, client } = openClient();
    payby.fault('placeOrder', async (work) =>
      payby.answer((await work().text()).replace('deepLink', 'tokenUrl')),
    );
    const placed = client.placeOrder({ ...order, eWallet });
    await assert.rejects(placed, unknown('unreadable', /without a deepLink/));
    payby.pay(order.merchantOrderNo);
    const paid = await client.placeOrder({ ...order, eWallet });
    assert.deepEqual([paid.order.status, paid.deepLink], ['PAID_SUCCESS', undefined]);
  });

  it('refuses what PayBy would, before it is sent', async () => {
    const { payby, client } = openClient();
    const bad: [object, RegExp][] = [
      [{ eWallet: { ...eWallet, osType: 'WINDOWS' } }, /^eWallet\.osType "WINDOWS" is not known/],
      [{ eWallet: { ...eWallet, redirectUrl: 'cart' } }, /^eWallet\.redirectUrl "cart" is not an/],
      [{ eWallet: { osType: 'IOS' } }, /^eWallet\.redirectUrl undefined/],
      [{ eWallet, paySceneParams: { oneTimePayment: true } }, /either eWallet or paySceneParams/],
    ];
    for (const [change, message] of bad) {
      const request = { ...order, ...change } as PlaceOrderRequest;
      await assert.rejects(client.placeOrder(request), { name: 'TypeError', message });
    }
    assert.deepEqual(payby.calls, []);
  });
});

describe('revokeOrder', () => {
  it('reads PayBy’s sample', async () => {
    const { payby, client } = openClient();
    payby.fault('revokeOrder', () => payby.answer(sample('revoke-order.response.json')));
    const revoked = await client.revokeOrder({ merchantOrderNo: 'M965739182419' });
    assert.deepEqual(
      [revoked.orderNo, revoked.status, revoked.revoked, revoked.paidAmount],
      ['131404956265007836', 'FAILURE', true, { amount: '1.01', currency: 'AED' }],
    );
  });

  it('fails an order nobody paid, and gives the money of a paid one back', async () => {
    const { client, payby, paidOrder } = openClient();
    await client.placeOrder({ ...order, merchantOrderNo: 'M2' });
    const unpaid = await client.revokeOrder({ merchantOrderNo: 'M2' });
    assert.deepEqual([unpaid.status, unpaid.revoked], ['FAILURE', false]);
    await paidOrder();
    const paid = await client.revokeOrder(number);
    assert.deepEqual([paid.status, paid.revoked], ['FAILURE', true]);
    payby.refuse('revokeOrder', '62046', 'REVOKE_REJECTED');
    await assert.rejects(client.revokeOrder(number), { name: 'PaybyError', code: '62046' });
  });
});

describe('updateExpiredTime', () => {
  it('moves the end of an order, by up to 15 days from now', async () => {
    const { client } = openClient();
    await client.placeOrder(order);
    const moved = await client.updateExpiredTime(number, start + 15 * day);
    assert.equal(moved.expiredTime, start + 15 * day);
  });

  it('refuses any other time before it is sent', async () => {
    const { client, payby } = openClient();
    for (const time of [start, start + 15 * day + 1, start + 0.5, Number.NaN]) {
      const message = new RegExp(
        `^expiredTime ${time} is not within 15 days after now \\(${start}\\)`,
      );
      await assert.rejects(client.updateExpiredTime(number, time), { name: 'TypeError', message });
    }
    assert.deepEqual(payby.calls, []);
  });
});

describe('getCashierUrlInfo', () => {
  it('reads PayBy’s sample', async () => {
    const { client, payby } = openClient();
    payby.fault('getCashierUrlInfo', () => payby.answer(sample('cashier-url.response.json')));
    const info = await client.getCashierUrlInfo('https://qr.payby.com?ft=1');
    assert.deepEqual(info, { payer: { mobileNumberMask: '+971-58*92' } });
  });

  it('tells who scanned once somebody has, and nobody before', async () => {
    const { client, payby } = openClient();
    const { tokenUrl = '' } = await client.placeOrder(order);
    assert.deepEqual(await client.getCashierUrlInfo(tokenUrl), {});
    payby.scan(order.merchantOrderNo);
    const { payer } = await client.getCashierUrlInfo(tokenUrl);
    assert.deepEqual(payer, { mobileNumberMask: '+971-58*92' });
    assert.deepEqual(payby.calls.at(-1)?.content, { tokenUrl });
  });

  it('takes an answer of any other form for nobody', async () => {
    const { client, payby } = openClient();
    const bodies = ['null', '{}', '{"payer":null}', '{"payer":{"mobileNumberMask":7}}', '"none"'];
    for (const body of bodies) {
      const text = `{"head":{"applyStatus":"SUCCESS","code":"0"},"body":${body}}`;
      payby.fault('getCashierUrlInfo', () => payby.answer(text));
      assert.deepEqual(await client.getCashierUrlInfo('https://qr.payby.com?ft=1'), {}, body);
    }
  });

  it('refuses what is no URL, and says so when PayBy does not know it', async () => {
    const { client, payby } = openClient();
    const asked = client.getCashierUrlInfo('token-1');
    await assert.rejects(asked, /^TypeError: tokenUrl "token-1" is not an http\(s\) URL/);
    assert.deepEqual(payby.calls, []);
    await assert.rejects(client.getCashierUrlInfo('https://qr.payby.com?ft=1'), {
      code: '62082',
      codeName: 'TOKEN_URL_NOT_EXIST',
    });
  });
});
