import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ActionError } from '../../src/sandbox/index.ts';
import { open, setUp, start, tokenUrl } from './merchant.ts';
import { openShop } from './shop.ts';

const withOrder = async (fields = {}, options = {}) => {
  const shop = openShop();
  const made = setUp({ ...shop.options, ...options });
  const url = tokenUrl(await made.place(fields));
  const status = async () => (await made.get('M1')).body?.acquireOrder.status;
  return { ...made, ...made.sandbox, shop, url, status };
};

const refused = (reason: string, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof ActionError);
  assert.equal(error.reason, reason);
  assert.match(error.message, message);
  return true;
};

describe('actions', () => {
  it('take either number of an order', async () => {
    const { actions, get } = await withOrder();
    const orderNo = String((await get('M1')).body?.acquireOrder.orderNo);
    assert.equal(actions.scan('M1').payer?.name, 'Amal');
    assert.equal(actions.pay(orderNo).state.status, 'PAID_SUCCESS');
  });

  it('pay once, and tell the merchant once', async () => {
    const { actions, shop, status } = await withOrder();
    actions.pay('M1');
    assert.throws(() => actions.pay('M1'), refused('conflict', /M1 is PAID_SUCCESS; only CREATED/));
    await shop.nextReport();
    assert.equal(await status(), 'PAID_SUCCESS');
    assert.equal(shop.received.length, 1);
  });

  it('keep to the rules of binding and of one attempt', async () => {
    const { actions, shop, status } = await withOrder({
      paySceneParams: { oneTimePayment: 'true' },
    });
    actions.scan('M1', 'omar');
    assert.throws(
      () => actions.pay('M1', { payer: 'amal' }),
      refused('conflict', /M1 is bound to Omar; Amal cannot pay it/),
    );
    assert.equal(actions.decline('M1').state.status, 'FAILURE');
    await shop.nextReport();
    assert.equal(await status(), 'FAILURE');
    assert.equal(shop.received[0]?.json.acquireOrder.status, 'FAILURE');
  });

  it('settle and expire at once', async () => {
    const { actions, place, get, clock, status } = await withOrder();
    assert.throws(() => actions.settle('M1'), refused('conflict', /only PAID_SUCCESS/));
    actions.pay('M1');
    actions.settle('M1');
    assert.equal(await status(), 'SETTLED');
    await place({ merchantOrderNo: 'M2' });
    clock.now += 5000;
    actions.expire('M2');
    const order = (await get('M2')).body?.acquireOrder;
    assert.deepEqual([order?.status, order?.expiredTime], ['FAILURE', start + 5000]);
    assert.throws(() => actions.expire('M2'), refused('conflict', /M2 is FAILURE \(expired\)/));
  });

  it('let a code lapse; the same request gives a fresh one', async () => {
    const { actions, place, url, sandbox } = await withOrder();
    actions.lapse('M1');
    const old = await open(sandbox, url);
    assert.equal(old.response.status, 410);
    assert.match(old.html, /Code lapsed/);
    const fresh = tokenUrl(await place());
    assert.notEqual(fresh, url);
    assert.match((await open(sandbox, fresh)).html, /<form/);
    assert.equal(tokenUrl(await place()), fresh);
  });

  it('end a refund once', async () => {
    const { actions, refund } = await withOrder({}, { refundsPend: true });
    actions.pay('M1');
    const { body } = await refund();
    assert.equal(actions.deductRefund('R1').status, 'REFUNDED_SETTLED');
    const orderNo = String(body?.refundOrder?.orderNo);
    assert.equal(actions.finishRefund(orderNo, 'FAILURE').status, 'FAILURE');
    assert.throws(
      () => actions.finishRefund('R1', 'SUCCESS'),
      refused('conflict', /R1 is FAILURE already/),
    );
    assert.throws(() => actions.deductRefund('R1'), refused('conflict', /R1 is FAILURE already/));
  });

  it('name what they do not know and what cannot be', async () => {
    const { actions, status } = await withOrder();
    for (const no of ['M404', '', '__proto__']) {
      assert.throws(() => actions.pay(no), refused('unknown', /There is no order/));
      assert.throws(() => actions.finishRefund(no, 'SUCCESS'), refused('unknown', /no refund/));
    }
    assert.throws(
      () => actions.scan('M1', 'bob'),
      refused('invalid', /no payer "bob"; name one of amal, omar, priya/),
    );
    for (const paidAmount of [0, -1, 12.31, '1.234', 'ten', Number.NaN]) {
      assert.throws(
        () => actions.pay('M1', { paidAmount }),
        refused('invalid', /at most AED\u00a012\.30/),
      );
    }
    assert.equal(await status(), 'CREATED');
  });
});
