import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { open, setUp } from './merchant.ts';
import { openShop } from './shop.ts';

const address = 'http://localhost:4010/control';

const look = async (sandbox: Sandbox) => (await open(sandbox, address)).html;

/** Sends a form of the page as a browser does. */
const submit = (sandbox: Sandbox, action: string, fields: Record<string, string> = {}) =>
  open(sandbox, new URL(action, address).href, {
    method: 'POST',
    headers: { origin: 'http://localhost:4010', 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(fields),
  });

/** The addresses that the page's forms and buttons post to. */
const actions = (html: string) =>
  [...html.matchAll(/ (?:form)?action="([^"]+)"/g)].map(([, action]) => action);

describe('the control page', () => {
  it('needs no script and allows none', async () => {
    const { response, html } = await open(setUp().sandbox, address);
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.match(policy, /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self';/);
    assert.match(policy, /frame-ancestors 'none'$/);
    assert.doesNotMatch(policy, /unsafe|script-src/);
    assert.doesNotMatch(html, /<script|style="|javascript:/);
    assert.equal(response.headers.get('cache-control'), 'no-store');
  });

  it('is found from the root of its origin, and with a slash at its end', async () => {
    const { sandbox } = setUp();
    for (const [from, to] of [
      ['/', 'control'],
      ['/control/', '../control'],
    ]) {
      const response = await sandbox.fetch(`http://localhost:4010${from}`);
      assert.deepEqual([response.status, response.headers.get('location')], [302, to]);
    }
  });

  it('shows who the merchant is, and where its API is', async () => {
    const html = await look(setUp().sandbox);
    for (const shown of ['200000000001', 'http://localhost:4010/sgs/api', 'No money moves']) {
      assert.ok(html.includes(shown), shown);
    }
  });

  it('escapes everything a merchant can name', async () => {
    const { sandbox, place } = setUp();
    await place({ subject: '<script>alert(1)</script>"\'' });
    const html = await look(sandbox);
    assert.doesNotMatch(html, /<script/);
    assert.ok(html.includes('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;'));
    const { html: told } = await submit(sandbox, 'control/orders/%3Cscript%3E/pay');
    assert.doesNotMatch(told, /<script/);
    assert.match(told, /role="alert">There is no order &lt;script&gt;/);
  });

  it('has a button for what can be done to an order', async () => {
    const { sandbox, place } = setUp(openShop().options);
    await place();
    const offered = async () =>
      actions(await look(sandbox)).filter((action) => action?.includes('/orders/'));
    const forOpen = ['pay', 'scan', 'decline', 'expire', 'lapse'];
    assert.deepEqual(
      await offered(),
      forOpen.map((action) => `control/orders/M1/${action}`),
    );
    const { url, html } = await submit(sandbox, 'control/orders/M1/pay');
    assert.equal(url, `${address}#orders`);
    assert.match(html, /PAID_SUCCESS/);
    assert.deepEqual(await offered(), ['control/orders/M1/settle']);
    await submit(sandbox, 'control/orders/M1/settle');
    assert.deepEqual(await offered(), []);
  });

  it('says why something cannot be done, with links that still lead on', async () => {
    const { sandbox, place } = setUp();
    await place();
    await submit(sandbox, 'control/orders/M1/expire');
    const { response, html, url } = await submit(sandbox, 'control/orders/M1/pay');
    assert.equal(response.status, 409);
    assert.match(html, /role="alert">Order M1 is FAILURE \(expired\)/);
    const reload = html.match(/href="([^"]+)">Reload/)?.[1] ?? '';
    assert.equal(new URL(reload, url).href, address);
  });

  it('ends refunds', async () => {
    const { sandbox, place, call } = setUp({ ...openShop().options, refundsPend: true });
    await place();
    sandbox.actions.pay('M1');
    await call('/acquire2/refund/placeOrder', {
      refundMerchantOrderNo: 'R1',
      originMerchantOrderNo: 'M1',
      amount: { amount: 1, currency: 'AED' },
    });
    const offered = actions(await look(sandbox)).filter((action) => action?.includes('/refunds/'));
    assert.deepEqual(
      offered,
      ['succeed', 'fail', 'deduct'].map((action) => `control/refunds/R1/${action}`),
    );
    await submit(sandbox, 'control/refunds/R1/succeed');
    assert.equal(sandbox.control.refunds()[0]?.status, 'SUCCESS');
  });

  it('adds faults with a form that has fields for all of them', async () => {
    const { sandbox } = setUp();
    const blank = { on: '', code: 'SYSTEM_ERROR', delay: '', merchantOrderNo: '', times: '1' };
    await submit(sandbox, 'control/faults', { ...blank, kind: 'code', done: 'yes' });
    await submit(sandbox, 'control/faults', { ...blank, kind: 'delay', delay: '2000' });
    await submit(sandbox, 'control/faults', {
      ...blank,
      kind: 'silence',
      on: 'getOrder',
      times: 'always',
      merchantOrderNo: 'M1',
    });
    await submit(sandbox, 'control/faults', { on: 'notification', kind: 'lost', times: '3' });
    const rules = sandbox.control.faults().map(({ id: _, left: __, ...rule }) => rule);
    assert.deepEqual(rules, [
      { times: 1, fault: { kind: 'code', code: 'SYSTEM_ERROR', done: true } },
      { times: 1, fault: { kind: 'delay', delay: 2000 } },
      { on: 'getOrder', merchantOrderNo: 'M1', times: 'always', fault: { kind: 'silence' } },
      { on: 'notification', times: 3, fault: { kind: 'lost' } },
    ]);
    const html = await look(sandbox);
    for (const shown of [
      'any call: SYSTEM_ERROR, work done; once',
      'any call: delay, 2000 ms late; once',
      'getOrder: silence, only M1; always',
      'notification: lost; 3 times',
    ]) {
      assert.ok(html.includes(shown), shown);
    }
    await submit(sandbox, 'control/faults/1/clear');
    assert.equal(sandbox.control.faults().length, 3);
    const { response } = await submit(sandbox, 'control/faults', { ...blank, kind: 'delay' });
    assert.equal(response.status, 400);
    await submit(sandbox, 'control/faults/clear');
    assert.match(await look(sandbox), /None: everything works/);
  });

  it('arms cases and shows their verdicts', async () => {
    const { sandbox, place } = setUp();
    const armed = await submit(sandbox, 'control/cases/007');
    assert.match(armed.html, /waits for an order/);
    await place();
    const html = await look(sandbox);
    assert.match(html, /007 A query succeeds after several tries/);
    assert.match(html, /under way/);
    assert.match(html, /On order M1/);
    await submit(sandbox, 'control/cases/007/clear');
    assert.equal(sandbox.control.verdict('007').outcome, 'idle');
  });

  it('steers time, the IP whitelist and a new start', async () => {
    const { sandbox, place } = setUp();
    const { control } = sandbox;
    await place();
    await submit(sandbox, 'control/clock', { advance: '86400000' });
    assert.equal(control.orders()[0]?.state.status, 'FAILURE');
    await submit(sandbox, 'control/clock', { timeScale: '60' });
    assert.equal(control.timeScale, 60);
    await submit(sandbox, 'control/allowed-ips', { ips: '10.0.0.0/8, 127.0.0.1' });
    assert.deepEqual(control.allowedIps, ['10.0.0.0/8', '127.0.0.1']);
    assert.match(await look(sandbox), /value="10\.0\.0\.0\/8 127\.0\.0\.1"/);
    await submit(sandbox, 'control/allowed-ips', { ips: ' ' });
    assert.equal(control.allowedIps, undefined);
    await submit(sandbox, 'control/reset');
    assert.deepEqual(control.orders(), []);
  });

  it('lists what happened, the latest first, and only some of many', async () => {
    const { sandbox, place, get } = setUp();
    await get('M0');
    for (let n = 1; n <= 21; n += 1) await place({ merchantOrderNo: `M${n}` });
    const html = await look(sandbox);
    assert.match(html, /placeOrder M21: 0 SUCCESS/);
    assert.doesNotMatch(html, /getOrder M0/);
    assert.match(html, /The latest 20 of 21/);
    assert.doesNotMatch(html, /<h3>M1<\/h3>/);
  });

  it('takes no form from another site', async () => {
    const { sandbox, place } = setUp();
    await place();
    const response = await sandbox.fetch(`${address}/orders/M1/pay`, {
      method: 'POST',
      headers: { origin: 'https://shop.example' },
      body: new URLSearchParams(),
    });
    assert.equal(response.status, 403);
    assert.equal(sandbox.control.orders()[0]?.state.status, 'CREATED');
  });
});
