import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hour, open, setUp, tokenUrl, verdict } from './merchant.ts';
import { openShop } from './shop.ts';

const unknownOrder = '62004 MERCHANT_ORDER_NO_NOT_EXIST';

/** A sandbox that keeps twenty orders, or one or two more before it looks. */
function setUpSmall() {
  const made = setUp({ ...openShop().options, mostOrders: 20, refundsPend: true });
  const { sandbox, place, get } = made;
  return {
    ...made,
    /** Places this many orders and pays them. */
    async fill(many: number) {
      for (let n = 0; n < many; n += 1) {
        await place({ merchantOrderNo: `later-${n}` });
        sandbox.actions.pay(`later-${n}`);
      }
    },
    count: () => sandbox.control.orders().length,
    found: async (merchantOrderNo: string) => verdict(await get(merchantOrderNo)),
  };
}

describe('a sandbox that runs for weeks', () => {
  it('forgets the oldest orders that are over, and their codes', async () => {
    const { sandbox, place, cancel, fill, count, found } = setUpSmall();
    const code = tokenUrl(await place());
    sandbox.actions.pay('M1');
    await place({ merchantOrderNo: 'M2' });
    await cancel('M2');
    await fill(60);
    assert.ok(count() <= 22, `${count()} orders`);
    for (const old of ['M1', 'M2', 'later-0', 'later-37']) {
      assert.equal(await found(old), unknownOrder, old);
    }
    assert.equal(await found('later-40'), '0 SUCCESS');
    assert.match((await open(sandbox, code)).html, /Unknown code/);
    assert.equal(sandbox.control.orders()[0]?.terms.merchantOrderNo, 'later-59');
  });

  it('keeps those that may still be paid, until they have expired', async () => {
    const { sandbox, place, clock, fill, count, found } = setUpSmall();
    const code = tokenUrl(await place());
    await fill(60);
    assert.match((await open(sandbox, code)).html, /Pay AED/);
    for (let n = 0; n < 50; n += 1) await place({ merchantOrderNo: `open-${n}` });
    assert.equal(await found('M1'), '0 SUCCESS');
    assert.ok(count() >= 51, `${count()} orders`);
    clock.now += 2 * hour;
    for (let n = 0; n < 20; n += 1) await place({ merchantOrderNo: `fresh-${n}` });
    assert.equal(await found('M1'), unknownOrder);
    assert.ok(count() <= 22, `${count()} orders`);
  });

  it('keeps refunds as long as their order, and an order as long as a refund is pending', async () => {
    const { sandbox, place, refund, getRefund, fill, found } = setUpSmall();
    await place();
    sandbox.actions.pay('M1');
    await refund();
    await fill(60);
    assert.equal(await found('M1'), '0 SUCCESS');
    const again = await refund({
      refundMerchantOrderNo: 'R2',
      amount: { amount: 10.01, currency: 'AED' },
    });
    assert.equal(verdict(again), '62006 REFUND_AMOUNT_EXCEEDED');
    sandbox.actions.finishRefund('R1', 'SUCCESS');
    for (let n = 0; n < 5; n += 1) await place({ merchantOrderNo: `last-${n}` });
    assert.equal(await found('M1'), unknownOrder);
    assert.equal(verdict(await getRefund('R1')), '62007 REFUND_MERCHANT_ORDER_NO_NOT_EXIST');
  });

  it('keeps the latest of the codes of one order', async () => {
    const { sandbox, place } = setUpSmall();
    const codes: string[] = [];
    for (let n = 0; n < 15; n += 1) {
      codes.push(tokenUrl(await place()));
      if (n < 14) sandbox.actions.lapse('M1');
    }
    const page = async (index: number) => (await open(sandbox, codes.at(index) ?? '')).html;
    assert.match(await page(0), /Unknown code/);
    assert.match(await page(-2), /Code lapsed/);
    assert.match(await page(-1), /Pay AED/);
  });

  it('refuses a number that leaves no order', () => {
    for (const mostOrders of [0, -1, Number.NaN]) {
      assert.throws(
        () => setUp({ mostOrders }),
        /^TypeError: createSandbox: mostOrders .* cannot be used/,
      );
    }
  });
});
