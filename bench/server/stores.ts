/** The stores a kit's process can be started with. */
import { createClient } from 'redis';
import { memoryStore, type OrderStore } from '../../src/server/index.ts';
import { redisStore } from '../../src/server/stores/redis-store.ts';
import { sqliteStore } from '../../src/server/stores/sqlite-store.ts';

/** `memory`, `sqlite:<file>` or `redis:<port>`, of a Redis on this machine. */
export type StoreName = 'memory' | `sqlite:${string}` | `redis:${string}`;

export async function openStore(name: StoreName): Promise<OrderStore> {
  if (name === 'memory') return memoryStore();
  const where = name.slice(name.indexOf(':') + 1);
  if (name.startsWith('sqlite:')) return sqliteStore(where);
  return redisStore(await createClient({ url: `redis://127.0.0.1:${where}` }).connect());
}
