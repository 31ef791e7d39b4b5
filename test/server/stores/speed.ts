/**
 * How fast the stores are: `node test/server/stores/speed.ts`. One order after the other shows what a
 * customer waits for, many at a time what a machine can do; the processor's time is this process's own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStore } from '../../../src/server/stores/memory-store.ts';
import type { OrderStore } from '../../../src/server/stores/order-store.ts';
import { redisStore } from '../../../src/server/stores/redis-store.ts';
import { sqliteStore } from '../../../src/server/stores/sqlite-store.ts';
import { connectRedis } from './connect-redis.ts';
import { newOrder, stages } from './course.ts';
import { startRedis } from './redis-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'payby-speed-'));
const servers = {
  'Redis, appendfsync always': await startRedis({ durable: true }),
  'Redis, no file': await startRedis(),
};
const stores: Record<string, OrderStore> = {
  memory: memoryStore(),
  'SQLite, file': sqliteStore(join(folder, 'orders.db')),
  'SQLite, memory': sqliteStore(':memory:'),
};
const clients = [];
for (const [name, { url }] of Object.entries(servers)) {
  const client = await connectRedis(url);
  clients.push(client);
  stores[name] = redisStore(client);
}

interface Figures {
  [column: string]: string | number;
}

async function measure(count: number, atOnce: number, work: (index: number) => Promise<unknown>) {
  let next = 0;
  const before = process.cpuUsage();
  const from = performance.now();
  const workers = Array.from({ length: atOnce }, async () => {
    for (; next < count; ) {
      next += 1;
      await work(next);
    }
  });
  await Promise.all(workers);
  const seconds = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(before);
  return {
    'per second': Math.round(count / seconds),
    'CPU, ms each': ((user + system) / 1000 / count).toFixed(3),
  };
}

const [, , paid] = stages;
const table: Record<string, Figures> = {};
for (const [name, store] of Object.entries(stores)) {
  for (const [atOnce, count] of [
    [1, 2000],
    [100, 20_000],
  ] as const) {
    const run = `speed-${atOnce}`;
    const works: Record<string, (index: number) => Promise<unknown>> = {
      create: (index) => store.create(newOrder(run, `${index}`)),
      update: (index) => store.update(`${run}-${index}`, paid ?? ((order) => order)),
      get: (index) => store.get(`${run}-${index}`),
      claim: (index) => store.claim(`${run}-${index}`, 'holder', 0, 1),
    };
    for (const [work, once] of Object.entries(works)) {
      table[`${name}: ${work}, ${atOnce} at a time`] = await measure(count, atOnce, once);
    }
  }
}
// biome-ignore lint/suspicious/noConsole: a table for whoever runs it
console.table(table);

for (const store of Object.values(stores)) await store.close?.();
for (const client of clients) client.destroy();
for (const server of Object.values(servers)) await server.stop();
rmSync(folder, { recursive: true });
