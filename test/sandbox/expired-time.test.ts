import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hour, minute, setUp, start, tokenUrl, verdict } from './merchant.ts';
import { accept } from './shop.ts';

const day = 24 * hour;
const path = '/acquire2/updateExpiredTime';

const withOrder = async () => {
  const made = setUp({ fetch: async () => accept() });
  await made.place();
  const move = (expiredTime: unknown, key: object = { merchantOrderNo: 'M1' }) =>
    made.call(path, { ...key, expiredTime });
  return { ...made, move };
};

describe('updateExpiredTime', () => {
  it('moves an open order’s expiry, and the order lives by it', async () => {
    const { move, get, clock } = await withOrder();
    const { head, body } = await move(start + 3 * hour);
    assert.equal(head.code, '0');
    assert.equal(body?.acquireOrder.expiredTime, start + 3 * hour);
    clock.now = start + 3 * hour - 1;
    assert.equal((await get('M1')).body?.acquireOrder.status, 'CREATED');
    clock.now += 1;
    assert.equal((await get('M1')).body?.acquireOrder.status, 'FAILURE');
  });

  it('takes PayBy’s number too, and brings an expiry forward', async () => {
    const { move, get, clock } = await withOrder();
    const orderNo = (await get('M1')).body?.acquireOrder.orderNo;
    assert.equal(verdict(await move(start + minute, { orderNo })), '0 SUCCESS');
    clock.now = start + minute;
    assert.equal((await get('M1')).body?.acquireOrder.status, 'FAILURE');
  });

  it('leaves the create request as good as it was', async () => {
    const { move, place, clock } = await withOrder();
    await move(start + 15 * day);
    clock.now = start + 14 * day;
    const answer = await place();
    assert.ok(tokenUrl(answer));
    assert.equal(answer.body?.acquireOrder.expiredTime, start + 15 * day);
  });

  it('reaches 15 days ahead and no time that has passed', async () => {
    const { move, get } = await withOrder();
    assert.equal(verdict(await move(start + 15 * day)), '0 SUCCESS');
    for (const time of [start + 15 * day + 1, start, 0]) {
      assert.match(verdict(await move(time)), /^62089 INVALID_EXPIRED_TIME: /);
    }
    assert.match(
      verdict(await move(String(start + day))),
      /^400 INVALID_PARAMETER: bizContent\.expiredTime/,
    );
    assert.equal((await get('M1')).body?.acquireOrder.expiredTime, start + 15 * day);
  });

  it('refuses an order that is not open, or that nobody knows', async () => {
    const { move, place, cancel, sandbox } = await withOrder();
    const later = start + day;
    sandbox.actions.pay('M1');
    assert.equal(verdict(await move(later)), '62001 ORDER_PAID');
    sandbox.actions.settle('M1');
    assert.equal(verdict(await move(later)), '62003 ORDER_SETTLED');
    await place({ merchantOrderNo: 'M2' });
    await cancel('M2');
    assert.equal(verdict(await move(later, { merchantOrderNo: 'M2' })), '62002 ORDER_FAILURE');
    const unknown = await move(later, { merchantOrderNo: 'M404' });
    assert.equal(verdict(unknown), '62004 MERCHANT_ORDER_NO_NOT_EXIST');
    assert.equal(verdict(await move(later, { orderNo: '131' })), '62035 ORDER_NO_NOT_EXIST');
    assert.match(verdict(await move(later, {})), /^400 INVALID_PARAMETER: bizContent: /);
  });
});
