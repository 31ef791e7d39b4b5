import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryStore } from '../../src/server/index.ts';
import { openShop } from '../server/support/shop.ts';
import { steppedStore } from './steps.ts';

/** A shop whose store can keep an answer back after the order was read for the last time. */
function openScene() {
  let gate: Promise<void> | undefined;
  const store = steppedStore(memoryStore(), async (step) => {
    if (step === 'after store.get' && shop.paid.length > 0 && gate) {
      const closed = gate;
      gate = undefined;
      await closed;
    }
  });
  const shop = openShop({ store });
  return {
    shop,
    /** The first reading after `onPaid` waits until it is released. */
    hold(): () => void {
      let release = () => {};
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
  };
}

describe('a refund that is notified while the shop is being told of the payment', () => {
  it('is answered SUCCESS only once the shop took the refund, too', async () => {
    const { shop, hold } = openScene();
    const { id } = await shop.order();
    shop.payby.pay(id);
    const release = hold();
    const payment = shop.notify(shop.payby.notification(id));
    await shop.quiet();
    assert.equal(shop.paid.length, 1);
    const refundOrder = {
      refundMerchantOrderNo: 'R1',
      originMerchantOrderNo: id,
      status: 'SUCCESS',
      amount: { amount: 2.3, currency: 'AED' },
    };
    const heard = shop.notify(JSON.stringify({ refundOrder })).then(async (response) => ({
      text: await response.text(),
      told: shop.refunded.length,
    }));
    await shop.quiet();
    release();
    assert.equal((await payment).status, 200);
    assert.deepEqual(await heard, { text: '{"response":"SUCCESS"}', told: 1 });
  });
});
