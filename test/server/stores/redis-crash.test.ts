import { after, describe, it } from 'node:test';
import { redisStore } from '../../../src/server/stores/redis-store.ts';
import { connectRedis } from './connect-redis.ts';
import { checkAfterwards, checkKills, churnAndKill, kills } from './crash.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

const servers: RedisServer[] = [];
after(async () => {
  for (const server of servers) await server.stop();
});

async function start(): Promise<RedisServer> {
  const server = await startRedis({ durable: true });
  servers.push(server);
  return server;
}

async function check(url: string, run: string, acknowledged: Map<string, number>): Promise<void> {
  const client = await connectRedis(url);
  await checkAfterwards(redisStore(client), run, acknowledged);
  client.destroy();
}

describe('with a Redis store', () => {
  it('a killed process leaves every acknowledged change, and no half of another', async () => {
    const { url } = await start();
    const all = [];
    for (let index = 0; index < kills / 2; index += 1) {
      const run = `run${index}`;
      const acknowledged = await churnAndKill(['redis', url], run, index, () => {});
      await check(url, run, acknowledged);
      all.push(acknowledged);
    }
    checkKills(all);
  });

  it('a killed Redis has every acknowledged change, and no half of another', async () => {
    const server = await start();
    const all = [];
    for (let index = 0; index < kills / 2; index += 1) {
      const run = `run${index}`;
      const acknowledged = await churnAndKill(['redis', server.url], run, index, server.kill);
      await server.start();
      await check(server.url, run, acknowledged);
      all.push(acknowledged);
    }
    checkKills(all);
  });
});
