/**
 * A merchant's server in a process of its own, for tests: `node shop-process.ts <kind of store>`. It
 * prepares everything, starts to serve when its parent says so, and ends itself at the step it is told. Its
 * settings come with that word: arguments are for everybody to see, and there are keys among them.
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
import type { Beginning, Life, ShopSettings } from './shop-server.ts';
import { steppedAnswer, steppedCallbacks, steppedFetch, steppedStore } from './steps.ts';

const openStore = process.argv[2] === 'sqlite' ? await sqlite() : await redis();

type OpenStore = (settings: ShopSettings) => Promise<OrderStore>;

/** What these answer opens the store: a process that is to take over touches nothing before. */
async function sqlite(): Promise<OpenStore> {
  const { sqliteStore } = await import('../../src/server/stores/sqlite-store.ts');
  return async ({ where }) => sqliteStore(where);
}

async function redis(): Promise<OpenStore> {
  const { redisStore } = await import('../../src/server/stores/redis-store.ts');
  const { createClient } = await import('redis');
  return async ({ where, queue = true }) => {
    const client = createClient({ url: where, disableOfflineQueue: !queue });
    client.on('error', () => {});
    await client.connect();
    return redisStore(client);
  };
}

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

async function start({ settings, life }: Beginning): Promise<void> {
  const step = dieAt(life);
  const clock = scaledClock(settings.pace);
  const callbacks = shopCallbacks(fileLedger(settings.ledger), () => sleep(settings.work));
  const checkout: Checkout = createCheckout({
    payby: new PaybyClient({
      environment: settings.gateway,
      partnerId: settings.partnerId,
      privateKey: settings.privateKey,
      paybyPublicKey: settings.paybyPublicKey,
      fetch: steppedFetch(fetch, step),
      clock,
    }),
    store: steppedStore(await openStore(settings), step),
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

process.on('message', (beginning: Beginning) => void start(beginning));
process.on('disconnect', () => process.exit());
