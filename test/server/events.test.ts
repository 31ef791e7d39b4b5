import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OrderRecord } from '../../src/server/index.ts';
import { hour, minute, second, start } from './support/fake-clock.ts';
import { openShop, problemOf, readEvents } from './support/shop.ts';

describe('an event stream', () => {
  it('says at once how the order stands, in the contract’s form', async () => {
    const shop = openShop();
    const { id, tokenUrl } = await shop.order();
    const events = await shop.events(id);
    const { headers } = events.response;
    assert.match(headers.get('content-type') ?? '', /^text\/event-stream/);
    assert.equal(headers.get('cache-control'), 'no-store');
    const chunk = await events.chunk();
    assert.match(chunk ?? '', /^data: \{.*\}\n\n$/);
    const order = JSON.parse((chunk ?? '').slice('data: '.length));
    assert.deepEqual([order.id, order.status, order.tokenUrl], [id, 'pending', tokenUrl]);
    assert.equal(order.now, start);
    await events.cancel();
  });

  it('tells of the payment a notification brought, and ends', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const events = await shop.events(id);
    await events.next();
    shop.payby.pay(id);
    await shop.pass(second);
    await shop.notify(shop.payby.notification(id));
    const order = await events.next();
    assert.deepEqual([order?.status, order?.now], ['paid', start + second]);
    assert.equal(await events.next(), undefined);
    assert.equal(shop.payby.count('getOrder'), 0);
    assert.equal(shop.clock.timers, 0);
  });

  it('tells of the payment a query found', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const events = await shop.events(id);
    await events.next();
    await shop.pass(30 * second);
    shop.payby.pay(id);
    await shop.pass(3 * second);
    assert.equal((await events.next())?.status, 'paid');
    assert.equal(await events.next(), undefined);
    assert.equal(shop.paid.length, 1);
  });

  it('of a final order is one message', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    await shop.cancel(id);
    const events = await shop.events(id);
    assert.equal((await events.next())?.status, 'cancelled');
    assert.equal(await events.next(), undefined);
    assert.equal(shop.clock.timers, 0);
  });

  it('says that it lives at least every 20 s, and repeats no message', async () => {
    const shop = openShop({ orderLifetime: hour });
    const { id } = await shop.order();
    const events = await shop.events(id);
    await events.chunk();
    for (let at = 0; at < 8; at += 1) {
      const chunk = events.chunk();
      await shop.pass(15 * second);
      assert.equal(await chunk, ':\n\n');
    }
    await events.cancel();
  });

  it('does not pile up signs of life for a reader that does not read', async () => {
    const shop = openShop({ orderLifetime: hour });
    const { id } = await shop.order();
    const events = await shop.events(id);
    await shop.quiet();
    await shop.pass(15 * second);
    assert.match((await events.chunk()) ?? '', /^data: /);
    const chunk = events.chunk();
    await shop.pass(15 * second);
    assert.equal(await chunk, ':\n\n');
    await events.cancel();
  });

  it('leaves a reader that has not read for 30 s, and watches no longer for it', async () => {
    const shop = openShop({ orderLifetime: hour });
    const { id } = await shop.order();
    const events = await shop.events(id);
    await shop.quiet();
    await shop.pass(29_999);
    assert.notEqual(shop.clock.timers, 0);
    await shop.pass(1);
    assert.equal(shop.clock.timers, 0);
    await assert.rejects(async () => {
      while (await events.chunk());
    }, /does not read/);
  });

  it('tells of a renewed tokenUrl', async () => {
    const shop = openShop({ orderLifetime: 2 * hour });
    const { id, tokenUrl } = await shop.order();
    const events = await shop.events(id);
    await events.next();
    const renewed = events.next();
    await shop.pass(51 * minute);
    const order = await renewed;
    assert.equal(order?.status, 'pending');
    assert.notEqual(order?.tokenUrl, tokenUrl);
    assert.equal(shop.payby.count('placeOrder'), 2);
    await events.cancel();
  });

  it('tells of the expiry as it happens', async () => {
    const shop = openShop({ orderLifetime: 10 * second });
    const { id } = await shop.order();
    const events = await shop.events(id);
    await events.next();
    await shop.pass(9 * second);
    Object.assign(shop.payby.orders.get(id) ?? {}, { status: 'FAILURE' });
    await shop.pass(second);
    const closing = await events.next();
    assert.deepEqual([closing?.status, closing?.now], ['expired', start + 10 * second]);
    assert.equal(await events.next(), undefined);
  });

  it('is refused above maxStreams, until another one ends', async () => {
    const shop = openShop({ maxStreams: 1 });
    const { id } = await shop.order();
    const events = await shop.events(id);
    const refused = await shop.send(`/orders/${id}/events`);
    assert.equal(refused.headers.get('retry-after'), '30');
    assert.equal((await problemOf(refused, 503)).code, 'too-many-streams');
    await events.cancel();
    assert.equal((await (await shop.events(id)).next())?.status, 'pending');
  });

  it('tells paid only once the shop took it', async () => {
    let finish = () => {};
    const shop = openShop({
      onPaid: () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    });
    const { id } = await shop.order();
    const events = await shop.events(id);
    await events.next();
    shop.payby.pay(id);
    const notified = shop.notify(shop.payby.notification(id));
    let heard: string | undefined;
    const next = events.next().then((order) => {
      heard = order?.status;
    });
    await shop.pass(4 * second);
    assert.equal(heard, undefined);
    finish();
    await notified;
    await next;
    assert.equal(heard, 'paid');
    assert.equal(shop.clock.timers, 0);
  });

  it('tells paid after 5 s when the shop does not take it', async () => {
    const shop = openShop({ onPaid: () => Promise.reject(new Error('away')) });
    const { id } = await shop.order();
    const events = await shop.events(id);
    await events.next();
    shop.payby.pay(id);
    await problemOf(await shop.notify(shop.payby.notification(id)), 500);
    let heard: string | undefined;
    const next = events.next().then((order) => {
      heard = order?.status;
    });
    await shop.pass(4_999);
    assert.equal(heard, undefined);
    await shop.pass(1);
    await next;
    assert.equal(heard, 'paid');
    shop.checkout.close();
    assert.equal(shop.clock.timers, 0);
  });

  it('opened for a paid order that the shop failed to take, waits for 5 s and calls it no oftener', async () => {
    let calls = 0;
    const shop = openShop({
      onPaid: () => {
        calls += 1;
        throw new Error('away');
      },
    });
    const { id } = await shop.order();
    shop.payby.pay(id);
    await problemOf(await shop.notify(shop.payby.notification(id)), 500);
    const events = await shop.events(id);
    await shop.pass(5 * second);
    assert.equal((await events.next())?.status, 'paid');
    assert.equal(calls, 1);
  });
});

describe('a shop that never answers', () => {
  it('keeps a page that comes after the payment waiting for 5 s only', async () => {
    const shop = openShop({ onPaid: () => new Promise(() => {}) });
    const { id } = await shop.order();
    shop.payby.pay(id);
    void shop.notify(shop.payby.notification(id));
    await shop.quiet();
    const events = await shop.events(id);
    await shop.pass(5 * second);
    assert.equal((await events.next())?.status, 'paid');
    assert.equal(await events.next(), undefined);
  });
});

describe('watching', () => {
  it('asks PayBy once per interval, for 50 watchers as for one', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const streams = await Promise.all(Array.from({ length: 50 }, () => shop.events(id)));
    for (const stream of streams) await stream.next();
    await shop.quiet();
    for (let interval = 1; interval <= 10; interval += 1) {
      await shop.pass(3 * second);
      await Promise.all(Array.from({ length: 5 }, () => shop.status(id)));
      assert.equal(shop.payby.count('getOrder'), interval);
    }
    shop.payby.pay(id);
    await shop.notify(shop.payby.notification(id));
    for (const stream of streams) assert.equal((await stream.next())?.status, 'paid');
    await shop.pass(minute);
    assert.equal(shop.payby.count('getOrder'), 10);
    assert.equal(shop.clock.timers, 0);
  });

  it('ends when the last reader goes', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const aborted = new AbortController();
    const [first, second_] = [await shop.events(id, aborted.signal), await shop.events(id)];
    await first.next();
    await second_.next();
    aborted.abort();
    await shop.pass(3 * second);
    assert.equal(shop.payby.count('getOrder'), 1);
    await second_.cancel();
    await shop.quiet();
    assert.equal(shop.clock.timers, 0);
    await shop.pass(minute);
    assert.equal(shop.payby.count('getOrder'), 1);
  });

  it('does not begin for a reader that went before', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const events = await shop.events(id, AbortSignal.abort());
    assert.equal(await events.next(), undefined);
    await shop.quiet();
    assert.equal(shop.clock.timers, 0);
  });

  it('misses no change that comes just as a second page begins', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const first = await shop.events(id);
    await shop.quiet();
    const { get } = shop.store;
    shop.store.get = async (wanted) => {
      const record = await get(wanted);
      shop.store.get = get;
      await shop.store.update(id, (present) => ({ ...present, status: 'scanned' }));
      return record;
    };
    const second_ = await shop.events(id);
    for (const stream of [first, second_]) {
      assert.equal((await stream.next())?.status, 'pending');
      assert.equal((await stream.next())?.status, 'scanned');
      await stream.cancel();
    }
  });

  it('goes on through failing queries and a failing store', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const events = await shop.events(id);
    await events.next();
    shop.payby.refuse('getOrder', '500', 'SYSTEM_ERROR');
    await shop.pass(3 * second);
    const { claim } = shop.store;
    shop.store.claim = () => Promise.reject(new Error('database is locked'));
    await shop.pass(3 * second);
    shop.store.claim = claim;
    shop.payby.pay(id);
    await shop.pass(3 * second);
    assert.equal((await events.next())?.status, 'paid');
    assert.deepEqual(shop.codes(), ['query-failed', 'internal']);
  });

  it('hears of a payment noted by a machine whose clock is behind, and of nothing older', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const listeners: ((record: OrderRecord) => void)[] = [];
    shop.store.subscribe = async (_, listener) => {
      listeners.push(listener);
      return () => {};
    };
    const events = await shop.events(id);
    await events.next();
    await shop.quiet();
    const record = await shop.store.get(id);
    assert.ok(record);
    const tell = (change: Partial<OrderRecord>) => {
      for (const listener of listeners) listener({ ...record, ...change });
    };
    tell({ status: 'scanned', updatedAt: start - minute });
    tell({ status: 'pending', subject: 'older', updatedAt: start + minute });
    tell({ status: 'paid', told: 'paid', updatedAt: start - minute });
    assert.equal((await events.next())?.status, 'scanned');
    assert.equal((await events.next())?.status, 'paid');
    assert.equal(await events.next(), undefined);
  });

  it('queries from the start, also while the change feed does not come', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.store.subscribe = () => new Promise(() => {});
    const events = await shop.events(id);
    await events.next();
    shop.payby.pay(id);
    await shop.pass(3 * second);
    assert.equal((await events.next())?.status, 'paid');
    assert.deepEqual(shop.anomalies, []);
  });

  it('goes on without a change feed', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    shop.store.subscribe = () => Promise.reject(new Error('redis is away'));
    const events = await shop.events(id);
    await events.next();
    shop.payby.pay(id);
    await shop.pass(3 * second);
    assert.equal((await events.next())?.status, 'paid');
    assert.deepEqual(shop.codes(), ['internal']);
  });

  it('ends with the checkout, and leaves no timer', async () => {
    const shop = openShop();
    const ids = [
      (await shop.order({ reference: '1' })).id,
      (await shop.order({ reference: '2' })).id,
    ];
    const streams = await Promise.all(ids.map((id) => shop.events(id)));
    for (const stream of streams) await stream.next();
    await shop.quiet();
    shop.checkout.close();
    for (const stream of streams) assert.equal(await stream.next(), undefined);
    assert.equal(shop.clock.timers, 0);
    const response = await shop.send(`/orders/${ids[0]}`);
    assert.equal(response.headers.get('retry-after'), '3');
    assert.equal((await response.json()).code, 'closed');
    assert.equal(response.headers.get('cache-control'), 'no-store');
  });

  it('that is asked for as the checkout closes is not begun', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const { get } = shop.store;
    shop.store.get = async (wanted) => {
      const record = await get(wanted);
      shop.checkout.close();
      return record;
    };
    const response = await shop.send(`/orders/${id}/events`);
    assert.equal((await problemOf(response, 503)).code, 'closed');
    assert.equal(shop.clock.timers, 0);
  });

  it('takes a code away once it has lapsed', async () => {
    const shop = openShop({ orderLifetime: 2 * hour });
    const { id } = await shop.order();
    const events = await shop.events(id);
    await events.next();
    for (let at = 0; at < 20; at += 1) shop.payby.refuse('placeOrder', '62026', 'NOT_APPLIED');
    const next = events.next();
    await shop.pass(61 * minute);
    const order = await next;
    assert.deepEqual([order?.status, order?.tokenUrl], ['pending', undefined]);
    await events.cancel();
  });

  it('is not begun by HEAD', async () => {
    const shop = openShop();
    const { id } = await shop.order();
    const response = await shop.send(`/orders/${id}/events`, { method: 'HEAD' });
    assert.equal(response.status, 405);
    assert.equal(shop.clock.timers, 0);
  });

  it('of an unknown order is 404', async () => {
    const response = await openShop().send('/orders/nobody/events');
    await problemOf(response, 404);
    assert.throws(() => readEvents(response));
  });
});
