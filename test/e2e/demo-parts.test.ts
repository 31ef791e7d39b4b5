import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OrderRecord } from 'payby-checkout/server';
import { readConfig } from '../../demo/config.ts';
import { attributesOf } from '../../demo/playground/attributes.ts';
import { readSettings, writeSettings } from '../../demo/playground/settings.ts';
import { scriptOf, tagOf, textOf } from '../../demo/playground/snippet.ts';
import { Shop } from '../../demo/shop.ts';

const order = (id: string): OrderRecord => ({
  id,
  status: 'paid',
  amount: '9.00',
  currency: 'AED',
  subject: 'Corner Café',
  reference: 'table-4',
  idempotencyKey: id,
  notifyUrl: 'http://localhost/notify',
  expiresAt: 0,
  createdAt: 0,
  updatedAt: 0,
});

describe('the demo shop’s books', () => {
  it('keep the first payment of a cart, and tell of a second one once', () => {
    const told: string[] = [];
    const shop = new Shop((reference, { orderId }) => told.push(`${reference} ${orderId}`));
    for (const id of ['first', 'first', 'second', 'second', 'first']) shop.onPaid(order(id));
    assert.deepEqual(shop.payment('table-4'), { orderId: 'first', amount: '9.00' });
    assert.deepEqual(shop.surplus, [{ orderId: 'second', amount: '9.00' }]);
    assert.deepEqual(told, ['table-4 second']);
  });
});

describe('the demo’s settings', () => {
  it('name a page that a browser on this machine can open', () => {
    for (const HOST of ['', '127.0.0.1', '0.0.0.0', '::']) {
      assert.equal(readConfig({ HOST, PORT: '5200' }).pageUrl, 'http://localhost:5200');
    }
    assert.equal(readConfig({ HOST: '192.168.1.20' }).pageUrl, 'http://192.168.1.20:5173');
  });

  it('take no port 0, which is another port for everybody who asks', () => {
    for (const name of ['PORT', 'SANDBOX_PORT']) {
      assert.throws(() => readConfig({ [name]: '0' }), {
        message: new RegExp(`^${name} "0" is not`),
      });
    }
  });
});

describe('the playground’s switches', () => {
  it('are the same after a way through a URL, which names no default', () => {
    const query = 'phase=paid&device=botim&lang=ar&dir=ltr&inApp=qr&autostart=&faults=slow+offline';
    const settings = readSettings(new URLSearchParams(query));
    assert.deepEqual(readSettings(writeSettings(settings)), settings);
    assert.equal(writeSettings(settings).size, query.split('&').length);
    assert.equal(String(writeSettings(readSettings(new URLSearchParams()))), '');
  });

  it('pass over what a URL says that they do not know', () => {
    const known = readSettings(new URLSearchParams());
    const odd = 'phase=bankrupt&theme=&lang=tlh&faults=flood&toString=1';
    assert.deepEqual(readSettings(new URLSearchParams(odd)), known);
  });

  it('are written into the code that is shown, and only those', () => {
    const settings = readSettings(new URLSearchParams('inApp=qr&updates=poll'));
    const attributes = attributesOf(settings, 'a "cart" & it’s');
    assert.equal(
      textOf(tagOf(attributes)),
      `<payby-checkout
  endpoint="/api/payby/orders"
  reference="a &quot;cart&quot; &amp; it’s"
  token-hosts="localhost"
  in-app="qr"
  updates="poll"
></payby-checkout>`,
    );
    const script = textOf(scriptOf(attributes, { items: { karak: 2 } }));
    for (const line of [
      `checkout.reference = 'a "cart" & it’s';`,
      `checkout.inApp = 'qr';`,
      `    karak: 2`,
    ]) {
      assert.ok(script.split('\n').includes(line), script);
    }
  });
});
