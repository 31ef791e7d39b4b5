import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hour, press, setUp, start, tokenUrl } from './merchant.ts';
import { accept } from './shop.ts';

const day = 24 * hour;

describe('getOrder', () => {
  it('finds an order by either number and shows no code', async () => {
    const { place, get, call } = setUp();
    const placed = await place();
    const orderNo = placed.body?.acquireOrder.orderNo;
    const expected = { acquireOrder: placed.body?.acquireOrder };
    assert.deepEqual((await get('M1')).body, expected);
    assert.deepEqual((await call('/acquire2/getOrder', { orderNo })).body, expected);
  });

  it('expires an order by the clock', async () => {
    const { place, get, clock } = setUp();
    await place({ expiredTime: start + 1000 });
    clock.now = start + 999;
    assert.equal((await get('M1')).body?.acquireOrder.status, 'CREATED');
    clock.now = start + 1000;
    const order = (await get('M1')).body?.acquireOrder;
    assert.equal(order?.status, 'FAILURE');
    assert.equal(order?.failCode, undefined);
  });

  it('shows the payment, and that it is settled a day later', async () => {
    const { place, get, clock, sandbox } = setUp({ fetch: async () => accept() });
    const url = tokenUrl(await place());
    clock.now = start + 5000;
    await press(sandbox, url, /Pay/);
    const paid = await get('M1');
    assert.equal(paid.body?.acquireOrder.status, 'PAID_SUCCESS');
    assert.deepEqual(paid.body?.acquireOrder.paymentInfo, {
      paidAmount: { amount: 12.3, currency: 'AED' },
      paidTime: start + 5000,
      payerMid: '100000030030',
      payChannel: 'BALANCE',
      payeeFeeAmount: { amount: 0, currency: 'AED' },
      payerFeeAmount: { amount: 0, currency: 'AED' },
      settlementAmount: { amount: 12.3, currency: 'AED' },
    });
    clock.now += day - 1;
    assert.equal((await get('M1')).body?.acquireOrder.status, 'PAID_SUCCESS');
    clock.now += 1;
    const settled = (await get('M1')).body?.acquireOrder;
    assert.deepEqual(settled, { ...paid.body?.acquireOrder, status: 'SETTLED' });
  });
});

describe('cancelOrder', () => {
  it('ends an open order', async () => {
    const { place, cancel, get } = setUp();
    await place();
    const { head, body } = await cancel('M1');
    assert.equal(head.code, '0');
    assert.equal(body?.acquireOrder.status, 'FAILURE');
    assert.equal((await get('M1')).body?.acquireOrder.status, 'FAILURE');
  });

  it('refuses a paid, a settled, a cancelled and an expired order', async () => {
    const { place, cancel, clock, sandbox } = setUp({ fetch: async () => accept() });
    const refused = async (no: string) => {
      const { head } = await cancel(no);
      return `${head.applyStatus} ${head.code} ${head.msg}`;
    };
    await press(sandbox, tokenUrl(await place()), /Pay/);
    assert.equal(await refused('M1'), 'FAIL 62001 ORDER_PAID');
    clock.now += day;
    assert.equal(await refused('M1'), 'FAIL 62003 ORDER_SETTLED');
    await place({ merchantOrderNo: 'M2' });
    await cancel('M2');
    assert.equal(await refused('M2'), 'FAIL 62002 ORDER_FAILURE');
    await place({ merchantOrderNo: 'M3' });
    clock.now += 2 * hour;
    assert.equal(await refused('M3'), 'FAIL 62002 ORDER_FAILURE');
  });
});

for (const path of ['/acquire2/getOrder', '/acquire2/cancelOrder', '/acquire2/revokeOrder']) {
  describe(`${path} without an order to work on`, () => {
    it('knows which number is unknown', async () => {
      const { call } = setUp();
      const { head: own } = await call(path, { merchantOrderNo: 'M404' });
      assert.deepEqual([own.code, own.msg], ['62004', 'MERCHANT_ORDER_NO_NOT_EXIST']);
      const { head: theirs } = await call(path, { orderNo: '131' });
      assert.deepEqual([theirs.code, theirs.msg], ['62035', 'ORDER_NO_NOT_EXIST']);
      for (const name of ['__proto__', 'constructor']) {
        assert.equal((await call(path, { merchantOrderNo: name })).head.code, '62004');
      }
    });

    it('wants exactly one number', async () => {
      const { call } = setUp();
      for (const bizContent of [{}, { merchantOrderNo: 'M1', orderNo: '131' }]) {
        const { head } = await call(path, bizContent);
        assert.equal(head.code, '400');
        assert.match(
          head.msg,
          /^INVALID_PARAMETER: bizContent: expected merchantOrderNo or orderNo/,
        );
      }
      const { head } = await call(path, { merchantOrderNo: 42 });
      assert.match(head.msg, /^INVALID_PARAMETER: bizContent\.merchantOrderNo/);
    });
  });
}
