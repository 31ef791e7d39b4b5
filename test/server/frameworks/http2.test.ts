import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type ClientHttp2Session, connect, createServer } from 'node:http2';
import { describe, it } from 'node:test';
import { nodeListener } from '../../../src/server/node.ts';
import { second } from '../support/fake-clock.ts';
import { openShop } from '../support/shop.ts';

const base = '/api/payby';

async function serveHttp2() {
  const shop = openShop();
  const server = createServer(nodeListener(shop.checkout));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  const session = connect(`http://127.0.0.1:${address.port}`);
  return {
    shop,
    session,
    async [Symbol.asyncDispose]() {
      session.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Sends a request; the answer's status once its headers are here, and its body as it comes. */
async function send(session: ClientHttp2Session, method: string, path: string, body?: string) {
  const headers = { ':method': method, ':path': base + path, 'content-type': 'application/json' };
  const stream = session.request(headers, { endStream: body === undefined });
  stream.setEncoding('utf8');
  if (body !== undefined) stream.end(body);
  const [answer] = await once(stream, 'response');
  return { status: answer[':status'], stream, text: async () => (await stream.toArray()).join('') };
}

describe('the listener on HTTP/2', () => {
  it('creates an order and streams its events until it is paid', async () => {
    await using server = await serveHttp2();
    const { session, shop } = server;
    const created = await send(session, 'POST', '/orders', '{"paySceneCode":"DYNQR"}');
    assert.equal(created.status, 201);
    const { id } = JSON.parse(await created.text());
    const events = await send(session, 'GET', `/orders/${id}/events`);
    shop.payby.pay(id);
    assert.equal((await shop.notify(shop.payby.notification(id))).status, 200);
    const statuses = [...(await events.text()).matchAll(/"status":"(\w+)"/g)].map(
      ([, word]) => word,
    );
    assert.deepEqual(statuses, ['pending', 'paid']);
    assert.equal(shop.clock.timers, 0);
  });

  it('watches no longer for a reader that goes', async () => {
    await using server = await serveHttp2();
    const { session, shop } = server;
    const { id } = await shop.order();
    const events = await send(session, 'GET', `/orders/${id}/events`);
    await once(events.stream, 'data');
    events.stream.close();
    while (shop.clock.timers > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it('begins no watch for a reader that went before the answer', async () => {
    await using server = await serveHttp2();
    const { session, shop } = server;
    const { id } = await shop.order();
    const path = `${base}/orders/${id}/events`;
    const { get } = shop.store;
    const left = new Promise<void>((resolve) => {
      shop.store.get = async (wanted) => {
        shop.store.get = get;
        const record = await get(wanted);
        request.close();
        while (!session.destroyed && !request.destroyed) await shop.quiet();
        setImmediate(resolve);
        return record;
      };
    });
    const request = session.request({ ':path': path });
    await left;
    while (shop.clock.timers > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it('gives up a body that does not come', async () => {
    await using server = await serveHttp2();
    const { session, shop } = server;
    const headers = {
      ':method': 'POST',
      ':path': `${base}/orders`,
      'content-type': 'application/json',
    };
    const slow = session.request(headers);
    slow.write('{"paySceneCode":');
    const answered = once(slow, 'response');
    while (shop.clock.timers === 0) await new Promise((resolve) => setImmediate(resolve));
    await shop.pass(10 * second);
    const [late] = await answered;
    assert.equal(late[':status'], 408);
    slow.close();
    await shop.quiet();
    assert.equal(shop.clock.timers, 0);
  });
});
