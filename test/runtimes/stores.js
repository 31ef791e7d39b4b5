/** Run by a runtime in a merchant's project: prints, as JSON, the cases that each store fails. */

import { memoryStore } from 'payby-checkout/server';
import { storeConformance } from 'payby-checkout/server/conformance';
import { redisStore } from 'payby-checkout/server/redis';
import { sqliteStore } from 'payby-checkout/server/sqlite';
import { createClient } from 'redis';

const openRedis = async () => {
  const client = createClient({ url: process.env.REDIS_URL });
  await client.connect();
  const store = redisStore(client);
  const close = async () => {
    await store.close?.();
    client.destroy();
  };
  return { ...store, close };
};
const openSqlite = () => sqliteStore('orders.db');

const stores = {
  memory: storeConformance(memoryStore),
  redis: storeConformance(openRedis, { openAnother: openRedis }),
  sqlite: storeConformance(openSqlite, { openAnother: openSqlite }),
};

for (const [store, cases] of Object.entries(stores)) {
  const failures = [];
  for (const { name, run } of cases) {
    await run().catch((error) => failures.push(`${name}: ${error}`));
  }
  process.stdout.write(`${JSON.stringify({ store, cases: cases.length, failures })}\n`);
}
process.exit(0); // whatever a client has left open
