/**
 * PayBy's own acceptance cases for an integration, played by the gateway and judged by it: what it saw of
 * the merchant's side, by the clock that both share.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hour, minute, second } from '../server/support/fake-clock.ts';
import { orderOf, problemOf } from '../server/support/shop.ts';
import { openAcceptedShop } from './accepted-shop.ts';

type Shop = ReturnType<typeof openAcceptedShop>;
type Case = Parameters<Shop['sandbox']['control']['armCase']>[0];

function assertAccepted({ sandbox }: Shop, id: Case) {
  const verdict = sandbox.control.verdict(id);
  assert.equal(verdict.outcome, 'pass', JSON.stringify(verdict, undefined, 2));
}

/** A shop that the case is armed for, and its order with a page that watches it. */
async function watchedOrder(id: Case, options?: Parameters<typeof openAcceptedShop>[0]) {
  const shop = openAcceptedShop(options);
  shop.sandbox.control.armCase(id);
  const order = await orderOf(await shop.create());
  const heard = await shop.watch(order.id);
  return { shop, order, heard };
}

describe('PayBy’s acceptance case', () => {
  it('001: a payment that asks for a password is waited for', async () => {
    const { shop, order, heard } = await watchedOrder('001', {
      quote: () => ({ amount: '500.00', subject: 'Cart 42' }),
    });
    await shop.pass(minute);
    assert.deepEqual(heard, ['pending', 'paid']);
    assert.deepEqual(
      shop.paid.map(({ id }) => id),
      [order.id],
    );
    assertAccepted(shop, '001');
  });

  it('002: a payment that expires is queried until then, and cancelled 20 to 120 s later', async () => {
    const { shop, heard } = await watchedOrder('002', { orderLifetime: 5 * minute });
    await shop.pass(5 * minute);
    await shop.pass(3 * minute);
    assert.deepEqual(heard, ['pending', 'expired']);
    assert.deepEqual(shop.paid, []);
    assertAccepted(shop, '002');
  });

  it('003: a create that answers SYSTEM_ERROR is queried, then cancelled', async () => {
    const shop = openAcceptedShop();
    shop.sandbox.control.armCase('003');
    await problemOf(await shop.create(), 503);
    await shop.pass(3 * minute);
    assert.equal((await orderOf(await shop.create())).status, 'cancelled');
    assertAccepted(shop, '003');
  });

  it('004: a create that times out is queried, then cancelled', async () => {
    const shop = openAcceptedShop({}, 1);
    shop.sandbox.control.armCase('004');
    const created = shop.create();
    await shop.pass(3 * minute);
    await problemOf(await created, 503);
    assert.equal((await orderOf(await shop.create())).status, 'cancelled');
    assertAccepted(shop, '004');
  });

  it('005: a cancel that succeeds after several tries is tried again every 3 to 10 s', async () => {
    const { shop, order } = await watchedOrder('005');
    await shop.pass(10 * second);
    await problemOf(await shop.cancel(order.id), 503);
    await shop.pass(minute);
    assert.equal((await shop.status(order.id)).status, 'cancelled');
    assertAccepted(shop, '005');
  });

  it('006: a cancel that keeps failing is given up, and somebody is told', async () => {
    const { shop, order } = await watchedOrder('006');
    await problemOf(await shop.cancel(order.id), 503);
    await shop.pass(30 * second);
    assert.equal(shop.anomalies().filter((code) => code === 'cancel-gave-up').length, 1);
    assertAccepted(shop, '006');
  });

  it('007: a query that succeeds after several tries is tried again every 2 to 6 s', async () => {
    const { shop } = await watchedOrder('007');
    await shop.pass(minute);
    assert.equal(shop.anomalies().includes('query-gave-up'), false);
    assertAccepted(shop, '007');
  });

  it('008: a query that keeps failing is given up, and somebody is told', async () => {
    const { shop } = await watchedOrder('008');
    await shop.pass(30 * second);
    assert.equal(shop.anomalies().filter((code) => code === 'query-gave-up').length, 1);
    assertAccepted(shop, '008');
  });

  it('009: a notification is processed, and answered SUCCESS', async () => {
    const { shop, order } = await watchedOrder('009');
    await shop.pass(10 * second);
    assert.deepEqual(
      shop.paid.map(({ id }) => id),
      [order.id],
    );
    assertAccepted(shop, '009');
  });

  it('008, at last: what could not be asked for half an hour is found once PayBy answers', async () => {
    const { shop, order } = await watchedOrder('008', { orderLifetime: 2 * hour });
    shop.sandbox.control.addFault({ on: 'notification', fault: { kind: 'lost' }, times: 'always' });
    shop.sandbox.actions.pay(order.id);
    await shop.pass(hour / 2);
    assert.equal((await shop.status(order.id)).status, 'pending');
    shop.sandbox.control.disarmCase('008');
    await shop.pass(2 * minute);
    assert.equal((await shop.status(order.id)).status, 'paid');
    assert.equal(shop.paid.length, 1);
  });
});
