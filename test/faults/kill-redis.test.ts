import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redisStore } from '../../src/server/stores/redis-store.ts';
import { connectRedis } from '../server/stores/connect-redis.ts';
import { startRedis } from '../server/stores/redis-server.ts';
import { killAndCheck } from './kill-course.ts';
import { seedOfRun } from './random.ts';

describe('a server with a Redis store, killed between all of its steps', () => {
  it('loses no paid order, lets nobody pay twice, and tells the shop of every payment', async (t) => {
    const redis = await startRedis();
    const client = await connectRedis(redis.url);
    const store = redisStore(client);
    try {
      const faults = await killAndCheck({ kind: 'redis', where: redis.url, store }, (line) =>
        t.diagnostic(line),
      );
      assert.deepEqual(faults, [], `with SEED=${seedOfRun}`);
    } finally {
      await store.close?.();
      client.destroy();
      await redis.stop();
    }
  });
});
