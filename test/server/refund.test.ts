import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import {
  OrderError,
  type OrderErrorCode,
  PaybyError,
  PaybyUnknownError,
} from '../../src/server/index.ts';
import { second } from './support/fake-clock.ts';
import { refusal } from './support/fake-payby.ts';
import { broken, lost } from './support/open-client.ts';
import { openPaidShop, openShop, type Shop, thrownBy } from './support/shop.ts';

const refusedWith = (code: OrderErrorCode, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof OrderError, String(error));
  assert.equal(error.code, code);
  assert.match(error.message, message);
  return true;
};

/** What the shop heard of refunds: amounts, with the order's status. */
const heard = (shop: Shop) =>
  shop.refunded.map(({ order, refund }) => [order.status, refund?.amount]);

const refundsOf = async (shop: Shop, id: string) => (await shop.store.get(id))?.refunds ?? [];

/** Refunds, under the id R1, while PayBy's answers get lost. */
async function refundUnknown(shop: Shop, id: string, amount: string) {
  await assert.rejects(shop.checkout.refund(id, amount, { id: 'R1' }), PaybyUnknownError);
}

describe('a refund', () => {
  it('of a part leaves the order paid, and is told', async () => {
    const { shop, id } = await openPaidShop();
    const { order, refund } = await shop.checkout.refund(id, '2.34', { reason: 'Broken cup' });
    assert.deepEqual([order.status, refund.status, refund.amount], ['paid', 'succeeded', '2.34']);
    await shop.quiet();
    assert.deepEqual(heard(shop), [['paid', '2.34']]);
    const { content } = shop.payby.calls.at(-1) ?? {};
    assert.deepEqual(content, {
      refundMerchantOrderNo: refund.id,
      originMerchantOrderNo: id,
      amount: { amount: 2.34, currency: 'AED' },
      reason: 'Broken cup',
      notifyUrl: 'https://shop.example/api/payby/notify',
    });
    assert.deepEqual(shop.codes(), []);
  });

  it('after another takes what remains when no amount is named, and ends the order', async () => {
    const { shop, id } = await openPaidShop();
    await shop.checkout.refund(id, '2');
    await shop.checkout.refund(id, '0.3');
    const { order, refund } = await shop.checkout.refund(id);
    assert.deepEqual([order.status, refund.amount], ['refunded', '10.04']);
    await shop.quiet();
    assert.deepEqual(heard(shop), [
      ['paid', '2.00'],
      ['paid', '0.30'],
      ['refunded', '10.04'],
    ]);
    assert.equal((await shop.status(id)).status, 'refunded');
    assert.deepEqual(await shop.store.unsettled(10), []);
  });

  it('of more than remains, or once nothing does, never reaches PayBy', async () => {
    const { shop, id } = await openPaidShop();
    await shop.checkout.refund(id, '12');
    const exceeds = refusedWith('refund-exceeds', /can be refunded 0\.34 AED, asked for was 0\.35/);
    await assert.rejects(shop.checkout.refund(id, '0.35'), exceeds);
    await shop.checkout.refund(id);
    const nothing = refusedWith('refund-exceeds', /can be refunded 0\.00 AED, .* the rest/);
    await assert.rejects(shop.checkout.refund(id), nothing);
    assert.equal(shop.payby.count('placeRefund'), 2);
  });

  it('of an order that is not paid, or that nobody knows, never reaches PayBy', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const notPaid = refusedWith('order-not-paid', new RegExp(`${id} is pending`));
    await assert.rejects(shop.checkout.refund(id, '1'), notPaid);
    await shop.cancel(id);
    await assert.rejects(shop.checkout.refund(id), refusedWith('order-not-paid', /is cancelled/));
    const unknown = refusedWith('order-not-found', /there is no order "nobody"/);
    await assert.rejects(shop.checkout.refund('nobody', '1'), unknown);
    assert.equal(shop.payby.count('placeRefund'), 0);
  });

  it('takes amounts as decimal strings only', async () => {
    const { shop, id } = await openPaidShop();
    for (const amount of [1, 1.5, '1.005', '0', '0.00', '-1', '1,00', '', null, '1e1']) {
      await assert.rejects(shop.checkout.refund(id, amount as string), TypeError, String(amount));
    }
    for (const name of ['', 'R 1', 'x'.repeat(65)]) {
      await assert.rejects(shop.checkout.refund(id, '1', { id: name }), TypeError, name);
    }
    await assert.rejects(shop.checkout.refund(id, '1', { reason: 'x'.repeat(201) }), TypeError);
    assert.equal(shop.payby.count('placeRefund'), 0);
  });

  it('asked for twice under one id is one refund, and of another amount a mistake', async () => {
    const { shop, id } = await openPaidShop();
    const first = await shop.checkout.refund(id, '2', { id: 'R1' });
    const again = await shop.checkout.refund(id, '2.00', { id: 'R1' });
    assert.deepEqual([again.refund.id, again.refund.orderNo], ['R1', first.refund.orderNo]);
    const differs = refusedWith('refund-differs', /refund R1 .* is over 2\.00, not 3\.00/);
    await assert.rejects(shop.checkout.refund(id, '3', { id: 'R1' }), differs);
    assert.equal(shop.payby.count('placeRefund'), 1);
    await shop.quiet();
    assert.deepEqual(heard(shop), [['paid', '2.00']]);
  });

  it('asked for again without an id while pending is the same one, and later another', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.fault('placeRefund', broken);
    await assert.rejects(shop.checkout.refund(id, '2'), PaybyUnknownError);
    const { refund } = await shop.checkout.refund(id, '2');
    assert.equal(refund.status, 'succeeded');
    assert.equal((await refundsOf(shop, id)).length, 1);
    await shop.checkout.refund(id, '2');
    assert.equal(shop.payby.refunds.size, 2);
  });

  it('of the rest while another is pending is of the rest, and asked for again the same one', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.fault('placeRefund', broken, broken);
    await assert.rejects(shop.checkout.refund(id, '2'), PaybyUnknownError);
    await assert.rejects(shop.checkout.refund(id), PaybyUnknownError);
    const amounts = (await refundsOf(shop, id)).map(({ amount }) => amount);
    assert.deepEqual(amounts, ['2.00', '10.34']);
    assert.equal((await shop.checkout.refund(id)).refund.amount, '10.34');
    assert.equal((await refundsOf(shop, id)).length, 2);
  });

  it('that PayBy refuses has failed with its code, and another may follow', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.refuse('placeRefund', '62045', 'REFUND_REJECTED');
    await assert.rejects(shop.checkout.refund(id), PaybyError);
    assert.deepEqual(
      (await refundsOf(shop, id)).map(({ status, failure }) => [status, failure?.code]),
      [['failed', '62045']],
    );
    assert.deepEqual(shop.codes(), ['refund-failed']);
    assert.deepEqual(await shop.store.unsettled(10), []);
    assert.equal((await shop.checkout.refund(id)).order.status, 'refunded');
  });

  it('that PayBy refuses for now stays pending, and reconcile places it', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.refuse('placeRefund', '402', 'RATE_LIMIT_REJECT');
    await assert.rejects(shop.checkout.refund(id, '2', { id: 'R1' }), PaybyError);
    assert.equal((await refundsOf(shop, id))[0]?.status, 'pending');
    await shop.checkout.reconcile();
    assert.equal((await refundsOf(shop, id))[0]?.status, 'succeeded');
    assert.deepEqual(heard(shop), [['paid', '2.00']]);
  });
});

describe('a refund whose outcome is unknown', () => {
  it('is found out by reconcile when PayBy did it', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.fault('placeRefund', lost);
    await refundUnknown(shop, id, '2');
    assert.equal((await refundsOf(shop, id))[0]?.status, 'pending');
    assert.deepEqual(heard(shop), []);
    await shop.checkout.reconcile();
    assert.equal((await refundsOf(shop, id))[0]?.status, 'succeeded');
    assert.deepEqual(heard(shop), [['paid', '2.00']]);
    assert.equal(shop.payby.count('placeRefund'), 1);
  });

  it('is placed again under its number when PayBy never had it', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.fault('placeRefund', broken);
    await refundUnknown(shop, id, '2');
    await shop.checkout.reconcile();
    assert.deepEqual([...shop.payby.refunds.keys()], ['R1']);
    assert.deepEqual(heard(shop), [['paid', '2.00']]);
    assert.deepEqual(await shop.store.unsettled(10), []);
  });

  it('stays pending while PayBy cannot be asked, and counts as given meanwhile', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.fault('placeRefund', broken);
    await refundUnknown(shop, id, '12');
    shop.payby.refuse('getRefund', '500', 'SYSTEM_ERROR');
    await shop.checkout.reconcile();
    assert.equal((await refundsOf(shop, id))[0]?.status, 'pending');
    await assert.rejects(shop.checkout.refund(id, '1'), OrderError);
    assert.deepEqual(shop.codes(), ['refund-failed', 'refund-failed']);
  });

  it('and asked for again is looked up first: what PayBy did is never called failed', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.fault('placeRefund', lost);
    await refundUnknown(shop, id, '2');
    const { refund } = await shop.checkout.refund(id, '2', { id: 'R1' });
    assert.equal(refund.status, 'succeeded');
    assert.equal(shop.payby.count('placeRefund'), 1);
    await shop.quiet();
    assert.deepEqual(heard(shop), [['paid', '2.00']]);
  });

  it('is not called failed when a refusal answers what an earlier attempt did', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.fault('placeRefund', (work) => {
      work();
      return work();
    });
    const { refund } = await shop.checkout.refund(id, '2');
    assert.equal(refund.status, 'succeeded');
    assert.deepEqual(shop.codes(), []);
  });

  it('stays pending when it was refused and PayBy cannot say whether it has it', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.refuse('placeRefund', '62017', 'REFUND_MERCHANT_ORDER_NO_EXIST');
    shop.payby.fault('getRefund', broken);
    await assert.rejects(shop.checkout.refund(id, '2'), PaybyUnknownError);
    assert.equal((await refundsOf(shop, id))[0]?.status, 'pending');
  });

  it('because its process died is found out by another, once nobody can be at it any more', async () => {
    const { shop, id } = await openPaidShop();
    const store = { ...shop.store, release: () => new Promise<never>(() => {}) };
    const dead = openShop({}, { ...shop.world, store });
    shop.payby.fault('placeRefund', lost);
    void dead.checkout.refund(id, '2', { id: 'R1' });
    await shop.quiet();
    await shop.checkout.reconcile();
    assert.equal((await refundsOf(shop, id))[0]?.status, 'pending');
    await shop.pass(45 * second);
    await shop.checkout.reconcile();
    assert.equal((await refundsOf(shop, id))[0]?.status, 'succeeded');
    assert.equal(shop.payby.count('placeRefund'), 1);
  });

  it('has failed when its number belongs to another refund', async () => {
    const { shop, id } = await openPaidShop();
    const other = await shop.order({ reference: '43' });
    shop.payby.pay(other.id);
    await shop.notify(shop.payby.notification(other.id));
    await shop.checkout.refund(other.id, '2', { id: 'R1' });
    await assert.rejects(shop.checkout.refund(id, '2', { id: 'R1' }), PaybyError);
    const [refund] = await refundsOf(shop, id);
    assert.deepEqual([refund?.status, refund?.failure?.code], ['failed', '62017']);
  });

  it('is not placed again once it was refused, however long reconcile waited for its turn', async () => {
    const { shop, id } = await openPaidShop();
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    shop.payby.fault('placeRefund', async () => {
      await asked;
      return shop.payby.answer(refusal('62045', 'REFUND_REJECTED'));
    });
    const refund = thrownBy(shop.checkout.refund(id, '2'));
    while (shop.payby.count('placeRefund') === 0) await setImmediate();
    const reconciled = shop.checkout.reconcile();
    for (let at = 0; at < 20; at += 1) await setImmediate();
    answer();
    assert.ok((await refund) instanceof PaybyError);
    await reconciled;
    assert.equal(shop.payby.count('placeRefund'), 1);
    assert.equal((await refundsOf(shop, id))[0]?.status, 'failed');
  });
});

describe('refunds at the same time', () => {
  it('through two processes: what one of them was refused, the other does not place again', async () => {
    const { shop, id } = await openPaidShop();
    const other = openShop({}, shop.world);
    shop.payby.fault('placeRefund', broken, broken);
    await assert.rejects(shop.checkout.refund(id, '1', { id: 'R1' }), PaybyUnknownError);
    await assert.rejects(shop.checkout.refund(id, '2', { id: 'R2' }), PaybyUnknownError);
    const { arrived, release } = shop.payby.hold('getRefund');
    const reconciled = other.checkout.reconcile();
    await arrived;
    shop.payby.refuse('placeRefund', '62045', 'REFUND_REJECTED');
    await assert.rejects(shop.checkout.refund(id, '2', { id: 'R2' }), PaybyError);
    release();
    await reconciled;
    assert.deepEqual([...shop.payby.refunds.keys()], ['R1']);
    const refunds = (await shop.store.get(id))?.refunds?.map(({ status }) => status);
    assert.deepEqual(refunds, ['succeeded', 'failed']);
  });

  it('never exceed what was paid', async () => {
    const { shop, id } = await openPaidShop();
    const asked = Array.from({ length: 5 }, (_, at) =>
      shop.checkout.refund(id, '5', { id: `R${at}` }).then(
        () => 'done',
        () => 'refused',
      ),
    );
    assert.deepEqual((await Promise.all(asked)).sort(), [
      'done',
      'done',
      'refused',
      'refused',
      'refused',
    ]);
    assert.equal(shop.payby.refunds.size, 2);
  });

  it('never exceed it through two processes, either', async () => {
    const { shop, id } = await openPaidShop();
    const other = openShop({}, shop.world);
    const asked = [shop, other, shop, other].map(({ checkout }, at) =>
      checkout.refund(id, '5', { id: `R${at}` }).then(
        () => 'done',
        () => 'refused',
      ),
    );
    assert.deepEqual((await Promise.all(asked)).sort(), ['done', 'done', 'refused', 'refused']);
    assert.equal(shop.payby.count('placeRefund'), 2);
  });

  it('under one id through two processes are one, placed once', async () => {
    const { shop, id } = await openPaidShop();
    const other = openShop({}, shop.world);
    const { arrived, release } = shop.payby.hold('placeRefund');
    const first = shop.checkout.refund(id, '5', { id: 'R1' });
    await arrived;
    const second_ = await other.checkout.refund(id, '5', { id: 'R1' });
    assert.equal(second_.refund.status, 'pending');
    await other.checkout.reconcile();
    release();
    assert.equal((await first).refund.status, 'succeeded');
    assert.equal(shop.payby.count('placeRefund'), 1);
    assert.deepEqual(shop.codes().concat(other.codes()), []);
  });
});

describe('a refund that takes its time', () => {
  const slow = (shop: Shop, status: string) =>
    shop.payby.fault('placeRefund', (work) => {
      work();
      const [[number, refund] = []] = [...shop.payby.refunds];
      assert.ok(number && refund);
      refund.status = status;
      const refundOrder = { ...refund };
      const head = { applyStatus: 'SUCCESS', code: '0', msg: 'SUCCESS' };
      return shop.payby.answer(JSON.stringify({ head, body: { refundOrder } }));
    });

  for (const status of ['CREATED', 'REFUNDED_SETTLED']) {
    it(`is pending while PayBy says ${status}, and told when SUCCESS is notified`, async () => {
      const { shop, id } = await openPaidShop();
      slow(shop, status);
      const { order, refund } = await shop.checkout.refund(id);
      assert.deepEqual([order.status, refund.status], ['paid', 'pending']);
      await shop.checkout.reconcile();
      assert.deepEqual(heard(shop), []);
      const text = shop.payby.refundNotification(refund.id, { status: 'SUCCESS' });
      assert.equal((await shop.notify(text)).status, 200);
      assert.deepEqual(heard(shop), [['refunded', '12.34']]);
      assert.equal((await shop.status(id)).status, 'refunded');
      assert.deepEqual(shop.codes(), []);
    });
  }

  it('and has a status nobody knows is pending, and the operator hears', async () => {
    const { shop, id } = await openPaidShop();
    slow(shop, 'SOMETHING_NEW');
    const { refund } = await shop.checkout.refund(id);
    assert.equal(refund.status, 'pending');
    await shop.checkout.reconcile();
    assert.equal((await shop.notify(shop.payby.refundNotification(refund.id))).status, 422);
    assert.deepEqual(shop.codes(), ['status-unknown', 'status-unknown', 'status-unknown']);
    assert.equal((await refundsOf(shop, id))[0]?.status, 'pending');
    assert.deepEqual(heard(shop), []);
  });

  it('and is then notified as FAILURE has failed: the operator hears, and the money is free again', async () => {
    const { shop, id } = await openPaidShop();
    slow(shop, 'CREATED');
    const { refund } = await shop.checkout.refund(id);
    const failure = { status: 'FAILURE', failCode: 'BALANCE_NOT_ENOUGH', failDes: 'top up' };
    const text = shop.payby.refundNotification(refund.id, failure);
    assert.equal((await shop.notify(text)).status, 200);
    const [failed] = await refundsOf(shop, id);
    assert.equal(failed?.status, 'failed');
    assert.deepEqual(failed?.failure, { code: 'BALANCE_NOT_ENOUGH', message: 'top up' });
    assert.deepEqual(shop.codes(), ['refund-failed']);
    assert.deepEqual(heard(shop), []);
    assert.deepEqual(await shop.store.unsettled(10), []);
    shop.payby.refunds.clear();
    assert.equal((await shop.checkout.refund(id)).order.status, 'refunded');
  });

  it('learns PayBy’s number as soon as it is known', async () => {
    const { shop, id } = await openPaidShop();
    shop.payby.refuse('placeRefund', '402', 'RATE_LIMIT_REJECT');
    await assert.rejects(shop.checkout.refund(id, '1', { id: 'R1' }), PaybyError);
    assert.equal((await refundsOf(shop, id))[0]?.orderNo, undefined);
    slow(shop, 'CREATED');
    const { refund } = await shop.checkout.refund(id, '1', { id: 'R1' });
    assert.deepEqual([refund.status, refund.orderNo], ['pending', '19140540611301000']);
  });
});
