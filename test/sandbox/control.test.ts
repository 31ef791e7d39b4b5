import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ActionError, createSandbox } from '../../src/sandbox/index.ts';
import { hour, minute, open, setUp, start, tokenUrl } from './merchant.ts';
import { openShop } from './shop.ts';

describe('letting time pass', () => {
  it('expires an open order this moment, and keeps the time of day', async () => {
    const { sandbox, place, get } = setUp();
    await place();
    sandbox.control.advance(2 * hour - 1);
    assert.equal((await get('M1')).body?.acquireOrder.status, 'CREATED');
    sandbox.control.advance(minute);
    const order = (await get('M1')).body?.acquireOrder;
    assert.deepEqual([order?.status, order?.expiredTime], ['FAILURE', start]);
    assert.equal(sandbox.control.now(), start);
    // Neither a request nor an expiry that the merchant names by its own clock comes too late.
    const later = await place({ merchantOrderNo: 'M2', expiredTime: start + minute });
    assert.equal(later.body?.acquireOrder.status, 'CREATED');
  });

  it('settles a paid order, and lets a code lapse after an hour', async () => {
    const { sandbox, place, get } = setUp();
    await place();
    sandbox.actions.pay('M1');
    const url = tokenUrl(await place({ merchantOrderNo: 'M2' }));
    sandbox.control.advance(30 * minute);
    assert.equal((await open(sandbox, url)).response.status, 200);
    sandbox.control.advance(30 * minute);
    assert.equal((await open(sandbox, url)).response.status, 410);
    assert.equal((await get('M2')).body?.acquireOrder.status, 'CREATED');
    sandbox.control.advance(23 * hour);
    assert.equal((await get('M1')).body?.acquireOrder.status, 'SETTLED');
  });

  it('sends what waits for a retry, and what follows waits anew', async () => {
    const shop = openShop(() => new Response('no'));
    const { sandbox, place, clock } = setUp(shop.options);
    await place();
    sandbox.actions.pay('M1');
    await shop.nextReport();
    clock.now += minute;
    sandbox.control.advance(minute - 1);
    assert.deepEqual(shop.pending(), [1]);
    sandbox.control.advance(hour);
    assert.equal((await shop.nextReport()).attempt, 2);
    assert.deepEqual(shop.pending(), [10 * minute]);
  });

  it('ends refunds that pend for a time', async () => {
    const shop = openShop();
    const { sandbox, place, call } = setUp({ ...shop.options, refundsPend: minute });
    await place();
    sandbox.actions.pay('M1');
    await call('/acquire2/refund/placeOrder', {
      refundMerchantOrderNo: 'R1',
      originMerchantOrderNo: 'M1',
      amount: { amount: 1, currency: 'AED' },
    });
    assert.equal(sandbox.control.refunds()[0]?.status, 'CREATED');
    sandbox.control.advance(minute);
    assert.equal(sandbox.control.refunds()[0]?.status, 'SUCCESS');
  });
});

describe('the time scale', () => {
  it('hastens retries that wait already, and settling', async () => {
    const shop = openShop(() => new Response('no'));
    const { sandbox, place, clock, get } = setUp(shop.options);
    await place();
    sandbox.actions.pay('M1');
    await shop.nextReport();
    clock.now += minute;
    sandbox.control.timeScale = 60;
    assert.deepEqual(shop.pending(), [1000]);
    sandbox.control.timeScale = 0.5;
    assert.deepEqual(shop.pending(), [2 * minute]);
    sandbox.control.timeScale = 24 * 60;
    clock.now = start + minute;
    assert.equal((await get('M1')).body?.acquireOrder.status, 'SETTLED');
  });

  it('leaves an expiry alone, which is a time of day', async () => {
    const { sandbox, place, get, clock } = setUp({ timeScale: 1000 });
    await place();
    clock.now += hour;
    assert.equal((await get('M1')).body?.acquireOrder.status, 'CREATED');
    assert.equal(sandbox.control.timeScale, 1000);
  });

  it('waits longer than a timer can, in several steps', async () => {
    const shop = openShop(() => new Response('no'));
    const { sandbox, place, clock } = setUp(shop.options);
    sandbox.control.timeScale = 2 * minute * 2 ** -32;
    await place();
    sandbox.actions.pay('M1');
    await shop.nextReport();
    const longest = 2 ** 31 - 1;
    for (const wait of [longest, longest]) {
      assert.deepEqual(shop.pending(), [wait]);
      clock.now += wait;
      shop.elapse(wait);
    }
    assert.deepEqual(shop.pending(), [2]);
  });
});

describe('the control', () => {
  it('lists orders and refunds, the latest first', async () => {
    const { sandbox, place } = setUp();
    for (const merchantOrderNo of ['M1', 'M2']) await place({ merchantOrderNo });
    const numbers = sandbox.control.orders().map(({ terms }) => terms.merchantOrderNo);
    assert.deepEqual(numbers, ['M2', 'M1']);
    assert.deepEqual(sandbox.control.refunds(), []);
  });

  it('keeps the latest 200 calls and notifications, and no pages', async () => {
    const { sandbox, get } = setUp();
    await sandbox.fetch(new URL('/control', sandbox.baseUrl));
    assert.deepEqual(sandbox.control.events(), []);
    for (let n = 0; n < 201; n += 1) await get(`M${n}`);
    const events = sandbox.control.events();
    assert.equal(events.length, 200);
    assert.deepEqual([events[0]?.merchantOrderNo, events[199]?.merchantOrderNo], ['M200', 'M1']);
    assert.equal(events[0]?.at, start);
  });

  it('sets the IP whitelist', async () => {
    const { sandbox, place } = setUp({ allowedIps: ['10.0.0.0/8'] });
    assert.equal((await place()).head.msg.split(':')[0], 'UNAUTHORIZED');
    sandbox.control.allowedIps = ['10.0.0.1', '127.0.0.1'];
    assert.equal((await place()).head.code, '0');
    sandbox.control.allowedIps = [];
    assert.equal((await place()).head.code, '403');
    sandbox.control.allowedIps = undefined;
    assert.equal((await place()).head.code, '0');
  });

  it('refuses what cannot be used, and says so', () => {
    const { control } = setUp().sandbox;
    const invalid = (message: RegExp) => (error: unknown) =>
      error instanceof ActionError && error.reason === 'invalid' && message.test(error.message);
    assert.throws(() => control.advance(-1), invalid(/advance -1 cannot be used; give ms/));
    assert.throws(() => control.advance(Number.NaN), invalid(/advance/));
    assert.throws(
      () => {
        control.timeScale = 0;
      },
      invalid(/timeScale 0 cannot be used/),
    );
    assert.throws(
      () => {
        control.allowedIps = ['1.2.3'];
      },
      invalid(/allowedIps "1\.2\.3" cannot be used; give an IP address/),
    );
    assert.throws(() => createSandbox({ allowedIps: ['x'] }), /allowedIps "x" cannot be used/);
  });

  it('forgets everything but the keys', async () => {
    const shop = openShop(() => new Response('no'));
    const { sandbox, place, get } = setUp({ ...shop.options, timeScale: 2 });
    const { control, paybyPublicKey } = sandbox;
    await place();
    sandbox.actions.pay('M1');
    await shop.nextReport();
    control.addFault({ fault: { kind: 'reset' } });
    control.armCase('001');
    control.timeScale = 7;
    control.allowedIps = [];
    control.reset();
    assert.deepEqual(shop.pending(), []);
    assert.deepEqual([control.orders(), control.faults(), control.events()], [[], [], []]);
    assert.deepEqual([control.timeScale, control.allowedIps], [2, undefined]);
    assert.equal(control.verdict('001').outcome, 'idle');
    assert.equal(sandbox.paybyPublicKey, paybyPublicKey);
    assert.equal((await get('M1')).head.code, '62004');
    await place();
    assert.equal(sandbox.actions.pay('M1').state.status, 'PAID_SUCCESS');
  });
});
