import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createClient } from 'redis';
import { redisStore } from '../../../src/server/stores/redis-store.ts';
import { connectRedis } from './connect-redis.ts';
import { newOrder, stages } from './course.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

let server: RedisServer;
let client: Awaited<ReturnType<typeof connectRedis>>;

before(async () => {
  server = await startRedis();
  client = await connectRedis(server.url);
});
after(async () => {
  client.destroy();
  await server.stop();
});

const [, scanned, paid, told] = stages;
assert.ok(scanned && paid && told);

/** Time to live of every key under a prefix, ms; -1 for one that stays. */
async function lifetimes(prefix: string): Promise<Record<string, number>> {
  const keys = await client.keys(`{${prefix}}:*`);
  const found: Record<string, number> = {};
  for (const key of keys) found[key.slice(prefix.length + 3)] = await client.pTTL(key);
  return found;
}

describe('the keys of a Redis store', () => {
  it('keep unsettled orders for ever, and settled ones for as long as is said', async () => {
    const store = redisStore(client, { prefix: 'kept', retention: 100_000 });
    const order = newOrder('kept', '1');
    await store.create(order);
    const isNear = (ttl: number | undefined) => ttl !== undefined && ttl > 0 && ttl <= 100_000;
    const names = { order: 'order:kept-1', paid: 'paid:cart-kept-1', key: 'key:key-kept-1' };
    assert.equal((await lifetimes('kept'))[names.order], -1);
    await store.update(order.id, paid);
    const unsettled = await lifetimes('kept');
    assert.deepEqual([unsettled[names.order], unsettled[names.paid]], [-1, -1]);
    await store.update(order.id, told);
    const settled = await lifetimes('kept');
    assert.ok(
      isNear(settled[names.order]) && isNear(settled[names.paid]) && isNear(settled[names.key]),
    );
    const refund = {
      id: 'r',
      amount: '1.00',
      status: 'pending',
      createdAt: 0,
      told: false,
    } as const;
    await store.update(order.id, (record) => ({ ...record, refunds: [refund] }));
    const again = await lifetimes('kept');
    assert.deepEqual([again[names.order], again[names.paid]], [-1, -1]);
  });

  it('keep the key of an order for as long as the order, so that it makes no second one', async () => {
    const store = redisStore(client, { prefix: 'bound', retention: 1 });
    const { reference: _, ...order } = newOrder('bound', '1');
    await store.create(order);
    await store.update(order.id, scanned);
    const lasting = await lifetimes('bound');
    assert.deepEqual([lasting['order:bound-1'], lasting['key:key-bound-1']], [-1, -1]);
    const { record, created } = await store.create({ ...order, id: 'bound-2' });
    assert.deepEqual([record.id, created], ['bound-1', false]);
  });

  it('leave nothing of a settled order behind but its number', async () => {
    const store = redisStore(client, { prefix: 'gone', retention: 1 });
    for (const number of ['1', '2', '3']) {
      const order = newOrder('gone', number);
      await store.create(order);
      for (const change of [scanned, paid, told]) await store.update(order.id, change);
    }
    while ((await client.keys('{gone}:*')).length > 1);
    assert.deepEqual(await client.keys('{gone}:*'), ['{gone}:sequence']);
    assert.equal(await store.get('gone-1'), undefined);
    assert.equal(await store.findByIdempotencyKey('key-gone-1'), undefined);
    const { created, paidBefore } = await store.create(newOrder('gone', '1'));
    assert.deepEqual([created, paidBefore], [true, undefined]);
  });

  it('name an older paid order once the newest has expired', async () => {
    const store = redisStore(client, { prefix: 'older' });
    const reference = 'cart';
    for (const number of ['1', '2', '3']) {
      const order = { ...newOrder('older', number), reference };
      await store.create(order);
      for (const change of [paid, told]) await store.update(order.id, change);
    }
    await client.del(['{older}:order:older-3', '{older}:order:older-1']);
    const { paidBefore } = await store.create({ ...newOrder('older', '4'), reference });
    assert.deepEqual(paidBefore, told(paid({ ...newOrder('older', '2'), reference })));
    assert.deepEqual(await client.zRange('{older}:paid:cart', 0, -1), ['older-2']);
  });

  it('page over unsettled orders of which one was lost', async () => {
    const store = redisStore(client, { prefix: 'lost' });
    for (const number of ['1', '2', '3', '4', '5']) await store.create(newOrder('lost', number));
    await client.del('{lost}:order:lost-2');
    const page = async (after?: string) => (await store.unsettled(2, after)).map(({ id }) => id);
    assert.deepEqual(await page(), ['lost-1', 'lost-3']);
    assert.deepEqual(await page('lost-3'), ['lost-4', 'lost-5']);
  });

  it('let claims go that are long over', async () => {
    const store = redisStore(client, { prefix: 'claims' });
    await store.claim('query', 'holder', 1_800_000_000_000, 1_800_000_005_000);
    const { 'claim:query': ttl = -1 } = await lifetimes('claims');
    assert.ok(ttl > 3_600_000 && ttl <= 3_605_000, `${ttl}`);
  });

  it('keep stores of different prefixes apart', async () => {
    const [one, two] = [
      redisStore(client, { prefix: 'one' }),
      redisStore(client, { prefix: 'two' }),
    ];
    const order = newOrder('apart', '1');
    await one.create(order);
    assert.equal(await two.get(order.id), undefined);
    assert.equal((await two.create(order)).created, true);
    await one.update(order.id, paid);
    assert.deepEqual(await two.get(order.id), order);
  });

  it('all begin with the prefix in braces, also behind a prefix of the client', async () => {
    const prefixed = createClient({ url: server.url, keyPrefix: 'shop:' });
    await prefixed.connect();
    const store = redisStore(prefixed, { prefix: 'behind' });
    const order = newOrder('behind', '1');
    await store.create(order);
    await store.claim('query', 'holder', 0, 1000);
    let heard = 0;
    const changed = new Promise<void>((resolve) => {
      void store
        .subscribe(order.id, () => {
          heard += 1;
          resolve();
        })
        .then(() => store.update(order.id, paid));
    });
    await changed;
    assert.equal(heard, 1);
    const keys = await client.keys('*behind*');
    assert.ok(keys.length >= 6 && keys.every((key) => key.startsWith('shop:{behind}:')), `${keys}`);
    await store.close?.();
    prefixed.destroy();
  });

  it('refuse a prefix or a retention that cannot be used', () => {
    for (const prefix of ['', 'a{b}', '}']) {
      assert.throws(() => redisStore(client, { prefix }), /redisStore: prefix ".*" must be a text/);
    }
    for (const retention of [0, -1, 1.5, Number.NaN]) {
      assert.throws(
        () => redisStore(client, { retention }),
        /redisStore: retention .* must be a whole/,
      );
    }
  });
});
