import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { createSandbox } from '../../src/sandbox/index.ts';
import { orderFields, setUp, sign, start, tokenUrl, verify } from './merchant.ts';
import { deferred } from './shop.ts';

const body = JSON.stringify({ requestTime: start, bizContent: orderFields });
// Before anything listens.
const globals = { Request, Response };

async function listening(t: TestContext, options = {}) {
  const made = setUp(options);
  const { url, close } = await made.sandbox.listen({ port: 0 });
  t.after(close);
  const headers = {
    'content-type': 'application/json',
    'partner-id': made.sandbox.partnerId,
    sign: sign(body, made.sandbox.merchantPrivateKey),
  };
  return { ...made, url, close, headers };
}

describe('listening', () => {
  it('serves the same answers over HTTP', async (t) => {
    const { sandbox, url, headers } = await listening(t);
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(sandbox.baseUrl, `${url}/sgs/api`);
    const response = await fetch(`${sandbox.baseUrl}/acquire2/placeOrder`, {
      method: 'POST',
      headers,
      body,
    });
    const answer = await response.text();
    assert.ok(verify(answer, response.headers.get('sign') ?? '', sandbox.paybyPublicKey));
    const { tokenUrl } = JSON.parse(answer).body.interActionParams;
    assert.ok(tokenUrl.startsWith(`http://localhost:${new URL(url).port}/wallet?`), tokenUrl);
    const page = await fetch(tokenUrl.replace('localhost', '127.0.0.1'));
    assert.match(await page.text(), /Sandbox: no money moves/);
  });

  it('takes a body in chunks, and none at all', async (t) => {
    const { url, headers, sandbox } = await listening(t);
    const inChunks = new Blob([body]).stream();
    const sent = { method: 'POST', headers, body: inChunks, duplex: 'half' } as const;
    const placed = await fetch(`${sandbox.baseUrl}/acquire2/placeOrder`, sent);
    assert.equal((await placed.json()).head.msg, 'SUCCESS');

    const { hostname, port } = new URL(url);
    const bare = async (line: string) => {
      const socket = connect(Number(port), hostname);
      socket.end(`${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      return text(socket);
    };
    assert.match(await bare('POST /control/orders/M9/pay'), /^HTTP\/1\.1 400 .*application\/json/s);
    assert.match(await bare('POST /sgs/api/acquire2/getOrder'), /UNAUTHORIZED/);
    assert.match(await bare('PUT /control'), /^HTTP\/1\.1 405 /);
  });

  it('delivers notifications to a real server', async (t) => {
    const heard = deferred<{ raw: string; signature: unknown }>();
    const shop = createServer(async (request, response) => {
      heard.resolve({ raw: await text(request), signature: request.headers.sign });
      response.end('{"response":"SUCCESS"}');
    }).listen(0, '127.0.0.1');
    t.after(() => shop.close());
    await once(shop, 'listening');
    const address = shop.address();
    const port = typeof address === 'object' ? address?.port : undefined;

    const reported = deferred<unknown>();
    const { sandbox, place, url } = await listening(t, {
      requestLog: (entry: { kind: string; outcome?: string }) =>
        entry.kind === 'notification' && reported.resolve(entry.outcome),
    });
    const code = tokenUrl(await place({ notifyUrl: `http://127.0.0.1:${port}/notify` }));
    const ft = new URL(code).searchParams.get('ft') ?? '';
    await fetch(`${url}/wallet/pay`, { method: 'POST', body: new URLSearchParams({ ft }) });
    const { raw, signature } = await heard.promise;
    assert.ok(verify(raw, String(signature), sandbox.paybyPublicKey));
    assert.equal(JSON.parse(raw).acquireOrder.status, 'PAID_SUCCESS');
    assert.equal(await reported.promise, 'accepted');
  });

  it('survives garbage, a broken upload and an endless body', async (t) => {
    const { url, headers, sandbox } = await listening(t);
    const { hostname, port } = new URL(url);
    const line = 'POST /sgs/api/acquire2/getOrder HTTP/1.1\r\nHost: x\r\n';
    for (const bytes of ['\0\0\0\r\n\r\n', 'GET\r\n\r\n', `${line}Content-Length: 99\r\n\r\n{`]) {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.end(bytes);
      socket.resume();
      await once(socket, 'close');
    }
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
    });
    const outcome = await fetch(`${sandbox.baseUrl}/acquire2/getOrder`, {
      method: 'POST',
      headers,
      body: endless,
      duplex: 'half',
    } as RequestInit).then(
      ({ status }) => status,
      (cause) => cause.name,
    );
    assert.ok([413, 'TypeError'].includes(outcome), String(outcome));
    const response = await fetch(`${sandbox.baseUrl}/acquire2/placeOrder`, {
      method: 'POST',
      headers,
      body,
    });
    assert.equal((await response.json()).head.code, '0');
  });

  it('holds a call until its caller gives up, and cuts another', { timeout: 10_000 }, async (t) => {
    const { sandbox, headers } = await listening(t);
    const place = (signal?: AbortSignal) =>
      fetch(`${sandbox.baseUrl}/acquire2/placeOrder`, { method: 'POST', headers, body, signal });
    sandbox.control.addFault({ fault: { kind: 'silence', done: true } });
    const caller = new AbortController();
    const held = place(caller.signal);
    while (sandbox.control.orders().length === 0) await setImmediate();
    caller.abort();
    await assert.rejects(held, { name: 'AbortError' });
    while (sandbox.control.events().length === 0) await setImmediate();
    assert.equal(sandbox.control.events()[0]?.fault, 'silence');
    sandbox.control.addFault({ fault: { kind: 'reset' } });
    await assert.rejects(place(), TypeError);
    assert.equal((await (await place()).json()).head.code, '0');
  });

  it('closes while it holds a call', { timeout: 10_000 }, async (t) => {
    const { sandbox, headers } = await listening(t);
    sandbox.control.addFault({ fault: { kind: 'silence', done: true } });
    const url = `${sandbox.baseUrl}/acquire2/placeOrder`;
    const held = fetch(url, { method: 'POST', headers, body });
    held.catch(() => {});
    while (sandbox.control.orders().length === 0) await setImmediate();
    await sandbox.close();
    await assert.rejects(held, TypeError);
  });

  it('knows its callers’ addresses', async (t) => {
    const { sandbox, headers } = await listening(t, { allowedIps: ['10.0.0.0/8'] });
    const place = async () => {
      const url = `${sandbox.baseUrl}/acquire2/placeOrder`;
      const response = await fetch(url, { method: 'POST', headers, body });
      return (await response.json()).head.msg;
    };
    assert.equal(await place(), 'UNAUTHORIZED: address 127.0.0.1 is not in the IP whitelist');
    sandbox.control.allowedIps = ['127.0.0.0/8'];
    assert.equal(await place(), 'SUCCESS');
  });

  it('leaves the globals of its process alone', async (t) => {
    await listening(t);
    assert.equal(globalThis.Request, globals.Request);
    assert.equal(globalThis.Response, globals.Response);
  });

  it('frees its port when closed, as often as it is closed and whoever is connected', async (t) => {
    const { url, close, sandbox } = await listening(t);
    const { hostname, port } = new URL(url);
    const guest = connect(Number(port), hostname).on('error', () => {});
    t.after(() => guest.destroy());
    guest.write(
      'POST /sgs/api/acquire2/getOrder HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{',
    );
    await fetch(url);
    await Promise.all([close(), close(), sandbox.close()]);
    await assert.rejects(fetch(url));
    const next = createSandbox();
    const { close: closeNext } = await next.listen({ port: Number(new URL(url).port) });
    await closeNext();
  });

  it('rejects a taken port, may then try another, and listens once', async (t) => {
    const { url } = await listening(t);
    const { sandbox } = setUp();
    const taken = { port: Number(new URL(url).port) };
    await assert.rejects(sandbox.listen(taken), { code: 'EADDRINUSE' });
    const { close } = await sandbox.listen({ port: 0 });
    t.after(close);
    await assert.rejects(sandbox.listen({ port: 0 }), /listens already/);
  });

  it('does not keep a process alive for a retry', () => {
    const script = `
      import { setUp, press, tokenUrl } from './test/sandbox/merchant.ts';
      const { sandbox, place } = setUp({ fetch: async () => new Response('no') });
      await press(sandbox, tokenUrl(await place()), /Pay/);
    `;
    const cwd = new URL('../../', import.meta.url);
    const args = ['--input-type=module', '--eval', script];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd, timeout: 30_000 });
    assert.equal(status, 0, String(stderr));
  });
});
