import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { describe, it } from 'node:test';
import { createSandbox } from '../../src/sandbox/index.ts';
import { PaybyClient } from '../../src/server/index.ts';
import { nodeFetch } from '../../src/server/node.ts';

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  return {
    url: `http://127.0.0.1:${address.port}/path`,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

describe('nodeFetch', () => {
  it('carries a client of PayBy', async () => {
    const sandbox = createSandbox();
    await sandbox.listen({ port: 0 });
    const client = new PaybyClient({
      environment: sandbox.baseUrl,
      partnerId: sandbox.partnerId,
      privateKey: sandbox.merchantPrivateKey,
      paybyPublicKey: sandbox.paybyPublicKey,
      fetch: nodeFetch(),
    });
    const totalAmount = { amount: '12.34', currency: 'AED' };
    const order = { merchantOrderNo: 'M1', subject: 'سلة', totalAmount };
    assert.match((await client.placeOrder(order)).tokenUrl ?? '', /^http/);
    assert.equal((await client.getOrder({ merchantOrderNo: 'M1' })).status, 'CREATED');
    await sandbox.close();
  });

  it('sends the exact bytes and headers, and keeps its connection', async () => {
    const seen: unknown[] = [];
    await using server = await serve(async (request, response) => {
      const chunks = await request.toArray();
      const { method, url, headers } = request;
      seen.push([
        method,
        url,
        headers.sign,
        headers['content-length'],
        String(Buffer.concat(chunks)),
      ]);
      response.setHeader('Sign', 'back').end('{"a":200.00}');
    });
    const fetch = nodeFetch();
    for (const body of ['{"b":0.10}', new TextEncoder().encode('{"b":0.10}')]) {
      const init = { method: 'POST', headers: { sign: 'S' }, body };
      const response = await fetch(server.url, init);
      assert.deepEqual([response.status, response.headers.get('sign')], [200, 'back']);
      assert.equal(await response.text(), '{"a":200.00}');
    }
    const expected = ['POST', '/path', 'S', '10', '{"b":0.10}'];
    assert.deepEqual(seen, [expected, expected]);
    assert.equal(server.connections(), 1);
  });

  it('follows no redirect, and decodes nothing', async () => {
    await using server = await serve((_, response) => {
      response.writeHead(302, { location: '/other', 'content-encoding': 'gzip' }).end('as it is');
    });
    const response = await nodeFetch()(server.url);
    assert.deepEqual([response.status, await response.text()], [302, 'as it is']);
  });

  it('hands a long answer on piece by piece, and lets go of one that is cancelled', async () => {
    let isClosed: Promise<unknown> | undefined;
    await using server = await serve((_, response) => {
      isClosed = once(response, 'close');
      response.write('x'.repeat(100_000));
    });
    const reader = (await nodeFetch()(server.url)).body?.getReader();
    assert.ok((await reader?.read())?.value?.length);
    await reader?.cancel();
    await isClosed;
  });

  it('rejects with a TypeError when there is no connection, or it breaks', async () => {
    const gone = await serve(() => {});
    await gone[Symbol.asyncDispose]();
    await assert.rejects(nodeFetch()(gone.url), TypeError);
    await using server = await serve((request, response) => {
      response.writeHead(200, { 'content-length': 10 }).write('half');
      setImmediate(() => request.socket.destroy());
    });
    await assert.rejects(async () => (await nodeFetch()(server.url)).text(), TypeError);
  });

  it('ends with its signal', async () => {
    const controller = new AbortController();
    await using server = await serve(() => controller.abort(new Error('too late')));
    const { signal } = controller;
    await assert.rejects(nodeFetch()(server.url, { signal }), /too late/);
  });

  it('refuses a body it cannot send as it is', async () => {
    const init = { method: 'POST', body: new FormData() };
    await assert.rejects(nodeFetch()('http://127.0.0.1:1/', init), /neither bytes nor text/);
  });
});
