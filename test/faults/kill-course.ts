/** A merchant's server that is killed between all of its steps, while customers pay. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OrderStore } from '../../src/server/index.ts';
import { buy, habits, type Market, type Purchase } from './customers.ts';
import { watchedDeliveries } from './deliveries.ts';
import { fixedPort } from './fixed-port.ts';
import { createGateway } from './gateway.ts';
import { fileLedger } from './ledger.ts';
import { type Random, randomFrom, seedOfRun } from './random.ts';
import { pause, scaledClock } from './scaled-clock.ts';
import { buildShop, createShopServer, type ShopServer } from './shop-server.ts';
import { furtherSteps, paymentSteps } from './steps.ts';
import { faultsIn } from './verdict.ts';

/** How often the server is killed: `KILLS=20` for a quick look. */
const kills = Number(process.env.KILLS ?? 40);

/** How many customers buy at the same time. */
const crowd = 16;

/** So many steps are a life: where the wanted one does not come, it ends at another. */
const stepsOfLife = 200;

/** No life is longer, ms of real time. */
const longestLife = 2_000;

/** How often a step comes in a life, roughly, where that is often. */
const commonness: Readonly<Record<string, number>> = {
  'store.get': 30,
  'store.update': 8,
  'store.claim': 8,
  'store.release': 3,
  'store.findByIdempotencyKey': 3,
  'http.create': 3,
  'http.status': 8,
  'payby.getOrder': 3,
};

export interface KillCourse {
  kind: 'sqlite' | 'redis';
  where: string;
  /** What the server keeps, read past it. */
  store: OrderStore;
}

/** @returns what went wrong, in sentences */
export async function killAndCheck(course: KillCourse, say: (line: string) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'payby-faults-'));
  const pace = { factor: 20, origin: Date.now() };
  const clock = scaledClock(pace);
  const ledger = fileLedger(join(folder, 'ledger'));
  const deliveries = watchedDeliveries({ send: fetch, store: course.store, ledger });
  const gateway = createGateway({
    clock,
    deliver: deliveries.deliver,
    timeScale: 20,
    refundsPend: 4_000,
  });
  const { sandbox } = gateway;
  const program = await buildShop(join(folder, 'program'));
  const server = createShopServer(program, {
    ...course,
    port: await fixedPort(),
    gateway: await gateway.listen(),
    partnerId: sandbox.partnerId,
    privateKey: sandbox.merchantPrivateKey,
    paybyPublicKey: sandbox.paybyPublicKey,
    pace,
    ledger: join(folder, 'ledger'),
    work: 5,
    options: { reconcileEvery: 5_000, callbackTimeout: 10_000, detectScan: true },
  });
  const random = randomFrom(seedOfRun);
  const crowded = customers(
    {
      send: (path, init) => fetch(server.url + path, init),
      actions: sandbox.actions,
      clock,
      random: randomFrom(random.below(2 ** 31)),
    },
    course.kind,
  );
  try {
    const fallen = await killOften(server, random);
    await server.live();
    crowded.close();
    const purchases = await inTime(crowded.done, 120_000, () => crowded.waiting());
    for (let round = 0; round < 600; round += 1) {
      if ((await course.store.unsettled(1)).length === 0) break;
      await pause(clock, 3_000);
    }
    const faults = await faultsIn({ gateway, store: course.store, ledger, purchases });
    say(summary(fallen, purchases, ledger.read().length, deliveries.taken));
    assert.ok(
      purchases.some(({ payments }) => payments.length > 0),
      'nobody paid anything',
    );
    return [...deliveries.faults, ...faults];
  } finally {
    await server.stop();
    await gateway.close();
    rmSync(folder, { recursive: true });
  }
}

/** Kills at every step in turn, those of a payment twice as often, and now and then by the clock alone. */
async function killOften(server: ShopServer, random: Random): Promise<Map<string, number>> {
  const fallen = new Map<string, number>();
  let steps: string[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    if (steps.length === 0)
      steps = random.shuffled([...paymentSteps, ...paymentSteps, ...furtherSteps]);
    const step = steps.pop() ?? '';
    const often = commonness[step.replace(/^\w+ /, '')] ?? 1;
    const atMost = stepsOfLife + random.below(stepsOfLife);
    const die = { step, occurrence: 1 + random.below(often), atMost };
    const byClock = random.chance(0.05);
    const at = byClock
      ? await server.liveAndDie({}, random.below(400))
      : await server.liveAndDie({ die }, longestLife);
    const name = at ?? 'by the clock';
    fallen.set(name, (fallen.get(name) ?? 0) + 1);
  }
  return fallen;
}

/** Buys one cart after another, several at a time, until closed. */
function customers(market: Market, name: string) {
  const waiting = new Set<string>();
  let isOpen = true;
  let count = 0;

  async function shop(): Promise<Purchase[]> {
    const purchases: Purchase[] = [];
    while (isOpen) {
      count += 1;
      const reference = `${name}-${count}`;
      waiting.add(reference);
      const random = randomFrom(market.random.below(2 ** 31));
      purchases.push(await buy({ ...market, random }, reference, random.pick(habits)));
      waiting.delete(reference);
    }
    return purchases;
  }

  const done = Promise.all(Array.from({ length: crowd }, shop)).then((all) => all.flat());
  done.catch(() => {});
  return {
    done,
    waiting: () => `these purchases never ended: ${[...waiting].join(', ')}`,
    close() {
      isOpen = false;
    },
  };
}

async function inTime<Result>(
  promise: Promise<Result>,
  limit: number,
  whyNot: () => string,
): Promise<Result> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(whyNot())), limit).unref();
  });
  return Promise.race([promise, late]);
}

function summary(
  fallen: Map<string, number>,
  purchases: readonly Purchase[],
  calls: number,
  taken: number,
): string {
  const paid = purchases.reduce((sum, { payments }) => sum + payments.length, 0);
  const steps = [...fallen].sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    `seed ${seedOfRun}: ${kills} kills, ${purchases.length} purchases, ${paid} payments,`,
    `${calls} calls of the shop, ${taken} notifications taken; killed`,
    steps.map(([step, count]) => `${count} × ${step}`).join(', '),
  ].join(' ');
}
