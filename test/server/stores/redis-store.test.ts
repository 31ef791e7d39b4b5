import { after, before, describe, it } from 'node:test';
import { storeConformance } from '../../../src/server/stores/conformance.ts';
import { redisStore } from '../../../src/server/stores/redis-store.ts';
import { connectRedis } from './connect-redis.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

let server: RedisServer;
let clients: Awaited<ReturnType<typeof connectRedis>>[] = [];

before(async () => {
  server = await startRedis();
  clients = [await connectRedis(server.url), await connectRedis(server.url)];
});

after(async () => {
  for (const client of clients) client.destroy();
  await server.stop();
});

const open = (index: number) => {
  const client = clients[index];
  if (!client) throw new Error('not connected yet');
  return redisStore(client);
};

describe('the Redis store', () => {
  const cases = storeConformance(() => open(0), { openAnother: () => open(1) });
  for (const { name, run } of cases) it(name, run);
});
