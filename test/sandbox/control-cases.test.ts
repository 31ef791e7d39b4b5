import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { type CaseId, caseIds } from '../../src/sandbox/index.ts';
import { minute, orderFields, setUp, sign, start } from './merchant.ts';
import { openShop } from './shop.ts';

/** A merchant who lets so many seconds pass and then calls, as often as a test says. */
function play(id: CaseId) {
  const shop = openShop();
  const made = setUp(shop.options);
  const { sandbox, clock, get, cancel } = made;
  const verdict = sandbox.control.armCase(id);
  const code = async (call: Promise<{ head: { code: string } }>) => (await call).head.code;
  return {
    ...made,
    shop,
    armed: verdict,
    wait: (seconds: number) => {
      clock.now += seconds * 1000;
    },
    query: () => code(get('M1')),
    cancelIt: () => code(cancel('M1')),
    verdict: () => sandbox.control.verdict(id),
    status: () => sandbox.control.orders()[0]?.state.status,
  };
}

describe('the acceptance cases, played by the gateway', () => {
  it('are nine, idle until they are armed', () => {
    const { control } = setUp().sandbox;
    assert.deepEqual(
      control.verdicts().map(({ id, outcome }) => `${id} ${outcome}`),
      caseIds.map((id) => `${id} idle`),
    );
    assert.equal(control.armCase('004').outcome, 'armed');
    assert.equal(control.disarmCase('004').outcome, 'idle');
    // @ts-expect-error: a test of what only JavaScript can pass
    assert.throws(() => control.armCase('010'), /There is no case "010"; name one of 001 to 009/);
  });

  it('001: the order is paid while it is queried', async () => {
    const { place, wait, query, verdict, status, shop } = play('001');
    await place({ totalAmount: { amount: 500, currency: 'AED' } });
    for (let n = 0; n < 3; n += 1) {
      wait(3);
      await query();
      assert.equal(status(), 'CREATED');
    }
    assert.equal(verdict().outcome, 'open');
    wait(3);
    await query();
    assert.equal(status(), 'PAID_SUCCESS');
    assert.equal((await shop.nextReport()).outcome, 'accepted');
    assert.deepEqual([verdict().outcome, verdict().merchantOrderNo], ['pass', 'M1']);
  });

  it('002: the order expires', async () => {
    const { place, wait, query, cancelIt, verdict, status } = play('002');
    await place({ expiredTime: start + 10_000 });
    for (const seconds of [4, 4]) {
      wait(seconds);
      await query();
    }
    wait(2);
    assert.equal(status(), 'FAILURE');
    assert.equal(verdict().outcome, 'open');
    wait(25);
    assert.equal(await cancelIt(), '62002');
    assert.equal(verdict().outcome, 'pass');
  });

  it('003: the order is made, and SYSTEM_ERROR is the answer', async () => {
    const { place, wait, query, cancelIt, verdict } = play('003');
    for (let n = 0; n < 2; n += 1) assert.equal((await place()).head.code, '500');
    wait(3);
    assert.equal(await query(), '0');
    wait(1);
    assert.equal(await cancelIt(), '0');
    assert.equal(verdict().outcome, 'pass');
  });

  it('004: the order is made, and no answer comes', async () => {
    const { sandbox, clock, query, cancelIt, verdict } = play('004');
    const body = JSON.stringify({ requestTime: start, bizContent: orderFields });
    const caller = new AbortController();
    const lost = sandbox.fetch(`${sandbox.baseUrl}/acquire2/placeOrder`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'partner-id': sandbox.partnerId,
        sign: sign(body, sandbox.merchantPrivateKey),
      },
      body,
      signal: caller.signal,
    });
    while (sandbox.control.orders().length === 0) await setImmediate();
    clock.now += 30_000;
    caller.abort();
    await assert.rejects(lost, { name: 'AbortError' });
    clock.now += 5000;
    await query();
    await cancelIt();
    // The first query is measured from when the caller gave up.
    assert.equal(verdict().outcome, 'pass');
  });

  it('005 and 006: cancels fail twice, or for ever', async () => {
    const five = play('005');
    await five.place();
    for (const expected of ['500', '500', '0']) {
      five.wait(4);
      assert.equal(await five.cancelIt(), expected);
    }
    assert.deepEqual([five.verdict().outcome, five.status()], ['pass', 'FAILURE']);

    const six = play('006');
    await six.place();
    for (let n = 0; n < 4; n += 1) {
      six.wait(4);
      assert.equal(await six.cancelIt(), '500');
    }
    assert.deepEqual([six.verdict().outcome, six.status()], ['open', 'CREATED']);
    six.wait(11);
    assert.equal(six.verdict().outcome, 'pass');
  });

  it('007 and 008: queries fail twice, or for ever', async () => {
    const seven = play('007');
    await seven.place();
    for (const expected of ['500', '500', '0']) {
      seven.wait(3);
      assert.equal(await seven.query(), expected);
    }
    assert.equal(seven.verdict().outcome, 'pass');

    const eight = play('008');
    await eight.place();
    for (let n = 0; n < 9; n += 1) {
      eight.wait(3);
      assert.equal(await eight.query(), '500');
    }
    assert.equal(eight.verdict().outcome, 'fail');
  });

  it('009: the order is paid, and a notification tells of it', async () => {
    const { place, shop, verdict, sandbox } = play('009');
    await place();
    assert.equal(verdict().outcome, 'open');
    assert.deepEqual(shop.pending(), [3000]);
    shop.elapse(3000);
    await shop.nextReport();
    assert.equal(verdict().outcome, 'pass');
    assert.throws(() => sandbox.actions.pay('M1'), /PAID_SUCCESS/);
  });

  it('plays on one order each, in the order they were armed, and on no known one', async () => {
    const { sandbox, place, get } = setUp();
    const { control } = sandbox;
    await place({ merchantOrderNo: 'M0' });
    control.armCase('007');
    control.armCase('003');
    await place({ merchantOrderNo: 'M0' });
    await place({ subject: '' });
    assert.equal(control.verdict('007').outcome, 'armed');
    await place();
    assert.equal((await place({ merchantOrderNo: 'M2' })).head.code, '500');
    const played = control.verdicts().map(({ merchantOrderNo }) => merchantOrderNo);
    assert.deepEqual(played.filter(Boolean), ['M2', 'M1']);
    const codes = [await get('M0'), await get('M1'), await get('M2')].map(({ head }) => head.code);
    assert.deepEqual(codes, ['0', '500', '0']);
    control.disarmCase('007');
    assert.equal((await get('M1')).head.code, '0');
  });

  it('is begun anew when it is armed again', async () => {
    const { sandbox, place, query, verdict } = play('007');
    await place();
    await query();
    assert.equal(sandbox.control.armCase('007').outcome, 'armed');
    assert.equal(await query(), '0');
    assert.deepEqual(verdict().checks, []);
  });

  it('expects a merchant to be as much faster as the time scale says', async () => {
    const { sandbox, place, wait, query, verdict } = play('007');
    sandbox.control.timeScale = 10;
    await place();
    for (let n = 0; n < 3; n += 1) {
      wait(0.4);
      await query();
    }
    assert.equal(verdict().outcome, 'pass');
    sandbox.control.armCase('007');
    await place({ merchantOrderNo: 'M2' });
    assert.equal(sandbox.control.verdict('007').merchantOrderNo, 'M2');
  });

  it('measures the cancel of 002 from where time was let pass', async () => {
    const { sandbox, place, wait, cancelIt, verdict, query } = play('002');
    await place();
    wait(3);
    await query();
    wait(3);
    sandbox.control.advance(120 * minute);
    wait(30);
    await cancelIt();
    assert.equal(verdict().outcome, 'pass');
  });
});
