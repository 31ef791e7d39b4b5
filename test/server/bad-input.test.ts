import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { hour, second } from './support/fake-clock.ts';
import { signText } from './support/fake-payby.ts';
import {
  type Answer,
  creation,
  json,
  listen,
  type RequestParts,
  readAnswer,
  requestOf,
} from './support/raw-http.ts';
import { keys } from './support/shop.ts';

/** Words that only the inside of a server knows. */
const internals = /\bat \S+:\d+|node:|\.ts\b|\.js\b|Error\b|stack|PRIVATE/;

/** Makes sure that an answer is the problem expected, and tells nothing else. */
function assertProblem(answer: Answer | undefined, status: number, code: string): void {
  assert.ok(answer, 'no answer');
  assert.equal(answer.status, status, answer.body);
  assert.equal(answer.headers['content-type'], 'application/problem+json');
  assert.equal(answer.headers['cache-control'], 'no-store');
  assert.doesNotMatch(answer.body, internals);
  const problem = JSON.parse(answer.body);
  assert.deepEqual([problem.status, problem.code], [status, code]);
  assert.match(problem.detail, /^\S.+\w\W?$/);
}

/** Node itself refuses what is no HTTP, before any listener hears of it. */
function assertRefusedByNode(answer: Answer | undefined, status = 400): void {
  assert.equal(answer?.status, status);
  // In chunks, nothing is a 0.
  assert.match(answer?.body ?? '', /^(0\r\n\r\n)?$/);
}

async function assertStillWorks(server: Awaited<ReturnType<typeof listen>>): Promise<void> {
  const answer = await server.request(creation('after'));
  assert.equal(answer?.status, 201, answer?.body);
}

describe('a wrong method', () => {
  const allowed: Readonly<Record<string, string>> = {
    '/orders': 'POST',
    '/orders/ID': 'GET, HEAD',
    '/orders/ID/events': 'GET',
    '/orders/ID/cancel': 'POST',
    '/notify': 'POST',
  };
  for (const [route, allow] of Object.entries(allowed)) {
    it(`on ${route} is 405 with what is allowed`, async () => {
      await using server = await listen();
      const { id } = await server.shop.order();
      const path = route.replace('ID', id);
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']) {
        if (allow.split(', ').includes(method)) continue;
        const answer = await server.request({ method, path });
        assert.equal(answer?.status, 405, method);
        assert.equal(answer?.headers.allow, allow);
        if (method === 'HEAD') assert.equal(answer.body, '');
        else assertProblem(answer, 405, 'method-not-allowed');
      }
      assert.equal((await server.shop.status(id)).status, 'pending');
      await assertStillWorks(server);
    });
  }

  it('or target that HTTP does not know is refused by Node', async () => {
    await using server = await listen();
    assertRefusedByNode(await server.request({ method: 'BREW', path: '/orders' }));
    assertRefusedByNode(await server.request({ target: 'shop.example:443' }));
    assert.equal(await server.exchange(requestOf({ method: 'CONNECT', target: 'a:1' })), undefined);
    await assertStillWorks(server);
  });

  it('HEAD of an order is its status without a body', async () => {
    await using server = await listen();
    const { id } = await server.shop.order();
    const answer = await server.request({ method: 'HEAD', path: `/orders/${id}` });
    assert.deepEqual([answer?.status, answer?.body], [200, '']);
    assert.equal(answer?.headers['cache-control'], 'no-store');
  });
});

describe('a wrong path', () => {
  it('is 404, whatever it looks like', async () => {
    await using server = await listen();
    const { id } = await server.shop.order();
    const targets = [
      '/',
      '/favicon.ico',
      '/API/payby/orders',
      `/api/payby/Orders/${id}`,
      `//api/payby/orders/${id}`,
      `/api//payby/orders/${id}`,
      `/api/payby/orders//${id}`,
      `/api%2Fpayby%2Forders%2F${id}`,
      `/api/payby/orders/${id}/events/more`,
      `/api/payby/orders/${id};v=1/events`,
      '/api/payby',
      '/api/payby/orders/../../../etc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/api/payby/%',
      `/${'a'.repeat(10_000)}`,
    ];
    for (const target of targets) {
      const answer = await server.request({ target });
      assert.equal(answer?.status, 404, target);
      const code = target.includes(';') ? 'order-not-found' : 'not-found';
      assertProblem(answer, 404, code);
    }
    await assertStillWorks(server);
  });

  it('with a slash at its end, or a query, is the path without', async () => {
    await using server = await listen();
    const { id } = await server.shop.order();
    for (const tail of ['/', '?', '?id=%00&__proto__=1', '/?paySceneCode=DYNQR', '#top']) {
      const answer = await server.request({ path: `/orders/${id}${tail}` });
      assert.equal(answer?.status, 200, tail);
    }
    const price = '?amount=0.01&paySceneCode=OTHER';
    const answer = await server.request(creation('7', { path: `/orders/${price}` }));
    assert.equal(JSON.parse(answer?.body ?? '').amount.amount, 12.34);
  });

  it('that makes no URL is 400', async () => {
    await using server = await listen();
    for (const target of ['/api\\payby\\orders', '*', 'http://[::1/orders']) {
      const method = target === '*' ? 'OPTIONS' : 'GET';
      const answer = await server.request({ method, target });
      assertProblem(answer, 400, 'request-invalid');
    }
    await assertStillWorks(server);
  });

  it('of another host is answered like the own, and the host is not repeated', async () => {
    await using server = await listen();
    const { id } = await server.shop.order();
    const target = `http://evil.example/api/payby/orders/${id}`;
    const answer = await server.request({ target });
    assert.equal(answer?.status, 200);
    assert.doesNotMatch(JSON.stringify(answer), /evil/);
  });
});

describe('an order that is not there', () => {
  const ids = [
    'nobody',
    'A'.repeat(26),
    '..%2F..%2Fetc%2Fpasswd',
    '..%5c..%5cwindows',
    '%00',
    'A%00B',
    '%0d%0aSet-Cookie:a=b',
    '%E0%A4%A',
    '%c0%ae%c0%ae',
    '%ff',
    '__proto__',
    'constructor',
    "1'%20OR%20'1'='1",
    '%F0%9F%92%B0',
    'A'.repeat(65),
    'A'.repeat(10_000),
  ];

  it('is 404 on every route, with the same words for every id', async () => {
    await using server = await listen();
    const bodies = new Set<string>();
    for (const id of ids) {
      for (const [method, tail] of [
        ['GET', ''],
        ['GET', '/events'],
        ['POST', '/cancel'],
      ] as const) {
        const answer = await server.request({ method, path: `/orders/${id}${tail}` });
        assertProblem(answer, 404, 'order-not-found');
        assert.equal(answer?.headers['set-cookie'], undefined);
        bodies.add(answer?.body ?? '');
      }
    }
    assert.equal(bodies.size, 1);
    assert.deepEqual(server.shop.anomalies, []);
    await assertStillWorks(server);
  });

  it('is told from one of somebody else by nothing', async () => {
    await using server = await listen({ authorize: ({ action }) => action === 'create' });
    const created = await server.request(creation('42'));
    const { id } = JSON.parse(created?.body ?? '');
    const theirs = await server.request({ path: `/orders/${id}` });
    const nobodys = await server.request({ path: `/orders/${'A'.repeat(26)}` });
    assertProblem(theirs, 404, 'order-not-found');
    const { date: _, ...one } = theirs?.headers ?? {};
    const { date: __, ...other } = nobodys?.headers ?? {};
    assert.deepEqual([one, theirs?.body], [other, nobodys?.body]);
  });
});

describe('a wrong body of a create', () => {
  it('is 415 unless it is said to be JSON', async () => {
    await using server = await listen();
    const types = [
      'text/plain',
      'application/jsonp',
      'multipart/form-data; boundary=a',
      '',
      '\xff',
    ];
    for (const headers of [[], ...types.map((type) => [`Content-Type: ${type}`])]) {
      const answer = await server.request(creation('42', { headers }));
      assertProblem(answer, 415, 'media-type-unsupported');
    }
    await assertStillWorks(server);
  });

  it('is 413 above 64 kB, and taken at 64 kB', async () => {
    await using server = await listen();
    const frame = '{"paySceneCode":"DYNQR","reference":"42","details":""}';
    const sized = (size: number) =>
      frame.replace('""', `"${'x'.repeat(size - Buffer.byteLength(frame))}"`);
    const atLimit = await server.request(creation('42', { body: sized(64 * 1024) }));
    assert.equal(atLimit?.status, 201);
    for (const size of [64 * 1024 + 1, 1024 * 1024, 20 * 1024 * 1024]) {
      const answer = await server.request(creation('42', { body: sized(size) }));
      assertProblem(answer, 413, 'body-too-large');
    }
    await assertStillWorks(server);
  });

  it('is 413 above 64 kB also in chunks, however many are to come', async () => {
    await using server = await listen();
    const head = requestOf({ ...chunked, headers: [json, 'Transfer-Encoding: chunked'] });
    const chunk = `2000\r\n${'x'.repeat(0x2000)}\r\n`;
    assertProblem(await server.exchange(head + chunk.repeat(9)), 413, 'body-too-large');
    await assertStillWorks(server);
  });

  it('is 400 with the field, and never an order', async () => {
    await using server = await listen();
    const wrong: readonly (string | Uint8Array)[] = [
      '',
      '{',
      'null',
      '[]',
      '"DYNQR"',
      '42',
      '{}',
      '{"paySceneCode":"CARD"}',
      '{"paySceneCode":"DYNQR","reference":5}',
      '{"paySceneCode":"DYNQR","reference":{"$ne":""}}',
      `{"paySceneCode":"DYNQR","reference":"${'r'.repeat(10_000)}"}`,
      `{"paySceneCode":"DYNQR","details":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
      '{"paySceneCode":"DYNQR"}{"paySceneCode":"DYNQR"}',
      Buffer.from('{"paySceneCode":"DYNQR","reference":"\xff\xfe"}', 'latin1'),
      Buffer.from('{"paySceneCode":"DYNQR"}', 'utf16le'),
      Buffer.from([0]),
    ];
    for (const body of wrong) {
      const answer = await server.request(creation('42', { body }));
      assertProblem(answer, 400, 'request-invalid');
      assert.equal(typeof JSON.parse(answer?.body ?? '').field, 'string');
    }
    assert.equal(server.shop.payby.calls.length, 0);
    await assertStillWorks(server);
  });

  it('changes no prototype, whatever its members are called', async () => {
    await using server = await listen();
    const details = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    const body = `{"paySceneCode":"DYNQR","reference":"42","details":${details}}`;
    assert.equal((await server.request(creation('42', { body })))?.status, 201);
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });
});

const chunked: RequestParts = { method: 'POST', path: '/orders' };

describe('wrong headers', () => {
  it('of the Idempotency-Key are 400: twice, empty, too long, not ASCII', async () => {
    await using server = await listen();
    const values = [
      ['one', 'two'],
      ['same', 'same'],
      [''],
      ['k'.repeat(10_000)],
      ['caf\xe9'],
      ['a\tb'],
    ];
    for (const each of values) {
      const headers = [json, ...each.map((value) => `Idempotency-Key: ${value}`)];
      const answer = await server.request(creation('42', { headers }));
      assertProblem(answer, 400, 'request-invalid');
      assert.equal(JSON.parse(answer?.body ?? '').field, 'Idempotency-Key');
    }
    assert.equal(server.shop.payby.calls.length, 0);
    await assertStillWorks(server);
  });

  it('that are absurd but HTTP change nothing', async () => {
    await using server = await listen();
    const absurd = [
      `Accept: ${'text/html,'.repeat(1_000)}`,
      `Cookie: ${'a=b;'.repeat(2_000)}`,
      'Accept-Language: \xff\xfe',
      'X-Forwarded-Host: evil.example',
      'X-HTTP-Method-Override: DELETE',
      'X-Original-URL: /admin',
      'Upgrade: websocket',
      'Range: bytes=0-1',
      'If-None-Match: *',
      'Origin: null',
      'Last-Event-ID: 99999999999999999999',
      'Content-Encoding: gzip',
      'Expect: 100-continue',
      '__proto__: x',
    ];
    for (const [at, header] of absurd.entries()) {
      const answer = await server.request(creation(`${at}`, { headers: [json, header] }));
      assert.equal(answer?.status, 201, header);
      assert.equal(answer?.headers['access-control-allow-origin'], undefined);
    }
  });

  it('that make no host are 400', async () => {
    await using server = await listen();
    for (const host of ['a b', 'user:password@shop.example', 'a/b', '[::1', 'shop.example:99999']) {
      const bytes = `GET /api/payby/orders/A HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
      assertProblem(await server.exchange(bytes), 400, 'request-invalid');
    }
    const old = await server.exchange('GET /api/payby/orders/A HTTP/1.0\r\n\r\n');
    assertProblem(old, 404, 'order-not-found');
    await assertStillWorks(server);
  });

  it('with which requests are smuggled are refused by Node, and nothing of them is an order', async () => {
    await using server = await listen();
    const smuggled = requestOf(creation('smuggled')).toString();
    const heads: readonly (readonly string[])[] = [
      ['Content-Length: 5', 'Transfer-Encoding: chunked'],
      ['Content-Length: 5', 'Content-Length: 6'],
      ['Content-Length: 5, 5'],
      ['Content-Length: -1'],
      ['Content-Length: 0x10'],
      ['Content-Length: 99999999999999999999999'],
      ['Transfer-Encoding: xchunked'],
      ['Transfer-Encoding: chunked, identity'],
      ['Transfer-Encoding : chunked'],
      ['X: a\nTransfer-Encoding: chunked'],
      ['X: a\0b'],
    ];
    for (const headers of heads) {
      const head = requestOf({ method: 'POST', path: '/orders', headers: [json, ...headers] });
      const answer = await server.exchange(`${head.toString('latin1')}0\r\n\r\n${smuggled}`);
      assertRefusedByNode(answer);
    }
    const chunks = requestOf({ ...chunked, headers: [json, 'Transfer-Encoding: chunked'] });
    const answer = await server.exchange(`${chunks}5\r\n{"pay\r\nZZ\r\n${smuggled}`);
    assert.equal(answer?.status, 400);
    assert.equal(server.shop.payby.calls.length, 0);
    await assertStillWorks(server);
  });

  it('that are too many bytes, or expect what nobody does, are refused by Node', async () => {
    await using server = await listen();
    const headers = [`X: ${'x'.repeat(20_000)}`];
    assertRefusedByNode(await server.request({ path: '/orders/A', headers }), 431);
    const expecting = creation('42', { headers: [json, 'Expect: miracles'] });
    assertRefusedByNode(await server.request(expecting), 417);
    await assertStillWorks(server);
  });
});

describe('a wrong notification', () => {
  it('is refused before anything in it is read', async () => {
    await using server = await listen();
    const { id } = await server.shop.order();
    server.shop.payby.pay(id);
    const body = server.shop.payby.notification(id);
    const good = signText(body, keys.payby.privatePem);
    const wrong = [[], ['Sign: '], ['Sign: AAAA'], ['Sign: \xff'], [`Sign: ${'A'.repeat(10_000)}`]];
    for (const headers of [...wrong, [`Sign: ${good}`, `Sign: ${good}`]]) {
      const answer = await server.request({ method: 'POST', path: '/notify', headers, body });
      assertProblem(answer, 401, 'signature-invalid');
    }
    const altered = { method: 'POST', path: '/notify', headers: [`Sign: ${good}`] };
    assertProblem(await server.request({ ...altered, body: `${body} ` }), 401, 'signature-invalid');
    const big = { ...altered, body: 'x'.repeat(256 * 1024 + 1) };
    assertProblem(await server.request(big), 413, 'body-too-large');
    assert.equal((await server.shop.store.get(id))?.status, 'pending');
    assert.deepEqual(new Set(server.shop.codes()), new Set(['notification-refused']));
    const taken = await server.request({ ...altered, body });
    assert.deepEqual([taken?.status, taken?.body], [200, '{"response":"SUCCESS"}']);
  });

  it('that is signed and no notification is 400', async () => {
    await using server = await listen();
    for (const body of ['', '{', 'null', '\u0000', '{"acquireOrder":{"__proto__":{}}}']) {
      const headers = [`Sign: ${signText(body, keys.payby.privatePem)}`];
      const answer = await server.request({ method: 'POST', path: '/notify', headers, body });
      assert.equal(answer?.status, 400, body);
      assert.equal(JSON.parse(answer?.body ?? '').code, 'notification-invalid');
    }
    await assertStillWorks(server);
  });
});

describe('a slow or broken upload', () => {
  for (const path of ['/orders', '/notify']) {
    it(`that trickles to ${path} is 408 after 10 s, and its connection is closed`, async () => {
      await using server = await listen();
      const whole = requestOf({ method: 'POST', path, headers: [json], body: '{"paySceneCode":' });
      const socket = server.open(whole.subarray(0, -8));
      const answer = readAnswer(socket);
      await until(() => server.shop.clock.timers > 0);
      await server.shop.pass(5 * second);
      socket.write('{');
      await server.shop.pass(5 * second);
      assertProblem(await answer, 408, 'request-timeout');
      assert.equal((await answer)?.headers.connection, 'close');
      assert.equal(server.shop.clock.timers, 0);
      await assertStillWorks(server);
    });
  }

  it('of headers that never end is closed by the timeout of Node’s server', async () => {
    const http = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 };
    await using server = await listen({}, http);
    const answer = await server.exchange('POST /api/payby/orders HTTP/1.1\r\nHost: a\r\nX: ');
    assertRefusedByNode(answer, 408);
    await assertStillWorks(server);
  });

  it('that breaks off, or is shorter than it says, leaves nothing behind', async () => {
    await using server = await listen();
    const lie = [json, 'Content-Length: 5000'];
    const head = requestOf({ method: 'POST', path: '/orders', headers: lie });
    const ends = [(socket: ReturnType<typeof server.open>) => socket.end(), destroy];
    for (const end of ends) {
      const socket = server.open(Buffer.concat([head, Buffer.from('{"paySceneCode":"DYNQR"}')]));
      await until(() => server.shop.clock.timers > 0);
      end(socket);
      socket.resume();
      if (!socket.closed) await once(socket, 'close');
      await until(() => server.shop.clock.timers === 0);
    }
    assert.equal(server.shop.payby.calls.length, 0);
    assert.deepEqual(server.shop.anomalies, []);
    await assertStillWorks(server);
  });

  it('that is longer than it says is no HTTP to Node, and nothing of it is another order', async () => {
    await using server = await listen();
    const whole = requestOf(creation('42')).toString().replace('Connection: close\r\n', '');
    assertRefusedByNode(await server.exchange(`${whole}EXTRA BYTES\r\n\r\n${whole}`));
    await server.shop.quiet();
    assert.equal(server.shop.payby.count('placeOrder'), 1);
    await assertStillWorks(server);
  });
});

const destroy = (socket: { destroy(): unknown }) => socket.destroy();

/** Resolves once `condition` holds; it is looked at whenever the process has nothing else to do. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('an event stream whose reader', () => {
  it('goes is watched for no longer', async () => {
    await using server = await listen();
    const { id } = await server.shop.order();
    const socket = server.open(requestOf({ path: `/orders/${id}/events` }));
    await once(socket, 'data');
    assert.notEqual(server.shop.clock.timers, 0);
    socket.destroy();
    await until(() => server.shop.clock.timers === 0);
    await assertStillWorks(server);
  });

  it('does not read is closed after two signs of life it did not take', async () => {
    await using server = await listen({ orderLifetime: hour });
    const { id } = await server.shop.order();
    // Nothing is read on this side, so what the server writes stays with it once the kernel has enough.
    const socket = server.open(requestOf({ path: `/orders/${id}/events` }));
    socket.pause();
    const [, response] = await once(server.server, 'request');
    await until(() => response.headersSent);
    const padding = Buffer.alloc(1024 * 1024, ':');
    while (response.writableLength < 16 * padding.length) response.write(padding);
    await server.shop.pass(29 * second);
    assert.equal(response.destroyed, false);
    await server.shop.pass(second);
    assert.equal(response.destroyed, true);
    assert.equal(server.shop.clock.timers, 0);
    socket.destroy();
    await assertStillWorks(server);
  });

  it('opens many more and goes leaves nothing behind', async () => {
    await using server = await listen();
    const { id } = await server.shop.order();
    const sockets = Array.from({ length: 100 }, () =>
      server.open(requestOf({ path: `/orders/${id}/events` })),
    );
    for (const socket of sockets) {
      await once(socket, 'data');
      socket.destroy();
    }
    await until(() => server.shop.clock.timers === 0);
    await assertStillWorks(server);
  });
});
