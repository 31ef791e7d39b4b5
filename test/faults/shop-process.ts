/**
 * A merchant's server in a process of its own, for tests: `node shop-process.ts <settings>`. It prepares
 * everything, starts to serve when its parent says so, and ends itself at the step it is told.
 */
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Checkout,
  createCheckout,
  type OrderStore,
  PaybyClient,
} from '../../src/server/index.ts';
import { nodeListener } from '../../src/server/node.ts';
import { fileLedger } from './ledger.ts';
import { scaledClock } from './scaled-clock.ts';
import { answerAdmin } from './shop-admin.ts';
import { shopCallbacks } from './shop-callbacks.ts';
import type { Life, ShopSettings } from './shop-server.ts';
import { steppedAnswer, steppedCallbacks, steppedFetch, steppedStore } from './steps.ts';

const settings: ShopSettings = JSON.parse(process.argv[2] ?? '');

const openStore = settings.kind === 'sqlite' ? await sqlite() : await redis();

/** What these answer opens the store: a process that is to take over touches nothing before. */
async function sqlite(): Promise<() => Promise<OrderStore>> {
  const { sqliteStore } = await import('../../src/server/stores/sqlite-store.ts');
  return async () => sqliteStore(settings.where);
}

async function redis(): Promise<() => Promise<OrderStore>> {
  const { redisStore } = await import('../../src/server/stores/redis-store.ts');
  const { createClient } = await import('redis');
  return async () => {
    const client = createClient({
      url: settings.where,
      disableOfflineQueue: !(settings.queue ?? true),
    });
    client.on('error', () => {});
    await client.connect();
    return redisStore(client);
  };
}

const clock = scaledClock(settings.pace);
const payby = (step: (name: string) => void) =>
  new PaybyClient({
    environment: settings.gateway,
    partnerId: settings.partnerId,
    privateKey: settings.privateKey,
    paybyPublicKey: settings.paybyPublicKey,
    fetch: steppedFetch(fetch, step),
    clock,
  });

/** SIGKILL is not survived: nothing of the process happens after it. */
function dieAt({ die }: Life): (name: string) => void {
  let [steps, occurrences] = [0, 0];
  return (name) => {
    if (die === undefined) return;
    steps += 1;
    if (name === die.step) occurrences += 1;
    if (occurrences < die.occurrence && steps < die.atMost) return;
    writeSync(1, `died ${name}\n`);
    process.kill(process.pid, 'SIGKILL');
  };
}

async function start(life: Life): Promise<void> {
  const step = dieAt(life);
  const callbacks = shopCallbacks(fileLedger(settings.ledger), () => sleep(settings.work));
  const checkout: Checkout = createCheckout({
    payby: payby(step),
    store: steppedStore(await openStore(), step),
    notifyUrl: `http://127.0.0.1:${settings.port}/api/payby/notify`,
    ...steppedCallbacks(callbacks, step),
    ...settings.options,
    clock,
  });
  const answer = steppedAnswer(
    async (request) => (await answerAdmin(checkout, request)) ?? checkout.fetch(request),
    step,
  );
  const server = createServer(nodeListener({ fetch: answer }));
  server.listen(settings.port, '127.0.0.1');
  await once(server, 'listening');
  writeSync(1, 'ready\n');
}

process.on('message', (life: Life) => void start(life));
process.on('disconnect', () => process.exit());
