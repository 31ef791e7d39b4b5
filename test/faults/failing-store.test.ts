import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryStore } from '../../src/server/index.ts';
import { hour, minute, second } from '../server/support/fake-clock.ts';
import { broken } from '../server/support/open-client.ts';
import { openShop, type readEvents } from '../server/support/shop.ts';
import { steppedStore } from './steps.ts';

function openScene() {
  let isAway = false;
  const store = steppedStore(memoryStore(), () => {
    if (isAway) throw new Error('the store is away');
  });
  const shop = openShop({ store, reconcileEvery: minute });
  return {
    shop,
    /** Lets time pass without the store, and then so much that all is made good. */
    async away(ms: number): Promise<void> {
      isAway = true;
      await shop.pass(ms);
      isAway = false;
      await shop.pass(15 * minute);
    },
    status: async (id: string) => (await shop.checkout.retrieve(id))?.status,
  };
}

/** Reads to the end. */
async function lastOf({ next }: ReturnType<typeof readEvents>): Promise<string | undefined> {
  let last: string | undefined;
  for (let order = await next(); order; order = await next()) last = order.status;
  return last;
}

// A promise that nobody hears would end the process, and fails a test here.
describe('a store that is away for some minutes ends no process and no order', () => {
  it('that PayBy has called expired', async () => {
    const { shop, away, status } = openScene();
    const { id } = await shop.order();
    await shop.pass(hour / 2 + second);
    Object.assign(shop.payby.orders.get(id) ?? {}, { status: 'FAILURE' });
    for (let waited = 0; waited < 20 && (await status(id)) !== 'expired'; waited += 1) {
      await shop.pass(3 * second);
    }
    assert.equal(await status(id), 'expired');
    await away(3 * minute);
    assert.equal(await status(id), 'expired');
    assert.equal(shop.ended.length, 1);
  });

  it('whose placeOrder was not answered', async () => {
    const { shop, away, status } = openScene();
    shop.payby.fault('placeOrder', broken);
    const response = await shop.create({ key: 'one' });
    assert.equal(response.status, 503);
    await away(3 * minute);
    const again = await shop.create({ key: 'one' });
    const { id } = await again.json();
    assert.equal(await status(id), 'cancelled');
  });

  it('that is being cancelled', async () => {
    const { shop, away, status } = openScene();
    const { id } = await shop.order();
    shop.payby.fault('cancelOrder', broken, broken);
    assert.equal((await shop.cancel(id)).status, 503);
    await away(3 * minute);
    assert.equal(await status(id), 'cancelled');
  });

  it('whose payment the shop has yet to take', async () => {
    const { shop, away, status } = openScene();
    const { id } = await shop.order();
    shop.payby.pay(id);
    await away(3 * minute);
    assert.equal(await status(id), 'paid');
    assert.deepEqual(
      shop.paid.map((order) => order.id),
      [id],
    );
  });

  it('that a page watches', async () => {
    const { shop, away } = openScene();
    const { id } = await shop.order();
    const events = await shop.events(id);
    const last = lastOf(events);
    shop.payby.pay(id);
    await away(3 * minute);
    assert.equal(await last, 'paid');
  });
});
