import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { describe, it } from 'node:test';
import express, { type Express } from 'express';
import fastify from 'fastify';
import { nodeListener } from '../../../src/server/node.ts';
import { signText } from '../support/fake-payby.ts';
import { keys, openShop, problemOf } from '../support/shop.ts';

const json = { 'content-type': 'application/json' };

/** A shop served by `listener`, which is given what mounts its checkout. */
async function serveShop(mount: (payby: ReturnType<typeof nodeListener>) => RequestListener) {
  const shop = openShop();
  const server = createServer(mount(nodeListener(shop.checkout)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  const origin = `http://127.0.0.1:${address.port}`;
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${origin}/api/payby${path}`, { method: 'POST', body, headers: { ...json, ...headers } });
  return {
    shop,
    origin,
    create: () => post('/orders', '{"paySceneCode":"DYNQR","reference":"42"}'),
    /** Pays an order and posts its notification. */
    notify(id: string) {
      shop.payby.pay(id);
      // Numbers that a parser would write differently: only the bytes as they came are signed.
      const text = shop.payby.notification(id).replaceAll('12.34', '12.3400');
      return post('/notify', text, { sign: signText(text, keys.payby.privatePem) });
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const inExpress =
  (build: (app: Express, payby: ReturnType<typeof nodeListener>) => void) =>
  (payby: ReturnType<typeof nodeListener>): RequestListener => {
    const app = express();
    build(app, payby);
    return app;
  };

describe('a body that was parsed before it came to the checkout', () => {
  it('by express.json() is 500, and the operator hears how to mend it', async () => {
    await using served = await serveShop(
      inExpress((app, payby) => app.use(express.json()).use('/api/payby', payby)),
    );
    const { id } = await served.shop.order();
    for (const answer of [served.create(), served.notify(id)]) {
      const problem = await problemOf(await answer, 500);
      assert.equal(problem.code, 'body-already-read');
      assert.doesNotMatch(JSON.stringify(problem), /express|rawBody/);
    }
    assert.deepEqual(served.shop.codes(), ['body-already-read', 'body-already-read']);
    assert.match(served.shop.anomalies[0]?.message ?? '', /before express\.json\(\).*rawBody/);
    assert.equal((await served.shop.store.get(id))?.status, 'pending');
  });

  it('by Fastify’s own parser is the same', async () => {
    const app = fastify();
    await using served = await serveShop((payby) => {
      app.all('/api/payby/*', (request, reply) => {
        reply.hijack();
        payby(request.raw, reply.raw);
      });
      return (request, response) => app.ready().then(() => app.routing(request, response));
    });
    const { id } = await served.shop.order();
    assert.equal((await problemOf(await served.notify(id), 500)).code, 'body-already-read');
  });

  it('leaves routes without a body as they are', async () => {
    await using served = await serveShop(
      inExpress((app, payby) => app.use(express.json()).use('/api/payby', payby)),
    );
    const { id } = await served.shop.order();
    const order = await fetch(`${served.origin}/api/payby/orders/${id}`);
    assert.equal((await order.json()).status, 'pending');
    const url = `${served.origin}/api/payby/orders/${id}/cancel`;
    const cancelled = await fetch(url, { method: 'POST' });
    assert.equal((await cancelled.json()).status, 'cancelled');
  });
});

describe('raw bytes that were kept', () => {
  const keepers: Readonly<Record<string, ReturnType<typeof inExpress>>> = {
    'as bytes in rawBody': inExpress((app, payby) => {
      const verify = (request: object, _: unknown, bytes: Buffer) =>
        void Object.assign(request, { rawBody: bytes });
      app.use(express.json({ verify })).use('/api/payby', payby);
    }),
    'as text in rawBody': inExpress((app, payby) => {
      const verify = (request: object, _: unknown, bytes: Buffer) =>
        void Object.assign(request, { rawBody: bytes.toString() });
      app.use(express.json({ verify })).use('/api/payby', payby);
    }),
    'by express.raw()': inExpress((app, payby) => {
      app.use(express.raw({ type: '*/*' })).use('/api/payby', payby);
    }),
  };
  for (const [how, mount] of Object.entries(keepers)) {
    it(`${how} are taken`, async () => {
      await using served = await serveShop(mount);
      assert.equal((await served.create()).status, 201);
      const [record] = [...served.shop.payby.orders.keys()];
      const response = await served.notify(record ?? '');
      assert.deepEqual([response.status, await response.json()], [200, { response: 'SUCCESS' }]);
      assert.equal(served.shop.paid.length, 1);
    });
  }
});

describe('a mount', () => {
  it('of something that throws around the checkout is 500 without a word of it', async () => {
    const broken = nodeListener({ fetch: () => Promise.reject(new Error('secret of the shop')) });
    await using served = await serveShop(() => broken);
    const response = await served.create();
    const problem = await problemOf(response, 500);
    assert.equal(problem.code, 'internal-error');
    assert.doesNotMatch(JSON.stringify(problem), /secret/);
  });

  it('in nested routers of Express finds the routes by the whole path', async () => {
    await using served = await serveShop(
      inExpress((app, payby) => {
        app.use('/api', express.Router().use('/payby', payby));
      }),
    );
    const response = await served.create();
    assert.equal(response.status, 201);
    const { id } = await response.json();
    assert.equal((await fetch(`${served.origin}/api/payby/orders/${id}?t=1`)).status, 200);
  });
});
