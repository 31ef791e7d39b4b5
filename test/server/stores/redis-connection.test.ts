import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, afterEach, before, describe, it } from 'node:test';
import type { OrderRecord, OrderStore } from '../../../src/server/stores/order-store.ts';
import { redisStore } from '../../../src/server/stores/redis-store.ts';
import { connectRedis } from './connect-redis.ts';
import { newOrder, stages } from './course.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

type Client = Awaited<ReturnType<typeof connectRedis>>;

let server: RedisServer;
const ends: (() => unknown)[] = [];
let count = 0;

before(async () => {
  server = await startRedis({ durable: true });
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
after(() => server.stop());

async function connect(): Promise<Client> {
  const client = await connectRedis(server.url);
  ends.push(() => client.destroy());
  return client;
}

async function open(): Promise<OrderStore> {
  const store = redisStore(await connect());
  ends.push(() => store.close?.());
  return store;
}

function newRecord(): OrderRecord {
  count += 1;
  return newOrder('connection', `${count}`);
}

const [, scanned, paid, told] = stages;
assert.ok(scanned && paid && told);

/** What a subscriber was told last, and a way to wait for it. */
async function follow(store: OrderStore, id: string) {
  const heard: OrderRecord[] = [];
  let look = () => {};
  const leave = await store.subscribe(id, (record) => {
    heard.push(record);
    look();
  });
  return {
    heard,
    leave,
    until: (isIt: (record: OrderRecord) => boolean): Promise<void> =>
      new Promise((resolve) => {
        look = () => heard.some(isIt) && resolve();
        look();
      }),
  };
}

const isPaid = ({ status }: OrderRecord): boolean => status === 'paid';

async function connections(client: Client, ...filter: string[]): Promise<number> {
  const list = String(await client.sendCommand(['CLIENT', 'LIST', ...filter]));
  return list.split('\n').filter((line) => line.includes('id=')).length;
}

const pubsubConnections = (client: Client): Promise<number> =>
  connections(client, 'TYPE', 'PUBSUB');

describe('the change feed of a Redis store', () => {
  it('tells what changed while its connection was lost', async () => {
    const [store, client] = [await open(), await connect()];
    const other = redisStore(client);
    const orders = [newRecord(), newRecord(), newRecord()];
    for (const order of orders) await store.create(order);
    const followers = await Promise.all(orders.map(({ id }) => follow(store, id)));
    for (let round = 0; round < 10; round += 1) {
      const subject = `after loss ${round}`;
      for (const [index, { id }] of orders.entries()) {
        await other.update(id, (order) => {
          // Over the same connection, so that Redis does this and the change at one go.
          void client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'PUBSUB']);
          return { ...order, subject };
        });
        await followers[index]?.until((order) => order.subject === subject);
      }
    }
    await other.update(orders[0]?.id ?? '', paid);
    await followers[0]?.until(isPaid);
    assert.deepEqual(
      followers.map(({ heard }) => heard.length),
      [11, 10, 10],
    );
  });

  it('misses nothing of an order that is subscribed to while connections are lost', async () => {
    const [store, other, client] = [await open(), await open(), await connect()];
    const kept = await follow(store, (await store.create(newRecord())).record.id);
    for (let round = 0; round < 10; round += 1) {
      const order = newRecord();
      await store.create(order);
      const killed = client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'PUBSUB']);
      const { until, leave } = await follow(store, order.id);
      await other.update(order.id, paid);
      await until(isPaid);
      await killed;
      leave();
    }
    kept.leave();
  });

  it('opens one connection for all subscribers, and ends it with the last', async () => {
    const [store, client] = [await open(), await connect()];
    assert.equal(await pubsubConnections(client), 0);
    const followers = [];
    for (let index = 0; index < 10; index += 1) {
      const order = newRecord();
      await store.create(order);
      followers.push(await follow(store, order.id));
      assert.equal(await pubsubConnections(client), 1);
    }
    const channels = await client.sendCommand(['PUBSUB', 'CHANNELS']);
    assert.equal(Array.isArray(channels) && channels.length, 10);
    const [first, ...others] = followers;
    for (const { leave } of others) leave();
    const left = async () => (await client.sendCommand<string[]>(['PUBSUB', 'CHANNELS'])).length;
    while ((await left()) !== 1);
    first?.leave();
    while ((await pubsubConnections(client)) !== 0);
  });

  it('ends with the store also while it is being opened', async () => {
    const [store, client] = [await open(), await connect()];
    const before = await connections(client);
    for (let round = 0; round < 5; round += 1) {
      const subscribed = store.subscribe('nobody', () => {});
      await store.close?.();
      (await subscribed)();
    }
    while ((await connections(client)) !== before);
  });

  it('ends with the store, and leaves the client to the shop', async () => {
    const client = await connect();
    const store = redisStore(client);
    const order = newRecord();
    await store.create(order);
    const { heard } = await follow(store, order.id);
    await store.close?.();
    while ((await pubsubConnections(client)) !== 0);
    await store.update(order.id, paid);
    assert.deepEqual(heard, []);
  });
});

describe('a Redis that is killed and started again', () => {
  it('is found again by all, who are told the last state without asking', async () => {
    const [one, two] = [await open(), await open()];
    const [order, quiet] = [newRecord(), newRecord()];
    for (const record of [order, quiet]) await one.create(record);
    const followers = [await follow(one, order.id), await follow(two, order.id)];
    const quietOne = await follow(two, quiet.id);
    await one.update(order.id, scanned);
    for (const { until } of followers) await until(({ status }) => status === 'scanned');
    await server.kill();
    // What is asked meanwhile waits, or is refused; nothing is said to be kept that is not.
    const waiting = two.update(order.id, (record) => ({ ...record, subject: 'while it was gone' }));
    const outcome = waiting.then(
      () => 'kept',
      () => 'refused',
    );
    await server.start();
    const third = await open();
    await third.update(order.id, paid);
    for (const { until } of followers) await until(isPaid);
    if ((await outcome) === 'kept') {
      assert.equal((await third.get(order.id))?.subject, 'while it was gone');
    }
    await third.update(order.id, told);
    for (const { until } of followers) await until((record) => record.told === 'paid');
    for (const { heard } of followers) assert.deepEqual(heard.at(-1), await one.get(order.id));
    assert.deepEqual(quietOne.heard, []);
  });

  it('takes the subscriptions that were asked for while it was gone', async () => {
    const [one, two] = [await open(), await open()];
    const order = newRecord();
    await one.create(order);
    await server.kill();
    const subscribed = follow(two, order.id);
    await server.start();
    const { until } = await subscribed;
    await one.update(order.id, paid);
    await until(isPaid);
  });

  it('has forgotten the scripts, and is given them again', async () => {
    const [store, client] = [await open(), await connect()];
    const order = newRecord();
    await store.create(order);
    await client.sendCommand(['SCRIPT', 'FLUSH']);
    assert.deepEqual((await store.update(order.id, paid)).record, paid(order));
  });
});

describe('an error of the connection', () => {
  it('of the change feed does not end the process, and the store recovers', async () => {
    const store = await open();
    const order = newRecord();
    await store.create(order);
    const { until } = await follow(store, order.id);
    await server.kill();
    const late = await connectRedisLater();
    await late.update(order.id, paid);
    await until(isPaid);
  });

  /** Starts Redis again once a client has felt that it is gone. */
  async function connectRedisLater(): Promise<OrderStore> {
    const { createClient } = await import('redis');
    const client = createClient({ url: server.url });
    const failed = once(client, 'error').catch(() => {});
    client.on('error', () => {});
    const connected = client.connect();
    await failed;
    await server.start();
    await connected;
    ends.push(() => client.destroy());
    return redisStore(client);
  }
});
