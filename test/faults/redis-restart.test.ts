import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Order } from '../../src/protocol.ts';
import { redisStore } from '../../src/server/stores/redis-store.ts';
import { connectRedis } from '../server/stores/connect-redis.ts';
import { startRedis } from '../server/stores/redis-server.ts';
import { fixedPort } from './fixed-port.ts';
import { createGateway } from './gateway.ts';
import { fileLedger } from './ledger.ts';
import { randomFrom, seedOfRun } from './random.ts';
import { scaledClock } from './scaled-clock.ts';
import { buildShop, createShopServer } from './shop-server.ts';
import { faultsIn } from './verdict.ts';

/** How many orders are open, each watched through both processes. */
const count = 50;
/** How long Redis is away, ms of real time. */
const outage = 1_500;
/** How long anybody may wait for what happens during it, ms of real time. */
const bound = 20_000;

const folder = mkdtempSync(join(tmpdir(), 'payby-faults-'));
after(() => rmSync(folder, { recursive: true }));

async function openScene() {
  const redis = await startRedis({ durable: true });
  const client = await connectRedis(redis.url);
  const store = redisStore(client);
  const pace = { factor: 10, origin: Date.now() };
  const clock = scaledClock(pace);
  const ledger = fileLedger(join(folder, 'ledger'));
  const gateway = createGateway({ clock, deliver: fetch, timeScale: 20 });
  const { sandbox } = gateway;
  const settings = {
    kind: 'redis' as const,
    where: redis.url,
    gateway: await gateway.listen(),
    partnerId: sandbox.partnerId,
    privateKey: sandbox.merchantPrivateKey,
    paybyPublicKey: sandbox.paybyPublicKey,
    pace,
    ledger: join(folder, 'ledger'),
    work: 1,
    options: { reconcileEvery: 30_000 },
  };
  const program = await buildShop(join(folder, 'program'));
  // One waits for Redis, the other has its client fail at once.
  const shops = [
    createShopServer(program, { ...settings, port: await fixedPort(), queue: true }),
    createShopServer(program, { ...settings, port: await fixedPort(), queue: false }),
  ];
  await Promise.all(shops.map((shop) => shop.live()));
  return {
    redis,
    store,
    ledger,
    gateway,
    shops,
    pay: (id: string) => void sandbox.actions.pay(id),
    async close() {
      await Promise.all(shops.map((shop) => shop.stop()));
      await gateway.close();
      await store.close?.();
      client.destroy();
      await redis.stop();
    },
  };
}

const create = (url: string, reference: string): Promise<Response> =>
  fetch(`${url}/api/payby/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': reference },
    body: JSON.stringify({ paySceneCode: 'DYNQR', reference }),
  });

/** Follows an order until its stream ends. @returns the status of the last message, and why it ended */
async function watch(url: string, id: string): Promise<string> {
  const messages: Order[] = [];
  try {
    const stream = await fetch(`${url}/api/payby/orders/${id}/events`);
    for (const line of (await stream.text()).split('\n')) {
      if (line.startsWith('data: ')) messages.push(JSON.parse(line.slice('data: '.length)));
    }
  } catch (cause) {
    return `broken: ${cause}`;
  }
  return messages.at(-1)?.status ?? 'nothing';
}

async function inTime<Result>(what: string, work: Promise<Result>): Promise<Result> {
  const late = sleep(bound, undefined, { ref: false }).then(() => {
    throw new Error(`${what} took longer than ${bound} ms`);
  });
  return Promise.race([work, late]);
}

describe('two processes of a shop, whose Redis is killed and started again under load', () => {
  let scene: Awaited<ReturnType<typeof openScene>>;
  before(async () => {
    scene = await openScene();
  });
  after(() => scene.close());

  it('bring every payment to every page that watches, and lose none', async (t) => {
    const { shops, redis, pay, store, ledger, gateway } = scene;
    const random = randomFrom(seedOfRun);
    const urls = shops.map((shop) => shop.url);
    const orders: Order[] = [];
    for (let number = 0; number < count; number += 1) {
      const answer = await create(random.pick(urls), `cart-${number}`);
      assert.equal(answer.status, 201, await answer.clone().text());
      orders.push(await answer.json());
    }
    const ids = orders.map(({ id }) => id);
    const watched = ids.flatMap((id) => urls.map((url) => watch(url, id)));
    await sleep(300);

    // Paid before, while and after Redis is away.
    const paying = (async () => {
      for (const id of ids) {
        pay(id);
        await sleep((2 * outage) / count);
      }
    })();
    await sleep(outage / 2);
    await redis.kill();
    const asked = Array.from({ length: 10 }, (_, number) =>
      inTime('a create', create(urls[number % 2] ?? '', `late-${number}`)),
    );
    await sleep(outage);
    await redis.start();
    await paying;

    const answers = await Promise.all(asked);
    for (const answer of answers) {
      const type = answer.ok ? 'application/json' : 'application/problem+json';
      assert.ok(answer.headers.get('content-type')?.startsWith(type), await answer.text());
      assert.ok(answer.ok || answer.status >= 500, `answered ${answer.status}`);
    }
    const statuses = await inTime('a stream', Promise.all(watched));
    assert.deepEqual(
      statuses.filter((status) => status !== 'paid'),
      [],
    );
    t.diagnostic(`creates in the meantime: ${answers.map(({ status }) => status).join(', ')}`);
    const late = await Promise.all(
      Array.from({ length: 10 }, async (_, number) => {
        const answer = await create(random.pick(urls), `late-${number}`);
        assert.ok(answer.ok, await answer.clone().text());
        const { id }: Order = await answer.json();
        pay(id);
        return inTime('a stream', watch(random.pick(urls), id));
      }),
    );
    assert.deepEqual(late, Array(10).fill('paid'));
    for (const end = Date.now() + bound; Date.now() < end; await sleep(100)) {
      if ((await store.unsettled(1)).length === 0) break;
    }
    assert.deepEqual(await faultsIn({ gateway, store, ledger, purchases: [] }), []);
  });
});
