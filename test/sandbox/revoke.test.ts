import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aed, hour, open, setUp, tokenUrl, verdict } from './merchant.ts';
import { openShop } from './shop.ts';

const day = 24 * hour;

const withOrder = async (options = {}) => {
  const shop = openShop();
  const made = setUp({ ...shop.options, ...options });
  const url = tokenUrl(await made.place());
  return { ...made, shop, url };
};

describe('revokeOrder', () => {
  it('fails an unpaid order, of which nothing was to be given back', async () => {
    const { revoke, get, sandbox, url, shop } = await withOrder();
    const { head, body } = await revoke('M1');
    assert.equal(head.code, '0');
    assert.equal(body?.acquireOrder.status, 'FAILURE');
    assert.equal(body?.acquireOrder.revoked, 'false');
    assert.equal(body?.acquireOrder.paymentInfo, undefined);
    assert.deepEqual((await get('M1')).body, body);
    assert.match((await open(sandbox, url)).html, /Order cancelled/);
    assert.deepEqual(shop.received, []);
  });

  it('gives a paid order back: FAILURE with its payment, revoked "true"', async () => {
    const { revoke, get, sandbox, url, shop } = await withOrder();
    sandbox.actions.pay('M1');
    await shop.nextReport();
    const { paymentInfo } = (await get('M1')).body?.acquireOrder ?? {};
    const { body } = await revoke('M1');
    assert.equal(body?.acquireOrder.status, 'FAILURE');
    assert.equal(body?.acquireOrder.revoked, 'true');
    assert.deepEqual(body?.acquireOrder.paymentInfo, paymentInfo);
    assert.deepEqual((await get('M1')).body, body);
    assert.match((await open(sandbox, url)).html, /Payment reversed/);
    assert.equal(shop.received.length, 1);
  });

  it('leaves a settled order its status', async () => {
    const { revoke, get, sandbox, clock } = await withOrder();
    sandbox.actions.pay('M1');
    clock.now += day;
    const { body } = await revoke('M1');
    assert.equal(body?.acquireOrder.status, 'SETTLED');
    assert.equal(body?.acquireOrder.revoked, 'true');
    assert.deepEqual((await get('M1')).body, body);
  });

  it('revokes once, whatever the order was', async () => {
    const { revoke, place, sandbox, clock } = await withOrder();
    for (const merchantOrderNo of ['M2', 'M3']) {
      await place({ merchantOrderNo });
      sandbox.actions.pay(merchantOrderNo);
    }
    sandbox.actions.settle('M3');
    for (const no of ['M1', 'M2', 'M3']) {
      assert.equal(verdict(await revoke(no)), '0 SUCCESS');
      assert.equal(verdict(await revoke(no)), '62040 ACQUIRE_ORDER_REVOKED');
    }
    clock.now += 3 * day;
    assert.equal(verdict(await revoke('M2')), '62040 ACQUIRE_ORDER_REVOKED');
  });

  it('answers an order that had failed before as it is', async () => {
    const { revoke, cancel } = await withOrder();
    const { body } = await cancel('M1');
    for (const answer of [await revoke('M1'), await revoke('M1')]) {
      assert.deepEqual(answer.body, body);
    }
  });

  it('gives nothing back twice: not after a refund, nor while one is under way', async () => {
    const { revoke, refund, sandbox } = await withOrder({ refundsPend: true });
    sandbox.actions.pay('M1');
    await refund({ amount: aed(0.01) });
    assert.equal(verdict(await revoke('M1')), '62041 ACQUIRE_ORDER_REFUNDED');
    sandbox.actions.finishRefund('R1', 'SUCCESS');
    assert.equal(verdict(await revoke('M1')), '62041 ACQUIRE_ORDER_REFUNDED');
  });

  it('revokes an order whose refund failed, and then nothing of it remains', async () => {
    const { revoke, refund, getRefund, sandbox } = await withOrder({ refundsPend: true });
    sandbox.actions.pay('M1');
    await refund();
    sandbox.actions.finishRefund('R1', 'FAILURE');
    assert.equal((await revoke('M1')).body?.acquireOrder.revoked, 'true');
    const { body } = await getRefund('R1');
    assert.deepEqual(body?.refundSummary?.remainRefundAmount, aed(0));
  });
});
