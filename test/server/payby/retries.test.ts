import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PaybyError, PaybyUnknownError } from '../../../src/server/index.ts';
import { minute, start } from '../support/fake-clock.ts';
import { broken, lost, openClient, order, sample, unknown, until } from '../support/open-client.ts';

const number = { merchantOrderNo: order.merchantOrderNo };

/** Keeps a promise's rejection for later. */
const held = <Result>(promise: Promise<Result>): Promise<Result> => {
  promise.catch(() => {});
  return promise;
};

describe('sending again', () => {
  it('carries the same content, a new time and a new signature', async () => {
    const { payby, client, clock, passWait } = openClient();
    payby.fault('placeOrder', lost, lost);
    const placed = client.placeOrder({ ...order, expiredTime: start + minute });
    await passWait(3_000);
    await passWait(4_500);
    assert.equal((await placed).order.status, 'CREATED');
    const sent = payby.calls.map(({ text }) => JSON.parse(text));
    assert.deepEqual(
      sent.map(({ requestTime }) => requestTime),
      [start, start + 3_000, start + 7_500],
    );
    for (const { bizContent } of sent) assert.deepEqual(bizContent, sent[0].bizContent);
    assert.equal(new Set(payby.calls.map(({ headers }) => headers.get('sign'))).size, 3);
    assert.equal(payby.orders.size, 1);
    assert.equal(clock.timers, 0);
  });

  it('happens for a broken connection, PayBy’s own trouble, and the error page of a proxy', async () => {
    const { payby, client, passWait } = openClient({ retries: 4 });
    await client.placeOrder(order);
    payby.fault('getOrder', broken, lost);
    payby.refuse('getOrder', '500', 'SYSTEM_ERROR');
    payby.fault('getOrder', () => new Response('<h1>Bad gateway</h1>', { status: 502 }));
    const asked = client.getOrder(number);
    for (const ms of [3_000, 4_500, 6_000, 6_000]) await passWait(ms);
    assert.equal((await asked).status, 'CREATED');
  });

  it('happens for an answer that does not come in time', async () => {
    const { payby, client, clock, waits, passWait } = openClient({ timeout: 2_000 });
    await client.placeOrder(order);
    const hold = payby.hold('getOrder');
    const asked = client.getOrder(number);
    await hold.arrived;
    assert.equal(waits.at(-1), 2_000);
    await clock.pass(2_000);
    await passWait(3_000);
    assert.equal((await asked).status, 'CREATED');
    hold.release();
  });

  it('ends after `retries`, with what came last', async () => {
    const { payby, client, passWait } = openClient();
    payby.fault('getOrder', broken, broken);
    payby.refuse('getOrder', '504', 'SERVICE_TIMEOUT');
    const asked = held(client.getOrder(number));
    await passWait(3_000);
    await passWait(4_500);
    await assert.rejects(asked, unknown('gateway', /504 SERVICE_TIMEOUT/));
    assert.equal(payby.count('getOrder'), 3);
  });

  it('does not happen for callers that say so, for one call or for all', async () => {
    for (const [options, call] of [
      [{}, { retries: 0 }],
      [{ retries: 0 }, {}],
    ]) {
      const { payby, client, clock } = openClient(options);
      const calls = {
        placeOrder: () => client.placeOrder(order, call),
        getOrder: () => client.getOrder(number, call),
        cancelOrder: () => client.cancelOrder(number, call),
        updateExpiredTime: () => client.updateExpiredTime(number, start + minute, call),
        getRefund: () => client.getRefund({ refundMerchantOrderNo: 'R1' }, call),
        getCashierUrlInfo: () => client.getCashierUrlInfo('https://qr.payby.com?ft=1', call),
        revokeOrder: () => client.revokeOrder(number, call),
      } as const;
      for (const [operation, ask] of Object.entries(calls)) {
        payby.fault(operation as keyof typeof calls, broken);
        await assert.rejects(ask(), unknown('network'), operation);
      }
      assert.equal(payby.calls.length, 7);
      assert.equal(clock.timers, 0);
    }
  });

  it('never happens to revokeOrder, which PayBy does not call repeatable', async () => {
    const { payby, client, paidOrder } = openClient({ retries: 3 });
    await paidOrder();
    payby.fault('revokeOrder', lost);
    await assert.rejects(client.revokeOrder(number), unknown('network'));
    assert.equal(payby.count('revokeOrder'), 1);
    assert.equal((await client.getOrder(number)).revoked, true);
  });

  it('does not happen where the same request would fare no better', async () => {
    const { payby, client } = openClient();
    const answers: [RegExp, () => Response][] = [
      [/not signed by PayBy/, () => new Response('{}')],
      [/not signed by PayBy/, () => new Response(null, { status: 302 })],
      [/cannot be read/, () => payby.answer('{}')],
      [/FAIL 402 RATE_LIMIT_REJECT/, () => payby.answer(refused('402', 'RATE_LIMIT_REJECT'))],
      [/FAIL 62004/, () => payby.answer(refused('62004', 'MERCHANT_ORDER_NO_NOT_EXIST'))],
    ];
    for (const [message, answer] of answers) {
      payby.fault('getOrder', answer);
      await assert.rejects(client.getOrder(number), { message });
    }
    assert.equal(payby.count('getOrder'), answers.length);
  });

  it('stops when all the time an operation has is over', async () => {
    const { payby, client, clock, waits, passWait } = openClient({ overallTimeout: 20_000 });
    const first = payby.hold('getOrder');
    const second = payby.hold('getOrder');
    const asked = held(client.getOrder(number));
    await first.arrived;
    await clock.pass(10_000);
    await passWait(3_000);
    await second.arrived;
    assert.equal(waits.at(-1), 7_000, 'the second attempt gets no more than is left');
    await clock.pass(7_000);
    await assert.rejects(asked, unknown('timeout', /no answer within 7000 ms/));
    assert.equal(payby.count('getOrder'), 2);
    first.release();
    second.release();
  });

  it('does not begin a pause that would outlast that time', async () => {
    const { payby, client, clock } = openClient({ overallTimeout: 3_000 });
    payby.fault('getOrder', broken);
    await assert.rejects(client.getOrder(number), unknown('network'));
    assert.equal(clock.timers, 0);
  });

  it('keeps the unknown attempt as the cause of a 62002 that may be its own success', async () => {
    const { payby, client, passWait } = openClient();
    await client.placeOrder(order);
    payby.fault('cancelOrder', lost);
    const cancelled = held(client.cancelOrder(number));
    await passWait(3_000);
    await assert.rejects(cancelled, (error: unknown) => {
      assert.ok(error instanceof PaybyError);
      assert.equal(error.code, '62002');
      assert.ok(error.cause instanceof PaybyUnknownError);
      assert.equal(error.cause.reason, 'network');
      return true;
    });
    assert.equal((await client.getOrder(number)).status, 'FAILURE');
  });

  it('tells a 62002 of a first attempt without a cause', async () => {
    const { client } = openClient();
    await client.placeOrder(order);
    await client.cancelOrder(number);
    await assert.rejects(client.cancelOrder(number), (error: unknown) => {
      assert.ok(error instanceof PaybyError);
      assert.deepEqual([error.code, error.cause], ['62002', undefined]);
      return true;
    });
  });

  it('stays unknown when a repetition is refused for a reason of its own', async () => {
    const { payby, client, passWait } = openClient();
    const later = start + minute;
    const changes = {
      placeOrder: () => client.placeOrder(order),
      updateExpiredTime: () => client.updateExpiredTime(number, later),
      cancelOrder: () => client.cancelOrder(number),
    };
    for (const [operation, change] of Object.entries(changes)) {
      payby.fault(operation as keyof typeof changes, lost);
      payby.refuse(operation as keyof typeof changes, '402', 'RATE_LIMIT_REJECT');
      const changed = held<unknown>(change());
      await passWait(3_000);
      await assert.rejects(changed, (error: unknown) => {
        const why = /not answered \(network\), .* FAIL 402 RATE_LIMIT_REJECT/;
        assert.ok(unknown('network', why)(error));
        assert.ok(error instanceof PaybyUnknownError && error.cause instanceof PaybyError);
        assert.equal(error.code, '402');
        return true;
      });
    }
    const { status, expiredTime } = await client.getOrder(number);
    assert.deepEqual([status, expiredTime], ['FAILURE', later]);
  });

  it('believes a query’s refusal whatever came before it', async () => {
    const { payby, client, passWait } = openClient();
    payby.fault('getOrder', broken);
    const asked = held(client.getOrder(number));
    await passWait(3_000);
    await assert.rejects(asked, { name: 'PaybyError', code: '62004' });
  });

  it('refuses numbers that make no sense, at once', async () => {
    for (const retries of [-1, 1.5, 11, Number.NaN]) {
      assert.throws(() => openClient({ retries }), /^TypeError: retries .* from 0 to 10/);
    }
    assert.throws(() => openClient({ overallTimeout: 0 }), /overallTimeout 0 .* for 30000/);
    const { client, payby } = openClient();
    await assert.rejects(client.getOrder(number, { retries: -1 }), /^TypeError: retries -1/);
    await assert.rejects(client.getOrder(number, { timeout: 0 }), /^TypeError: timeout 0/);
    assert.deepEqual(payby.calls, []);
  });
});

describe('a signal', () => {
  it('aborted before anything is sent sends nothing, and throws its own reason', async () => {
    const { client, payby } = openClient();
    const signal = AbortSignal.abort(new Error('the page is gone'));
    await assert.rejects(client.placeOrder(order, { signal }), /^Error: the page is gone$/);
    assert.deepEqual(payby.calls, []);
  });

  it('aborted while PayBy is asked leaves the outcome unknown, and aborts the request', async () => {
    const { client, payby, clock } = openClient();
    const controller = new AbortController();
    let inner: AbortSignal | undefined;
    payby.fault('placeOrder', (_, signal) => {
      inner = signal;
      return new Promise<Response>(() => {});
    });
    const placed = held(client.placeOrder(order, { signal: controller.signal }));
    await until(() => inner !== undefined, 'a request');
    controller.abort();
    await assert.rejects(placed, unknown('aborted', /was aborted before PayBy answered/));
    assert.equal(inner?.aborted, true);
    assert.equal(payby.count('placeOrder'), 1);
    assert.equal(clock.timers, 0);
  });

  it('aborted by the fetch itself is noticed, too', async () => {
    const controller = new AbortController();
    const { client } = openClient({
      fetch: () => {
        controller.abort();
        return new Promise<never>(() => {});
      },
    });
    const { signal } = controller;
    await assert.rejects(client.getOrder(number, { signal }), unknown('aborted'));
  });

  it('aborted between two attempts ends the waiting', async () => {
    const { client, payby, clock, waits } = openClient();
    const controller = new AbortController();
    payby.fault('getOrder', broken);
    const asked = held(client.getOrder(number, { signal: controller.signal }));
    await until(() => waits.at(-1) === 3_000, 'a pause');
    controller.abort();
    await assert.rejects(asked, unknown('network'));
    assert.equal(clock.timers, 0);
    assert.equal(payby.count('getOrder'), 1);
  });

  it('aborted before the next attempt is sent leaves the outcome of the one before', async () => {
    const { client, payby, passWait } = openClient();
    const controller = new AbortController();
    payby.fault('placeOrder', lost);
    const placed = held(client.placeOrder(order, { signal: controller.signal }));
    await passWait(3_000);
    controller.abort();
    await assert.rejects(placed, unknown('network'));
    assert.equal(payby.count('placeOrder'), 1);
  });

  it('that is never aborted changes nothing, and keeps no listener', async () => {
    const { client, payby, passWait } = openClient();
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...listener: Parameters<typeof add>) => {
      listeners += 1;
      add(...listener);
    };
    signal.removeEventListener = (...listener: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...listener);
    };
    payby.fault('getOrder', broken, () => payby.answer(sample('paid-order.response.json')));
    const asked = client.getOrder({ orderNo: '131658997939155072' }, { signal });
    await passWait(3_000);
    assert.equal((await asked).status, 'SETTLED');
    assert.equal(listeners, 0);
  });
});

const refused = (code: string, msg: string): string =>
  JSON.stringify({ head: { applyStatus: 'FAIL', code, msg } });
