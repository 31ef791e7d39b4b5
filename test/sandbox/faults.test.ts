import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { CallFault, FaultRule } from '../../src/sandbox/index.ts';
import { orderFields, press, setUp, sign, start, tokenUrl, verify } from './merchant.ts';
import { accept, openShop } from './shop.ts';

const faulty = (fault: CallFault, rule: Omit<FaultRule, 'fault' | 'on'> = {}) => {
  const made = setUp();
  made.sandbox.control.addFault({ on: 'placeOrder', fault, ...rule });
  return made;
};

/** A call as `fetch` makes it, for answers that are no JSON, or none. */
const request = ({ sandbox }: ReturnType<typeof setUp>, signal?: AbortSignal) => {
  const body = JSON.stringify({ requestTime: start, bizContent: orderFields });
  return sandbox.fetch(`${sandbox.baseUrl}/acquire2/placeOrder`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'partner-id': sandbox.partnerId,
      sign: sign(body, sandbox.merchantPrivateKey),
    },
    body,
    signal,
  });
};

describe('a fault of calls', () => {
  it('answers with any code by name, signed, and does no work', async () => {
    const { place, get, sandbox } = faulty({ kind: 'code', code: 'RISK_FAIL' });
    const answer = await place();
    assert.deepEqual([answer.status, answer.head.applyStatus], [200, 'FAIL']);
    assert.deepEqual([answer.head.code, answer.head.msg], ['601', 'RISK_FAIL']);
    assert.ok(verify(answer.text, answer.headers.get('sign') ?? '', sandbox.paybyPublicKey));
    assert.equal((await get('M1')).head.msg, 'MERCHANT_ORDER_NO_NOT_EXIST');
  });

  it('has the HTTP status 500 or 504 where the code says so', async () => {
    const { place, sandbox } = faulty({ kind: 'code', code: 'SYSTEM_ERROR' });
    sandbox.control.addFault({ fault: { kind: 'code', code: 'SERVICE_TIMEOUT' } });
    const statuses = [await place(), await place(), await place()].map(({ status }) => status);
    assert.deepEqual(statuses, [500, 504, 200]);
  });

  it('may do the work all the same', async () => {
    const { place, get } = faulty({ kind: 'code', code: 'SYSTEM_ERROR', done: true });
    assert.equal((await place()).head.code, '500');
    assert.equal((await get('M1')).body?.acquireOrder.status, 'CREATED');
  });

  it('holds a call until its caller gives up', async () => {
    for (const done of [true, false]) {
      const made = faulty({ kind: 'silence', done });
      const caller = new AbortController();
      const answer = request(made, caller.signal);
      await setImmediate();
      caller.abort(new Error('gave up'));
      await assert.rejects(answer, /gave up/);
      assert.equal((await made.get('M1')).head.code, done ? '0' : '62004');
    }
  });

  it('cuts the connection', async () => {
    const made = faulty({ kind: 'reset', done: true });
    await assert.rejects(request(made), TypeError);
    assert.equal((await made.get('M1')).head.code, '0');
    const [call] = made.sandbox.control.events().toReversed();
    assert.deepEqual([call?.kind, call?.fault], ['request', 'reset']);
    assert.equal(call?.kind === 'request' && call.status, 0);
  });

  it('lets go of what it holds when the sandbox closes', async () => {
    const made = faulty({ kind: 'silence' });
    const answer = request(made);
    await setImmediate();
    await made.sandbox.close();
    await assert.rejects(answer, TypeError);
  });

  it('answers late, with the work done at once', async () => {
    const shop = openShop();
    const made = setUp(shop.options);
    made.sandbox.control.addFault({ fault: { kind: 'delay', delay: 7000 }, on: 'placeOrder' });
    const answer = made.place();
    while (shop.pending().length === 0) await setImmediate();
    assert.deepEqual(shop.pending(), [7000]);
    assert.equal((await made.get('M1')).body?.acquireOrder.status, 'CREATED');
    shop.elapse(7000);
    assert.equal((await answer).head.code, '0');
  });

  it('spoils the answer of work that is done', async () => {
    const wrong = faulty({ kind: 'wrong-signature' });
    const forged = await wrong.place();
    const signature = forged.headers.get('sign') ?? '';
    assert.match(signature, /^[\w+/]{342}==$/);
    assert.ok(!verify(forged.text, signature, wrong.sandbox.paybyPublicKey));

    const unsigned = await faulty({ kind: 'unsigned' }).place();
    assert.equal(unsigned.headers.get('sign'), null);
    assert.equal(unsigned.head.code, '0');

    const cut = faulty({ kind: 'cut-off' });
    const text = await (await request(cut)).text();
    assert.throws(() => JSON.parse(text));
    assert.match(text, /^\{"head":/);
    for (const { get } of [wrong, cut]) assert.equal((await get('M1')).head.code, '0');
  });

  it('strikes the next so many calls, or until it is cleared', async () => {
    const fault = { kind: 'code', code: 'SYSTEM_ERROR' } as const;
    const twice = faulty(fault, { times: 2 });
    const codes = [await twice.place(), await twice.place(), await twice.place()];
    assert.deepEqual(
      codes.map(({ head }) => head.code),
      ['500', '500', '0'],
    );
    const always = faulty(fault, { times: 'always' });
    for (let n = 0; n < 5; n += 1) assert.equal((await always.place()).head.code, '500');
    always.sandbox.control.clearFaults();
    assert.equal((await always.place()).head.code, '0');
  });

  it('strikes only its operation and its order, in the order that faults were added', async () => {
    const { sandbox, place, get } = setUp();
    const { control } = sandbox;
    await place();
    await place({ merchantOrderNo: 'M2' });
    const code = (name: 'RISK_FAIL' | 'RATE_LIMIT_REJECT' | 'SYSTEM_ERROR') =>
      ({ kind: 'code', code: name }) as const;
    control.addFault({ on: 'cancelOrder', fault: code('RISK_FAIL') });
    control.addFault({ merchantOrderNo: 'M2', fault: code('RATE_LIMIT_REJECT') });
    control.addFault({ on: 'getOrder', fault: code('SYSTEM_ERROR') });
    assert.equal((await get('M1')).head.code, '500');
    assert.equal((await get('M1')).head.code, '0');
    assert.equal((await get('M2')).head.code, '402');
    assert.deepEqual(
      control.faults().map(({ on }) => on),
      ['cancelOrder'],
    );
  });

  it('knows an order by PayBy’s number too, and a refund by its order', async () => {
    const { sandbox, place, call } = setUp();
    await place();
    const [order] = sandbox.control.orders();
    const fault = { kind: 'code', code: 'SYSTEM_ERROR' } as const;
    sandbox.control.addFault({ merchantOrderNo: 'M1', fault, times: 2 });
    const byNumber = await call('/acquire2/getOrder', { orderNo: order?.orderNo });
    const refund = await call('/acquire2/refund/placeOrder', {
      refundMerchantOrderNo: 'R1',
      originMerchantOrderNo: 'M1',
      amount: { amount: 1, currency: 'AED' },
    });
    assert.deepEqual([byNumber.head.code, refund.head.code], ['500', '500']);
  });

  it('waits for a call that is in order', async () => {
    const made = faulty({ kind: 'code', code: 'SYSTEM_ERROR' });
    const refused = await made.send('/acquire2/placeOrder', { headers: { sign: 'AAAA' } });
    assert.equal(refused.head.code, '403');
    assert.equal(made.sandbox.control.faults().length, 1);
  });

  it('is refused when it makes no sense, with the field named', () => {
    const { control } = setUp().sandbox;
    for (const [rule, message] of [
      [{ fault: { kind: 'code', code: 'NO_SUCH_CODE' } }, /fault\.code/],
      [{ fault: { kind: 'delay' } }, /fault\.delay/],
      [{ fault: { kind: 'delay', delay: -1 } }, /fault\.delay/],
      [{ fault: { kind: 'lost' } }, /fault\.kind/],
      [{ on: 'notification', fault: { kind: 'reset' } }, /fault\.kind/],
      [{ on: 'payOrder', fault: { kind: 'reset' } }, /: on:/],
      [{ fault: { kind: 'reset' }, times: 0 }, /times/],
      [null, /The fault cannot be used/],
    ] as const) {
      // @ts-expect-error: a test of what only JavaScript can pass
      assert.throws(() => control.addFault(rule), message);
    }
    assert.throws(() => control.clearFaults(7), /There is no fault 7/);
    assert.deepEqual(control.faults(), []);
  });
});

describe('a fault of notifications', () => {
  const paidWith = async (rule: Extract<FaultRule, { on: 'notification' }>['fault']) => {
    const shop = openShop();
    const made = setUp(shop.options);
    made.sandbox.control.addFault({ on: 'notification', fault: rule });
    await press(made.sandbox, tokenUrl(await made.place()), /Pay/);
    return { ...made, shop };
  };

  it('loses one for good, while the order is paid', async () => {
    const { shop, get } = await paidWith({ kind: 'lost' });
    const report = await shop.nextReport();
    assert.deepEqual([report.attempt, report.outcome, report.fault], [0, 'lost', 'lost']);
    assert.equal((await get('M1')).body?.acquireOrder.status, 'PAID_SUCCESS');
    assert.deepEqual([shop.received, shop.pending()], [[], []]);
  });

  it('sends one twice, under one id', async () => {
    const { shop } = await paidWith({ kind: 'doubled' });
    await shop.nextReport();
    await shop.nextReport();
    const [first, second] = shop.received.map(({ json }) => json.notify_id);
    assert.deepEqual([shop.received.length, first], [2, second]);
  });

  it('sends one late', async () => {
    const { shop } = await paidWith({ kind: 'late', delay: 5000 });
    assert.equal((await shop.nextReport()).retryIn, 5000);
    assert.deepEqual([shop.received.length, shop.pending()], [0, [5000]]);
    shop.elapse(5000);
    assert.equal((await shop.nextReport()).outcome, 'accepted');
  });

  it('sends one after the next one', async () => {
    const { shop, place, sandbox } = await paidWith({ kind: 'out-of-order' });
    assert.equal((await shop.nextReport()).attempt, 0);
    await place({ merchantOrderNo: 'M2' });
    sandbox.actions.pay('M2');
    await shop.nextReport();
    await shop.nextReport();
    const told = shop.received.map(({ json }) => json.acquireOrder.merchantOrderNo);
    assert.deepEqual(told, ['M2', 'M1']);
  });

  it('signs one wrongly at first, and rightly when it comes again', async () => {
    const shop = openShop((attempt) => (attempt === 1 ? new Response('no') : accept()));
    const { place, sandbox } = setUp(shop.options);
    const fault = { kind: 'wrong-signature' } as const;
    sandbox.control.addFault({ on: 'notification', merchantOrderNo: 'M1', fault });
    await place();
    sandbox.actions.pay('M1');
    await shop.nextReport();
    sandbox.control.advance(2 * 60_000);
    await shop.nextReport();
    const good = shop.received.map(({ text, headers }) =>
      verify(text, headers.get('sign') ?? '', sandbox.paybyPublicKey),
    );
    assert.deepEqual(good, [false, true]);
  });
});
