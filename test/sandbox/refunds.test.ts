import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aed, hour, minute, setUp, start, verdict } from './merchant.ts';
import { accept, openShop } from './shop.ts';

const day = 24 * hour;

/** A merchant whose order M1 over AED 12.30 is paid. */
const withPaidOrder = async (options = {}) => {
  const made = setUp({ fetch: async () => accept(), ...options });
  await made.place();
  made.sandbox.actions.pay('M1');
  return made;
};

describe('refund/placeOrder', () => {
  it('refunds a part and says what remains', async () => {
    const { refund } = await withPaidOrder();
    const { head, body } = await refund();
    assert.equal(head.code, '0');
    assert.deepEqual(body, {
      refundOrder: {
        refundMerchantOrderNo: 'R1',
        orderNo: '191795341600000001',
        originMerchantOrderNo: 'M1',
        status: 'SUCCESS',
        amount: aed(2.3),
        reason: 'refund',
      },
      refundSummary: { acquireAmount: aed(12.3), remainRefundAmount: aed(10) },
    });
  });

  it('adds up parts to the last fils and refuses what is above', async () => {
    const { refund } = await withPaidOrder();
    const part = (no: string, amount: number) =>
      refund({ refundMerchantOrderNo: no, amount: aed(amount) });
    assert.equal(verdict(await part('R0', 12.31)), '62006 REFUND_AMOUNT_EXCEEDED');
    for (const [no, amount, remaining] of [
      ['R1', 0.1, 12.2],
      ['R2', 0.2, 12],
      ['R3', 11.99, 0.01],
    ] as const) {
      const { body } = await part(no, amount);
      assert.deepEqual(body?.refundSummary?.remainRefundAmount, aed(remaining));
    }
    assert.equal(verdict(await part('R4', 0.02)), '62006 REFUND_AMOUNT_EXCEEDED');
    const { body } = await part('R4', 0.01);
    assert.deepEqual(body?.refundSummary?.remainRefundAmount, aed(0));
    assert.equal(verdict(await part('R5', 0.01)), '62006 REFUND_AMOUNT_EXCEEDED');
  });

  it('refunds no more than was paid after a discount', async () => {
    const { place, sandbox, refund } = setUp({ fetch: async () => accept() });
    await place();
    sandbox.actions.pay('M1', { paidAmount: '10.00' });
    assert.equal(verdict(await refund({ amount: aed(10.01) })), '62006 REFUND_AMOUNT_EXCEEDED');
    const { body } = await refund({ amount: aed(10) });
    assert.deepEqual(body?.refundSummary, {
      acquireAmount: aed(10),
      remainRefundAmount: aed(0),
    });
  });

  it('takes the refund’s own number in both spellings, and amounts as text', async () => {
    const { refund, getRefund } = await withPaidOrder();
    const sample = { refundMerchantOrderNo: undefined, merchantOrderNo: 'R1' };
    const first = await refund({ ...sample, amount: { amount: '0.30', currency: 'AED' } });
    assert.equal(first.body?.refundOrder?.refundMerchantOrderNo, 'R1');
    assert.deepEqual(first.body?.refundOrder?.amount, aed(0.3));
    assert.deepEqual((await getRefund('R1')).body, first.body);
  });

  it('answers the same request with the present refund, and pays once', async () => {
    const { refund, sandbox, place } = await withPaidOrder();
    const first = await refund({ amount: aed(12.3) });
    assert.deepEqual((await refund({ amount: aed(12.3) })).body, first.body);
    const respelt = { refundMerchantOrderNo: undefined, merchantOrderNo: 'R1' };
    assert.deepEqual((await refund({ ...respelt, amount: aed(12.3) })).body, first.body);
    await place({ merchantOrderNo: 'M2' });
    sandbox.actions.pay('M2');
    for (const other of [
      { amount: aed(12.29) },
      { amount: aed(12.3), reason: 'another' },
      { amount: aed(12.3), originMerchantOrderNo: 'M2' },
    ]) {
      assert.equal(verdict(await refund(other)), '62017 REFUND_MERCHANT_ORDER_NO_EXIST');
    }
  });

  it('finds the order by PayBy’s number too, and wants exactly one', async () => {
    const { get, refund } = await withPaidOrder();
    const originOrderNo = (await get('M1')).body?.acquireOrder.orderNo;
    const other = { originMerchantOrderNo: undefined };
    assert.equal(verdict(await refund({ ...other, originOrderNo })), '0 SUCCESS');
    for (const fields of [other, { originOrderNo }]) {
      const answer = await refund({ refundMerchantOrderNo: 'R2', ...fields });
      assert.match(
        verdict(answer),
        /^400 INVALID_PARAMETER: bizContent: expected originMerchantOrderNo or originOrderNo/,
      );
    }
    const unknown = { refundMerchantOrderNo: 'R2', originMerchantOrderNo: 'M404' };
    assert.equal(verdict(await refund(unknown)), '62004 MERCHANT_ORDER_NO_NOT_EXIST');
    const theirs = { refundMerchantOrderNo: 'R2', ...other, originOrderNo: '131' };
    assert.equal(verdict(await refund(theirs)), '62035 ORDER_NO_NOT_EXIST');
  });

  it('names the field that breaks a rule', async () => {
    const { refund } = await withPaidOrder();
    for (const [fields, field] of [
      [{ refundMerchantOrderNo: 'R 1' }, '.refundMerchantOrderNo'],
      [{ refundMerchantOrderNo: undefined }, ''],
      [{ merchantOrderNo: 'R2' }, ''],
      [{ amount: undefined }, '.amount'],
      [{ amount: aed(0) }, '.amount.amount'],
      [{ amount: aed(0.001) }, '.amount.amount'],
      [{ amount: { amount: 1, currency: 'USD' } }, '.amount.currency'],
      [{ reason: 'x'.repeat(65) }, '.reason'],
      [{ operatorName: 'x'.repeat(201) }, '.operatorName'],
      [{ notifyUrl: 'ftp://shop.example' }, '.notifyUrl'],
    ] as const) {
      const answer = await refund(fields);
      assert.ok(
        verdict(answer).startsWith(`400 INVALID_PARAMETER: bizContent${field}: `),
        verdict(answer),
      );
    }
  });

  it('refuses an unpaid, a failed and a revoked order', async () => {
    const { place, cancel, revoke, sandbox, refund } = setUp({ fetch: async () => accept() });
    await place();
    assert.equal(verdict(await refund()), '62015 ORDER_NOT_PAID');
    await cancel('M1');
    assert.equal(verdict(await refund()), '62002 ORDER_FAILURE');
    await place({ merchantOrderNo: 'M2' });
    sandbox.actions.pay('M2');
    await revoke('M2');
    const revoked = await refund({ originMerchantOrderNo: 'M2' });
    assert.equal(verdict(revoked), '62040 ACQUIRE_ORDER_REVOKED');
  });

  it('refunds a settled order within 180 days', async () => {
    const { clock, get, refund } = await withPaidOrder();
    clock.now = start + 180 * day;
    assert.equal((await get('M1')).body?.acquireOrder.status, 'SETTLED');
    assert.equal(verdict(await refund()), '0 SUCCESS');
    clock.now += 1;
    const late = await refund({ refundMerchantOrderNo: 'R2' });
    assert.equal(verdict(late), '62045 REFUND_REJECTED: the order is more than 180 days old');
    assert.equal(verdict(await refund()), '0 SUCCESS');
  });
});

describe('refund/getOrder', () => {
  it('finds a refund by either number', async () => {
    const { refund, getRefund, call } = await withPaidOrder();
    const { body } = await refund({ reserved: 'order desc' });
    assert.equal(body?.refundOrder?.reserved, 'order desc');
    assert.deepEqual((await getRefund('R1')).body, body);
    const path = '/acquire2/refund/getOrder';
    const orderNo = body?.refundOrder?.orderNo;
    assert.deepEqual((await call(path, { orderNo })).body, body);
    assert.deepEqual((await call(path, { merchantOrderNo: 'R1' })).body, body);
  });

  it('knows which number is unknown, and wants exactly one', async () => {
    const { getRefund, call } = await withPaidOrder();
    const path = '/acquire2/refund/getOrder';
    for (const no of ['R404', 'M1', '__proto__']) {
      assert.equal(verdict(await getRefund(no)), '62007 REFUND_MERCHANT_ORDER_NO_NOT_EXIST');
    }
    assert.equal(verdict(await call(path, { orderNo: '19' })), '62035 ORDER_NO_NOT_EXIST');
    for (const bizContent of [{}, { refundMerchantOrderNo: 'R1', orderNo: '19' }]) {
      assert.match(verdict(await call(path, bizContent)), /^400 INVALID_PARAMETER: bizContent: /);
    }
  });
});

describe('a refund that pends', () => {
  it('counts at once, and goes its way when somebody lets it', async () => {
    const shop = openShop();
    const { refund, getRefund, sandbox } = await withPaidOrder({
      ...shop.options,
      refundsPend: true,
    });
    await shop.nextReport();
    const { body } = await refund({ amount: aed(12) });
    assert.equal(body?.refundOrder?.status, 'CREATED');
    assert.deepEqual(body?.refundSummary?.remainRefundAmount, aed(0.3));
    const more = await refund({ refundMerchantOrderNo: 'R2', amount: aed(0.31) });
    assert.equal(verdict(more), '62006 REFUND_AMOUNT_EXCEEDED');
    sandbox.actions.deductRefund('R1');
    assert.equal((await getRefund('R1')).body?.refundOrder?.status, 'REFUNDED_SETTLED');
    assert.equal(shop.received.length, 1);
    sandbox.actions.finishRefund('R1', 'SUCCESS');
    assert.equal((await getRefund('R1')).body?.refundOrder?.status, 'SUCCESS');
    await shop.nextReport();
    assert.equal(shop.received[1]?.json.refundOrder.status, 'SUCCESS');
  });

  it('gives its part back when it fails, and says why', async () => {
    const { refund, getRefund, sandbox } = await withPaidOrder({ refundsPend: true });
    await refund({ amount: aed(12.3) });
    sandbox.actions.finishRefund('R1', 'FAILURE');
    const { body } = await getRefund('R1');
    assert.equal(body?.refundOrder?.status, 'FAILURE');
    assert.equal(body?.refundOrder?.failCode, 'REFUND_FAILED');
    assert.equal(typeof body?.refundOrder?.failDes, 'string');
    assert.deepEqual(body?.refundSummary?.remainRefundAmount, aed(12.3));
    const again = await refund({ refundMerchantOrderNo: 'R2', amount: aed(12.3) });
    assert.equal(verdict(again), '0 SUCCESS');
  });

  it('succeeds once its time has passed, unless it ended before', async () => {
    const shop = openShop();
    const { refund, getRefund, sandbox } = await withPaidOrder({
      ...shop.options,
      refundsPend: minute,
    });
    await shop.nextReport();
    await refund();
    await refund({ refundMerchantOrderNo: 'R2' });
    sandbox.actions.finishRefund('R1', 'FAILURE');
    await shop.nextReport();
    shop.elapse(minute);
    shop.elapse(minute);
    assert.equal((await getRefund('R1')).body?.refundOrder?.status, 'FAILURE');
    assert.equal((await getRefund('R2')).body?.refundOrder?.status, 'SUCCESS');
    await shop.nextReport();
    const told = shop.received.slice(1).map(({ json }) => json.refundOrder);
    assert.deepEqual(
      told.map(({ refundMerchantOrderNo, status }) => `${refundMerchantOrderNo} ${status}`),
      ['R1 FAILURE', 'R2 SUCCESS'],
    );
  });
});

describe('a refund’s notification', () => {
  it('looks like PayBy’s, and goes to the refund’s own URL', async () => {
    const shop = openShop();
    const { refund } = await withPaidOrder(shop.options);
    await shop.nextReport();
    await refund({ notifyUrl: 'https://shop.example/refunds' });
    assert.equal((await shop.nextReport()).outcome, 'accepted');
    const sent = shop.received[1];
    assert.equal(sent?.url, 'https://shop.example/refunds');
    assert.deepEqual(sent?.json, {
      _input_charset: 'UTF-8',
      notify_id: '202611220000000002',
      notify_time: '20261122140000',
      notify_timestamp: start,
      refundOrder: {
        refundMerchantOrderNo: 'R1',
        orderNo: '191795341600000001',
        originMerchantOrderNo: 'M1',
        status: 'SUCCESS',
        amount: aed(2.3),
        notifyUrl: 'https://shop.example/refunds',
        reason: 'refund',
      },
    });
  });

  it('goes to the order’s URL without one, comes once, and not at all without both', async () => {
    const shop = openShop();
    const { place, refund, sandbox } = setUp(shop.options);
    await place();
    await place({ merchantOrderNo: 'M2', notifyUrl: undefined });
    for (const no of ['M1', 'M2']) sandbox.actions.pay(no);
    await shop.nextReport();
    await refund({ refundMerchantOrderNo: 'R2', originMerchantOrderNo: 'M2' });
    await refund();
    await refund();
    await shop.nextReport();
    assert.deepEqual(
      shop.received.map(({ url, json }) => [url, json.refundOrder?.refundMerchantOrderNo]),
      [
        ['https://shop.example/notify', undefined],
        ['https://shop.example/notify', 'R1'],
      ],
    );
  });
});
