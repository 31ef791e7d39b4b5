import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CheckoutOptions, CheckoutRefusal, createCheckout } from '../../src/server/index.ts';
import { openShop, orderOf, problemOf } from './support/shop.ts';

describe('the routes', () => {
  it('lie below the base path, with or without a slash at the end', async () => {
    const json = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers: json, body: '{"paySceneCode":"DYNQR"}' };
    for (const [basePath, path] of [
      ['', '/orders'],
      ['/', '/orders'],
      ['/pay', '/pay/orders/'],
      ['/pay/', '/pay/orders'],
    ] as const) {
      const { checkout } = openShop({ basePath });
      const response = await checkout.fetch(new Request(`https://shop.example${path}`, init));
      assert.equal(response.status, 201, basePath);
      const elsewhere = await checkout.fetch(new Request('https://shop.example/x/orders', init));
      assert.equal((await problemOf(elsewhere, 404)).code, 'not-found');
    }
  });

  it('say which methods they take', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const bad: [string, string, string][] = [
      ['GET', '/orders', 'POST'],
      ['OPTIONS', '/orders', 'POST'],
      ['DELETE', `/orders/${id}`, 'GET, HEAD'],
      ['POST', `/orders/${id}`, 'GET, HEAD'],
      ['POST', `/orders/${id}/events`, 'GET'],
      ['GET', `/orders/${id}/cancel`, 'POST'],
      ['GET', '/notify', 'POST'],
      ['PUT', '/notify', 'POST'],
    ];
    for (const [method, path, allow] of bad) {
      const response = await shop.send(path, { method });
      assert.equal(response.headers.get('allow'), allow, `${method} ${path}`);
      assert.equal((await problemOf(response, 405)).code, 'method-not-allowed');
    }
    assert.equal((await shop.send(`/orders/${id}`, { method: 'HEAD' })).status, 200);
  });

  it('need the body as it came, and tell the operator when somebody read it', async () => {
    const shop = openShop();
    const headers = { 'content-type': 'application/json' };
    for (const path of ['orders', 'notify']) {
      const url = `https://shop.example/api/payby/${path}`;
      const request = new Request(url, { method: 'POST', headers, body: '{}' });
      await request.json();
      await problemOf(await shop.checkout.fetch(request), 500);
      assert.match(shop.anomalies.at(-1)?.message ?? '', /body was read before .* untouched/);
    }
  });

  it('work without their checkout: fetch can be handed on alone', async () => {
    const { fetch } = openShop().checkout;
    assert.equal((await fetch(new Request('https://shop.example/'))).status, 404);
  });
});

describe('authorize', () => {
  it('decides who may create, read and cancel, and hides what is not theirs', async () => {
    const allowed = new Set(['create', 'read', 'cancel']);
    const seen: string[] = [];
    const shop = openShop({
      authorize: async ({ action, order }) => {
        seen.push(`${action} ${order?.reference}`);
        return allowed.has(action);
      },
    });
    const { id } = await shop.order();
    assert.equal((await shop.status(id)).status, 'pending');
    allowed.clear();
    assert.equal((await problemOf(await shop.create(), 403)).code, 'forbidden');
    for (const path of [`/orders/${id}`, `/orders/${id}/events`]) {
      assert.equal((await problemOf(await shop.send(path), 404)).code, 'order-not-found');
    }
    await problemOf(await shop.cancel(id), 404);
    allowed.add('cancel');
    assert.equal((await orderOf(await shop.cancel(id))).status, 'cancelled');
    assert.deepEqual(seen, [
      'create undefined',
      'read 42',
      'create undefined',
      'read 42',
      'read 42',
      'cancel 42',
      'cancel 42',
    ]);
  });

  it('is asked before a create answers or closes another order', async () => {
    const allowed = new Set(['create', 'read', 'cancel']);
    let amount = '10.00';
    const shop = openShop({
      quote: () => ({ amount, subject: 'Cart' }),
      authorize: ({ action }) => allowed.has(action),
    });
    const { id } = await shop.order({ key: 'k1' });
    allowed.delete('read');
    for (const key of ['k1', 'k2']) {
      assert.equal((await problemOf(await shop.create({ key }), 403)).code, 'forbidden');
    }
    allowed.add('read');
    allowed.delete('cancel');
    amount = '20.00';
    assert.equal((await problemOf(await shop.create({ key: 'k3' }), 403)).code, 'forbidden');
    assert.equal(shop.payby.orders.get(id)?.status, 'CREATED');
    allowed.add('cancel');
    assert.notEqual((await shop.order({ key: 'k3' })).id, id);
  });

  it('keeps a create from an order that it finds paid, which the shop hears of', async () => {
    let mayRead = true;
    const shop = openShop({
      authorize: ({ action }) => action !== 'read' || mayRead,
      quote: ({ details }) => ({ amount: details ? '20' : '12.34', subject: 'Cart 42' }),
    });
    const { id } = await shop.order();
    shop.payby.pay(id);
    mayRead = false;
    await problemOf(await shop.create({ details: 'more' }), 403);
    await shop.quiet();
    assert.deepEqual(
      shop.paid.map((order) => order.id),
      [id],
    );
  });

  it('may refuse in its own words', async () => {
    const refusal = { status: 401, code: 'sign-in', message: 'Please sign in.' };
    const shop = openShop({ authorize: () => Promise.reject(new CheckoutRefusal(refusal)) });
    const problem = await problemOf(await shop.create(), 401);
    assert.deepEqual([problem.code, problem.detail], ['sign-in', 'Please sign in.']);
  });

  it('that throws lets nobody in', async () => {
    const shop = openShop({ authorize: () => Promise.reject(new Error('session store is away')) });
    assert.equal((await problemOf(await shop.create(), 500)).code, 'internal-error');
    assert.deepEqual(shop.payby.calls, []);
  });

  it('that throws something other than an Error is answered all the same', async () => {
    const origin = 'https://shop.example';
    const shop = openShop({ authorize: () => Promise.reject('nobody'), cors: { origin } });
    const response = await shop.send('/orders', { method: 'POST', headers: { origin } });
    assert.equal(response.headers.get('access-control-allow-origin'), origin);
    assert.equal((await problemOf(response, 500)).code, 'internal-error');
    assert.deepEqual(shop.codes(), ['internal']);
  });
});

describe('CORS', () => {
  const origin = 'https://www.shop.example';
  const preflight = {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,idempotency-key',
    },
  };

  it('is off unless asked for', async () => {
    const shop = openShop();
    const response = await shop.send('/orders', preflight);
    assert.equal(response.status, 405);
    assert.equal(response.headers.get('access-control-allow-origin'), null);
  });

  it('lets the named origin in, for errors and streams as well', async () => {
    const shop = openShop({ cors: { origin: [origin], credentials: true } });
    const answer = await shop.send('/orders', preflight);
    assert.equal(answer.status, 204);
    assert.match(answer.headers.get('access-control-allow-headers') ?? '', /Idempotency-Key/);
    const { id } = await shop.order();
    for (const path of [`/orders/${id}`, `/orders/${id}/events`, '/orders/nobody', '/orders']) {
      const response = await shop.send(path, { headers: { origin } });
      assert.equal(response.headers.get('access-control-allow-origin'), origin, path);
      assert.equal(response.headers.get('access-control-allow-credentials'), 'true', path);
      await response.body?.cancel();
      const other = await shop.send(path, { headers: { origin: 'https://evil.example' } });
      assert.equal(other.headers.get('access-control-allow-origin'), null, path);
      await other.body?.cancel();
    }
    const notify = await shop.send('/notify', { ...preflight });
    assert.equal(notify.headers.get('access-control-allow-origin'), null);
  });
});

describe('CORS of a page with its own headers', () => {
  it('lets them in', async () => {
    const origin = 'https://www.shop.example';
    const shop = openShop({ cors: { origin, headers: ['Authorization'] } });
    const headers = { origin, 'access-control-request-method': 'POST' };
    const answer = await shop.send('/orders', { method: 'OPTIONS', headers });
    const allowed = answer.headers.get('access-control-allow-headers');
    assert.equal(allowed, 'Content-Type,Idempotency-Key,Authorization');
  });
});

describe('createCheckout', () => {
  it('refuses options that cannot work, naming them', () => {
    const bad: [Partial<Record<keyof CheckoutOptions, unknown>>, RegExp][] = [
      [{ notifyUrl: '/notify' }, /notifyUrl "\/notify" is not an http\(s\) URL/],
      [{ quote: undefined }, /quote is undefined; pass a function/],
      [{ onPaid: 'later' }, /onPaid is string/],
      [{ queryInterval: 0 }, /queryInterval 0 is not 1 to/],
      [{ queryInterval: Number.NaN }, /queryInterval NaN/],
      [{ orderLifetime: 49 * 60 * 60 * 1000 }, /orderLifetime 176400000/],
      [{ cors: { origin: '*', credentials: true } }, /cors\.origin "\*" cannot have credentials/],
      [{ cors: { origin: ['*'], credentials: true } }, /name the origins/],
      [{ basePath: 'api' }, /basePath "api" is not a path/],
      [{ basePath: '/:id' }, /basePath "\/:id"/],
    ];
    for (const [change, message] of bad) {
      assert.throws(() => openShop(change as Partial<CheckoutOptions>), { message });
    }
    assert.equal(typeof createCheckout, 'function');
  });

  it('survives a problem hook that throws', async () => {
    const shop = openShop({
      quote: () => Promise.reject(new Error('no')),
      onAnomaly: () => {
        throw new Error('no log');
      },
    });
    await problemOf(await shop.create(), 500);
  });

  it('survives a problem hook that rejects', async () => {
    const unhandled: unknown[] = [];
    const hear = (cause: unknown) => unhandled.push(cause);
    process.on('unhandledRejection', hear);
    const shop = openShop({
      quote: () => Promise.reject(new Error('no')),
      onAnomaly: () => Promise.reject(new Error('no log')),
    });
    await problemOf(await shop.create(), 500);
    await shop.quiet();
    process.off('unhandledRejection', hear);
    assert.deepEqual(unhandled, []);
  });
});
