import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { createSandbox } from '../../src/sandbox/index.ts';
import { orderFields, setUp, sign, start, verify } from './merchant.ts';
import { openShop } from './shop.ts';

const path = '/acquire2/placeOrder';
const request = (requestTime: unknown, more: object = {}) =>
  JSON.stringify({ requestTime, bizContent: orderFields, ...more });

describe('the gateway’s envelope', () => {
  it('signs an answer over its exact bytes', async () => {
    const { place, sandbox } = setUp();
    const { status, headers, text, head } = await place();
    assert.equal(status, 200);
    assert.equal(headers.get('content-type'), 'application/json;charset=UTF-8');
    assert.deepEqual(
      { ...head, traceCode: '' },
      {
        applyStatus: 'SUCCESS',
        code: '0',
        msg: 'SUCCESS',
        traceCode: '',
      },
    );
    assert.ok(verify(text, headers.get('sign') ?? '', sandbox.paybyPublicKey));
    const rewritten = JSON.stringify(JSON.parse(text));
    assert.ok(!verify(rewritten, headers.get('sign') ?? '', sandbox.paybyPublicKey));
  });

  it('takes a signature over the bytes as sent, however they are formatted', async () => {
    const { send } = setUp();
    const body = JSON.stringify(JSON.parse(request(start)), null, 4).replace('12.3', '12.30');
    assert.equal((await send(path, { body })).head.code, '0');
  });

  it('verifies bytes, not characters', async () => {
    const { send } = setUp();
    const body = new TextEncoder().encode(request(start).replace('Cart 42', 'سلة ٤٢'));
    const { body: answer } = await send(path, { body });
    assert.equal(answer?.acquireOrder.subject, 'سلة ٤٢');
  });

  it('answers ERROR, signed and without a body, when the signature does not verify', async () => {
    const { send, sandbox } = setUp();
    const signatures = ['', 'nonsense', 'AAAA', '%%%%', '-_-_'.repeat(86)];
    for (const signature of signatures) {
      const answer = await send(path, { body: request(start), headers: { sign: signature } });
      assert.equal(answer.head.applyStatus, 'ERROR', signature);
      assert.equal(answer.head.code, '403');
      assert.match(answer.head.msg, /^UNAUTHORIZED: header sign/);
      assert.equal(answer.body, undefined);
      assert.ok(verify(answer.text, answer.headers.get('sign') ?? '', sandbox.paybyPublicKey));
    }
  });

  it('answers ERROR to another key’s signature and to a changed byte', async () => {
    const { send, sandbox } = setUp();
    const other = await send(path, {
      body: request(start),
      privateKey: createSandbox().merchantPrivateKey,
    });
    assert.equal(other.head.applyStatus, 'ERROR');
    const changed = await send(path, {
      body: `${request(start)} `,
      headers: { sign: sign(request(start), sandbox.merchantPrivateKey) },
    });
    assert.equal(changed.head.applyStatus, 'ERROR');
  });

  it('asks for the partner before it looks at the signature', async () => {
    const { send } = setUp();
    const headers = { 'partner-id': '200000000009', sign: 'nonsense' };
    const { head } = await send(path, { body: request(start), headers });
    assert.deepEqual([head.applyStatus, head.code], ['FAIL', '403']);
    assert.equal(head.msg, 'UNAUTHORIZED: header Partner-Id "200000000009" unknown');
  });

  it('refuses what is not JSON in UTF-8, not an envelope, or not said to be JSON', async () => {
    const { send } = setUp();
    const deep = `{"requestTime":${start},"bizContent":${'{"a":'.repeat(30_000)}1${'}'.repeat(30_001)}`;
    const bodies: [string | Uint8Array<ArrayBuffer>, RegExp][] = [
      ['', /body is not JSON/],
      ['{"requestTime":', /body is not JSON/],
      [new Uint8Array([0x22, 0xff, 0x22]), /body is not JSON/],
      ['null', /request/],
      ['[]', /request\.requestTime/],
      ['{"requestTime":1}', /request\.bizContent/],
      [`{"requestTime":${start},"bizContent":"x"}`, /request\.bizContent/],
      [deep, /bizContent\.merchantOrderNo/],
    ];
    for (const [body, msg] of bodies) {
      const { head } = await send(path, { body });
      assert.equal(head.code, '400', head.msg);
      assert.match(head.msg, msg);
    }
    const { head } = await send(path, {
      body: request(start),
      headers: { 'content-type': 'text/plain' },
    });
    assert.match(head.msg, /^INVALID_PARAMETER: header Content-Type/);
  });

  it('survives whatever it cannot work with, and says SYSTEM_ERROR', async () => {
    const shop = openShop();
    const { send, place } = setUp(shop.options);
    const nested = `${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`;
    const body = request(start, { bizContent: { ...orderFields, accessoryContent: { x: 0 } } });
    const answer = await send(path, { body: body.replace('"x":0', `"x":${nested}`) });
    assert.deepEqual([answer.status, answer.head.msg], [500, 'SYSTEM_ERROR']);
    assert.match(String(shop.requests[0]?.cause), /RangeError/);
    assert.equal((await place()).head.code, '0');
  });

  it('gives every answer its own trace code', async () => {
    const { get } = setUp();
    const codes = [await get('A'), await get('A'), await get('B')].map((a) => a.head.traceCode);
    assert.equal(new Set(codes).size, 3);
  });
});

describe('the gateway’s edges', () => {
  it('answers unknown paths with a signed 404', async () => {
    const { send, sandbox } = setUp();
    const { status, head, text, headers } = await send('/acquire2/nothing');
    assert.deepEqual([status, head.code], [404, '404']);
    assert.equal(head.msg, 'SERVICE_NOT_AVAILABLE: /sgs/api/acquire2/nothing');
    assert.ok(verify(text, headers.get('sign') ?? '', sandbox.paybyPublicKey));
  });

  it('answers a wrong method with 405 and the right one', async () => {
    const { sandbox } = setUp();
    const get = await sandbox.fetch(sandbox.baseUrl + path);
    assert.deepEqual([get.status, get.headers.get('allow')], [405, 'POST']);
    assert.equal((await get.json()).head.code, '400');
    const put = await sandbox.fetch(new URL('/wallet', sandbox.baseUrl), { method: 'PUT' });
    assert.deepEqual([put.status, put.headers.get('allow')], [405, 'GET, HEAD']);
  });

  it('does not read a body above its limit', async () => {
    const { send } = setUp();
    const { status, head } = await send(path, { body: ' '.repeat(256 * 1024 + 1) });
    assert.deepEqual([status, head.code], [413, '400']);
  });

  it('reports every answer to the log, and outlives a log that throws', async () => {
    const shop = openShop();
    await setUp(shop.options).place();
    const [{ traceCode, ...entry } = { traceCode: '' }] = shop.requests;
    assert.match(traceCode ?? '', /^\d+$/);
    assert.deepEqual(entry, {
      kind: 'request',
      method: 'POST',
      path: '/sgs/api/acquire2/placeOrder',
      status: 200,
      code: '0',
      msg: 'SUCCESS',
      merchantOrderNo: 'M1',
    });
    const throwing = setUp({
      requestLog: () => {
        throw new Error('disk full');
      },
    });
    assert.equal((await throwing.place()).head.code, '0');
    const unhandled: unknown[] = [];
    const hear = (cause: unknown) => unhandled.push(cause);
    process.on('unhandledRejection', hear);
    const rejecting = setUp({ requestLog: () => Promise.reject(new Error('disk full')) });
    assert.equal((await rejecting.place()).head.code, '0');
    await setImmediate();
    process.off('unhandledRejection', hear);
    assert.deepEqual(unhandled, []);
  });
});
