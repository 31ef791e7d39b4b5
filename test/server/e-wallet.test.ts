import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CheckoutOptions } from '../../src/server/index.ts';
import { hour, second } from './support/fake-clock.ts';
import { openShop, orderOf, type Shop } from './support/shop.ts';

const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const android =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36';
const desktop =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15';
const tablet =
  'Mozilla/5.0 (Linux; Android 15; SM-X910) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

const redirectUrl = 'https://shop.example/thanks';

const openWalletShop = (options: Partial<CheckoutOptions> = {}) =>
  openShop({ eWallet: { redirectUrl }, ...options });

async function orderFrom(shop: Shop, agent: string | undefined, reference = '42') {
  const headers = { 'content-type': 'application/json', ...(agent && { 'user-agent': agent }) };
  const body = JSON.stringify({ paySceneCode: 'DYNQR', reference });
  return orderOf(await shop.send('/orders', { method: 'POST', headers, body }));
}

const placed = (shop: Shop) => shop.payby.calls.filter((call) => call.operation === 'placeOrder');

describe('a deep link into the app', () => {
  it('is asked for where a phone’s browser creates the order', async () => {
    for (const [agent, osType] of [
      [iphone, 'IOS'],
      [android, 'ANDROID'],
    ] as const) {
      const shop = openWalletShop();
      const order = await orderFrom(shop, agent);
      assert.match(order.appLink ?? '', /^https:\/\/uat-app\.test2pay\.com\/pay\?/);
      assert.deepEqual([order.tokenUrl, order.bridge], [order.appLink, undefined]);
      const { content } = placed(shop)[0] ?? {};
      assert.equal(content?.paySceneCode, 'EWALLET');
      assert.deepEqual(content?.paySceneParams, {
        eWalletCode: 'botim-pay',
        redirectUrl,
        terminalType: 'WAP',
        osType,
      });
    }
  });

  it('is not asked for on a desktop, a tablet, in the apps, or by nobody knows whom', async () => {
    const inApp = [`${iphone} PayBy/3.1`, `${android} BOTIM/4.2`];
    for (const agent of [desktop, tablet, ...inApp, '', undefined]) {
      const shop = openWalletShop();
      const order = await orderFrom(shop, agent);
      assert.equal(order.appLink, undefined, agent);
      assert.equal(placed(shop)[0]?.content.paySceneCode, 'DYNQR');
    }
  });

  it('is not asked for unless the shop wants it', async () => {
    const shop = openShop();
    assert.equal((await orderFrom(shop, iphone)).appLink, undefined);
  });

  it('is for whom the shop says, if it says so', async () => {
    const osOf = (request: Request) =>
      request.headers.get('user-agent') === 'our own app' ? ('IOS' as const) : undefined;
    const shop = openWalletShop({ eWallet: { redirectUrl, osOf } });
    assert.ok((await orderFrom(shop, 'our own app', '1')).appLink);
    assert.equal((await orderFrom(shop, iphone, '2')).appLink, undefined);
  });

  it('is renewed by the same placeOrder before it lapses', async () => {
    const shop = openWalletShop({ orderLifetime: 2 * hour });
    const first = await orderFrom(shop, iphone);
    await shop.pass((5 * hour) / 6);
    const renewed = await orderFrom(shop, iphone);
    assert.equal(renewed.id, first.id);
    assert.notEqual(renewed.appLink, first.appLink);
    const [one, other] = placed(shop);
    assert.deepEqual(other?.content, one?.content);
  });

  it('is the way into the app even when PayBy sends a code beside it', async () => {
    const shop = openWalletShop();
    shop.payby.fault('placeOrder', async (work) => {
      const answer = JSON.parse(await work().text());
      answer.body.interActionParams.tokenUrl = 'https://uat-qr.test2pay.com?ft=1';
      return shop.payby.answer(JSON.stringify(answer));
    });
    assert.match((await orderFrom(shop, iphone)).appLink ?? '', /uat-app/);
  });

  it('is not looked up as a code that somebody may have scanned', async () => {
    const shop = openWalletShop({ detectScan: true });
    const { id } = await orderFrom(shop, iphone);
    await shop.pass(3 * second);
    await shop.status(id);
    assert.equal(shop.payby.count('getCashierUrlInfo'), 0);
    assert.equal(shop.payby.count('getOrder'), 1);
  });
});

describe('an order of the same cart on another device', () => {
  it('is another one on a desktop after a phone, once the phone’s is cancelled', async () => {
    const shop = openWalletShop();
    const phone = await orderFrom(shop, iphone);
    const onDesktop = await orderFrom(shop, desktop);
    assert.notEqual(onDesktop.id, phone.id);
    assert.ok(onDesktop.bridge && !onDesktop.appLink);
    const operations = shop.payby.calls.map(({ operation }) => operation);
    assert.deepEqual(operations, ['placeOrder', 'cancelOrder', 'placeOrder']);
    assert.equal((await shop.status(phone.id)).status, 'cancelled');
  });

  it('is the same one on a phone after a desktop', async () => {
    const shop = openWalletShop();
    const onDesktop = await orderFrom(shop, desktop);
    const phone = await orderFrom(shop, android);
    assert.deepEqual([phone.id, phone.tokenUrl], [onDesktop.id, onDesktop.tokenUrl]);
    assert.equal(shop.payby.count('cancelOrder'), 0);
  });

  it('is the same one on a phone after a phone of its kind, and another one of the other kind', async () => {
    const shop = openWalletShop();
    const first = await orderFrom(shop, iphone);
    assert.equal((await orderFrom(shop, iphone)).id, first.id);
    assert.notEqual((await orderFrom(shop, android)).id, first.id);
  });

  it('is the paid one when the phone paid meanwhile', async () => {
    const shop = openWalletShop();
    const phone = await orderFrom(shop, iphone);
    shop.payby.pay(phone.id);
    const onDesktop = await orderFrom(shop, desktop);
    assert.deepEqual([onDesktop.id, onDesktop.status], [phone.id, 'paid']);
    assert.equal(shop.paid.length, 1);
  });
});

describe('createCheckout', () => {
  it('refuses an address the app cannot return to', () => {
    for (const bad of ['/thanks', 'shop://thanks', '']) {
      const message = /eWallet\.redirectUrl ".*" is not an http\(s\) URL/;
      assert.throws(() => openShop({ eWallet: { redirectUrl: bad } }), { message });
    }
  });
});
