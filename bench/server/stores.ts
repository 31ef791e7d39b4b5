/** The stores a kit's process can be started with. */
import { memoryStore, type OrderStore } from '../../src/server/index.ts';

/** `memory`, `sqlite:<file>` or `redis:<url>`. */
export type StoreName = 'memory' | `sqlite:${string}` | `redis:${string}`;

export async function openStore(name: StoreName): Promise<OrderStore> {
  if (name === 'memory') return memoryStore();
  throw new Error(`there is no store "${name}"`);
}
