import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { minute, setUp, start } from './merchant.ts';
import { openShop } from './shop.ts';

/** Asks the control the way a backend's test does. */
const controlOf = (sandbox: Sandbox) => {
  const ask = async (method: string, path: string, body?: unknown, headers = {}) => {
    const url = new URL(`/control${path}`, sandbox.baseUrl);
    const json = { 'content-type': 'application/json', ...headers };
    const response = await sandbox.fetch(url, {
      method,
      headers: method === 'GET' ? headers : json,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: response.status, json: await response.json() };
  };
  return {
    ask,
    read: async (path: string) => (await ask('GET', path)).json,
    post: async (path: string, body?: unknown) => (await ask('POST', path, body)).json,
  };
};

const controlled = (options = {}) => {
  const made = setUp(options);
  return { ...made, ...controlOf(made.sandbox) };
};

describe('the control over HTTP', () => {
  it('shows orders as PayBy would, and why they failed', async () => {
    const { place, cancel, read, ask } = controlled();
    await place();
    await place({ merchantOrderNo: 'M2' });
    await cancel('M2');
    const [second, first] = await read('/orders');
    assert.deepEqual([second.status, second.because], ['FAILURE', 'cancelled']);
    assert.deepEqual(first.totalAmount, { amount: 12.3, currency: 'AED' });
    assert.deepEqual(await read('/orders/M1'), first);
    assert.deepEqual(await read(`/orders/${first.orderNo}`), first);
    const { status, json } = await ask('GET', '/orders/M3');
    assert.equal(status, 404);
    assert.equal(json.error.reason, 'unknown');
    assert.match(json.error.message, /There is no order M3/);
  });

  it('does to an order what payers and time do', async () => {
    const shop = openShop();
    const { place, post, ask } = controlled(shop.options);
    for (const merchantOrderNo of ['M1', 'M2', 'M3', 'M4']) {
      const once = { paySceneParams: { oneTimePayment: 'true' } };
      await place({ merchantOrderNo, ...(merchantOrderNo === 'M2' && once) });
    }
    assert.equal((await post('/orders/M1/scan', { payer: 'omar' })).scannedBy, 'omar');
    const paid = await post('/orders/M1/pay', { paidAmount: '10.00' });
    assert.deepEqual([paid.status, paid.paymentInfo.paidAmount.amount], ['PAID_SUCCESS', 10]);
    assert.equal((await shop.nextReport()).outcome, 'accepted');
    assert.equal((await post('/orders/M1/settle')).status, 'SETTLED');
    assert.equal((await post('/orders/M2/decline')).because, 'declined');
    assert.equal((await post('/orders/M3/expire')).because, 'expired');
    assert.equal((await post('/orders/M4/lapse')).status, 'CREATED');
    const again = await ask('POST', '/orders/M1/pay');
    assert.deepEqual([again.status, again.json.error.reason], [409, 'conflict']);
    assert.equal((await ask('POST', '/orders/M4/pay', { payer: 'nobody' })).status, 400);
  });

  it('ends refunds', async () => {
    const { place, call, sandbox, read, post } = controlled({ refundsPend: true });
    await place();
    sandbox.actions.pay('M1');
    for (const refundMerchantOrderNo of ['R1', 'R2']) {
      await call('/acquire2/refund/placeOrder', {
        refundMerchantOrderNo,
        originMerchantOrderNo: 'M1',
        amount: { amount: 1, currency: 'AED' },
      });
    }
    assert.equal((await post('/refunds/R1/deduct')).status, 'REFUNDED_SETTLED');
    assert.equal((await post('/refunds/R1/succeed')).status, 'SUCCESS');
    assert.equal((await post('/refunds/R2/fail')).status, 'FAILURE');
    const statuses = (await read('/refunds')).map((refund: { status: string }) => refund.status);
    assert.deepEqual(statuses, ['FAILURE', 'SUCCESS']);
  });

  it('adds, lists and clears faults', async () => {
    const { place, read, post, ask } = controlled();
    const rule = { on: 'placeOrder', fault: { kind: 'code', code: 'RISK_FAIL' }, times: 2 };
    assert.deepEqual(await post('/faults', rule), { ...rule, id: 1, left: 2 });
    await post('/faults', { fault: { kind: 'reset' } });
    assert.equal((await place()).head.code, '601');
    assert.deepEqual(
      (await read('/faults')).map(({ left }: { left: number }) => left),
      [1, 1],
    );
    assert.equal((await ask('DELETE', '/faults/1')).json.length, 1);
    assert.equal((await ask('DELETE', '/faults/1')).status, 404);
    assert.deepEqual((await ask('DELETE', '/faults')).json, []);
    const wrong = await ask('POST', '/faults', { fault: { kind: 'code', code: 'NOPE' } });
    assert.deepEqual([wrong.status, wrong.json.error.reason], [400, 'invalid']);
    assert.match(wrong.json.error.message, /fault\.code/);
  });

  it('arms a case with one call, and tells how the merchant does', async () => {
    const { place, get, read, post, ask } = controlled();
    assert.equal((await post('/cases/003')).outcome, 'armed');
    assert.equal((await place()).head.code, '500');
    await get('M1');
    const verdict = await read('/cases/003');
    assert.deepEqual([verdict.outcome, verdict.merchantOrderNo], ['open', 'M1']);
    assert.deepEqual(verdict.checks[0], {
      name: 'Queries the order',
      result: 'pass',
      reason: 'The first query came after 0 s.',
    });
    assert.equal((await read('/cases')).length, 9);
    assert.equal((await ask('DELETE', '/cases/003')).json.outcome, 'idle');
    assert.equal((await ask('GET', '/cases/010')).status, 404);
  });

  it('steers time and the IP whitelist', async () => {
    const { place, read, post, ask } = controlled();
    await place({ expiredTime: start + minute });
    assert.deepEqual(await read('/clock'), { now: start, timeScale: 1 });
    const clock = await post('/clock', { advance: minute, timeScale: 60 });
    assert.deepEqual(clock, { now: start, timeScale: 60 });
    assert.equal((await read('/orders/M1')).because, 'expired');
    for (const advance of ['soon', -1, 1e300]) {
      assert.equal((await ask('POST', '/clock', { advance })).status, 400);
    }
    assert.deepEqual(await read('/allowed-ips'), { ips: null });
    assert.deepEqual(await post('/allowed-ips', { ips: ['10.0.0.1'] }), { ips: ['10.0.0.1'] });
    assert.equal((await place()).head.code, '403');
    assert.deepEqual(await post('/allowed-ips', { ips: null }), { ips: null });
    assert.equal((await ask('POST', '/allowed-ips', { ips: ['x'] })).status, 400);
  });

  it('tells everything at once, and forgets everything', async () => {
    const { place, read, post } = controlled();
    await place();
    const state = await read('/state');
    assert.deepEqual(
      [state.partnerId, state.orders.length, state.cases.length, state.allowedIps],
      ['200000000001', 1, 9, null],
    );
    assert.equal((await read('/events'))[0].merchantOrderNo, 'M1');
    assert.deepEqual(await post('/reset'), {});
    assert.deepEqual((await read('/state')).orders, []);
  });

  it('carries no key', async () => {
    const { read, sandbox } = controlled();
    const page = await (await sandbox.fetch(new URL('/control', sandbox.baseUrl))).text();
    assert.doesNotMatch(page + JSON.stringify(await read('/state')), /BEGIN|MII[A-Za-z0-9+/]{20}/);
  });
});

describe('the control’s door', () => {
  const base = 'http://127.0.0.1:4010';
  const write = async (headers: Record<string, string>, url = `${base}/control/reset`) => {
    const { sandbox } = setUp();
    const { status } = await sandbox.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    });
    return status;
  };

  it('is open to programs, and to the sandbox’s own pages', async () => {
    assert.equal(await write({}), 200);
    assert.equal(await write({ origin: base, 'sec-fetch-site': 'same-origin' }), 200);
    assert.equal(await write({ 'sec-fetch-site': 'none' }), 200);
    // As payers reach it, wherever a proxy sends that.
    assert.equal(await write({ origin: 'http://localhost:4010' }), 200);
    const own = { origin: 'http://[::1]:4010' };
    assert.equal(await write(own, 'http://[::1]:4010/control/reset'), 200);
  });

  it('is closed to the pages of others', async () => {
    const strangers: Record<string, string>[] = [
      { origin: 'https://shop.example' },
      { origin: 'null' },
      { origin: '' },
      { origin: 'http://127.0.0.1:8080' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of strangers) {
      assert.equal(await write(headers), 403, JSON.stringify(headers));
    }
  });

  it('is closed to a name that a stranger points here', async () => {
    const origin = 'http://rebound.example:4010';
    assert.equal(await write({ origin }, `${origin}/control/reset`), 403);
  });

  it('takes JSON objects only', async () => {
    const { sandbox } = setUp();
    const send = async (type: string, body: string) => {
      const headers = { 'content-type': type };
      const url = new URL('/control/clock', sandbox.baseUrl);
      return (await sandbox.fetch(url, { method: 'POST', headers, body })).status;
    };
    assert.equal(await send('text/plain', '{"advance":1}'), 400);
    assert.equal(await send('application/json; charset=utf-8', '{"advance":1}'), 200);
    for (const body of ['{', '[]', 'null', '"x"']) {
      assert.equal(await send('application/json', body), 400, body);
    }
  });
});
