import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OrderRecord } from 'payby-checkout/server';
import { readConfig } from '../../demo/config.ts';
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
  fulfilled: false,
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
