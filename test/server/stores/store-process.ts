/**
 * A process of its own that uses a store, for tests: `node store-process.ts <kind> <where> <task> …`.
 * What it prints is acknowledged: it prints after the store's promise has resolved, and at once.
 */
import { writeSync } from 'node:fs';
import type { OrderStore } from '../../../src/server/stores/order-store.ts';
import { newOrder, stages } from './course.ts';

const [, , kind = '', where = '', task = '', name = '', count = '0'] = process.argv;

const say = (line: string) => writeSync(1, `${line}\n`);

/** Orders without end, four at a time, each through all its stages. */
async function churn(store: OrderStore): Promise<void> {
  async function work(worker: number): Promise<void> {
    for (let number = 0; ; number += 1) {
      const order = newOrder(name, `${worker}-${number}`);
      await store.create(order);
      say(`${order.id} 0`);
      for (const [stage, change] of stages.entries()) {
        if (stage === 0) continue;
        await store.update(order.id, change);
        say(`${order.id} ${stage}`);
      }
    }
  }
  say('ready');
  await Promise.all([0, 1, 2, 3].map(work));
}

/** Counts up in one order, `count` times, eight at a time. */
async function countUp(store: OrderStore): Promise<void> {
  let left = Number(count);
  async function work(): Promise<void> {
    for (; left > 0; ) {
      left -= 1;
      await store.update(name, (order) => ({ ...order, updatedAt: order.updatedAt + 1 }));
    }
  }
  await Promise.all(Array.from({ length: 8 }, work));
}

async function race(store: OrderStore): Promise<void> {
  const { created } = await store.create({
    ...newOrder('race', `${process.pid}`),
    reference: name,
  });
  say(created ? 'created' : 'refused');
}

/** Follows an order and does nothing else: nothing of the store's may keep the process. */
async function follow(store: OrderStore): Promise<void> {
  await store.subscribe(name, () => {});
  say('following');
}

const tasks: Record<string, (store: OrderStore) => Promise<void>> = {
  churn,
  countUp,
  race,
  follow,
};

/** Only what is used is loaded: a process is started for every kill. */
async function openStore(): Promise<{ store: OrderStore; end: () => void }> {
  if (kind === 'sqlite') {
    const { sqliteStore } = await import('../../../src/server/stores/sqlite-store.ts');
    return { store: sqliteStore(where), end() {} };
  }
  const { redisStore } = await import('../../../src/server/stores/redis-store.ts');
  const { connectRedis } = await import('./connect-redis.ts');
  const client = await connectRedis(where);
  return { store: redisStore(client), end: () => client.destroy() };
}

const { store, end } = await openStore();
try {
  await tasks[task]?.(store);
} catch (cause) {
  // A Redis that is killed takes this process along; what it had acknowledged is printed already.
  if (task !== 'churn') throw cause;
  process.exit(1);
}
if (task !== 'follow') await store.close?.();
end();
