/** The process that is measured: a shop's server with the kit in it, and nothing else. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { createCheckout, importPrivateKey, PaybyClient, sign } from '../../src/server/index.ts';
import { nodeFetch, nodeListener } from '../../src/server/node.ts';
import { bareShop } from './bare-shop.ts';
import { answerWith } from './child.ts';
import { openStore, type StoreName } from './stores.ts';

export interface KitOptions {
  /** The gateway's base URL. */
  gateway: string;
  partnerId: string;
  privateKey: string;
  paybyPublicKey: string;
  store: StoreName;
  /** The client's way to the gateway; `none` is a server without the kit. */
  fetch: 'built-in' | 'node' | 'none';
  /** ms. */
  queryInterval: number;
  /** ms; 0 for never. */
  reconcileEvery: number;
}

export interface SignOptions {
  privateKey: string;
  /** How long, ms. */
  duration: number;
  /** How many are asked for at the same time. */
  concurrency: number;
}

/** CPU time of all threads of this process, ms. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** What the process holds once its garbage was collected, bytes. */
async function memory(): Promise<number> {
  // What one collection lets go of may be all that held something else; pages go back to the system later.
  for (let time = 0; time < 5; time += 1) {
    await globalThis.gc?.({ type: 'major', execution: 'async', flavor: 'last-resort' });
    await setTimeout(200);
  }
  return process.memoryUsage.rss();
}

/** Collects what short-lived things left behind. */
const tidy = (): void => void globalThis.gc?.({ type: 'minor', execution: 'sync' });

async function start(options: KitOptions): Promise<{ port: number }> {
  const server = options.fetch === 'none' ? await bareShop(options) : await kitShop(options);
  server.listen(0, '127.0.0.1', 4096);
  await once(server, 'listening');
  const address = server.address();
  return { port: address && typeof address === 'object' ? address.port : 0 };
}

async function kitShop(options: KitOptions): Promise<Server> {
  const { gateway, partnerId, privateKey, paybyPublicKey, store, queryInterval, reconcileEvery } =
    options;
  const client = { environment: gateway, partnerId, privateKey, paybyPublicKey };
  const payby = new PaybyClient(
    options.fetch === 'node' ? { ...client, fetch: nodeFetch() } : client,
  );
  await payby.ready();
  const checkout = createCheckout({
    payby,
    store: await openStore(store),
    notifyUrl: 'https://shop.example/api/payby/notify',
    quote: ({ reference = '' }) => ({ amount: '12.34', subject: `Cart ${reference}`, reference }),
    onPaid: () => {},
    onAnomaly: ({ code, message }) => process.stderr.write(`${code}: ${message}\n`),
    queryInterval,
    reconcileEvery,
    orderLifetime: 60 * 60 * 1000,
  });
  return createServer({ keepAliveTimeout: 60_000 }, nodeListener(checkout));
}

/** Signs what placeOrder sends, over and over, as PaybyClient does. */
async function signFor({ privateKey, duration, concurrency }: SignOptions) {
  const key = await importPrivateKey(privateKey);
  const body = new Uint8Array(Buffer.from(sampleRequest));
  let count = 0;
  const before = cpu();
  const startedAt = performance.now();
  const signOn = async () => {
    while (performance.now() - startedAt < duration) {
      await sign(body, key);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, signOn));
  return { count, cpu: cpu() - before, wall: performance.now() - startedAt };
}

const sampleRequest = JSON.stringify({
  requestTime: 1795341600000,
  bizContent: {
    merchantOrderNo: '0123456789ABCDEFGHJKMNPQRS',
    subject: 'Cart r0-12345',
    totalAmount: { amount: 12.34, currency: 'AED' },
    expiredTime: 1795345200000,
    notifyUrl: 'https://shop.example/api/payby/notify',
    paySceneCode: 'DYNQR',
  },
});

const commands = { start, cpu, memory, tidy, sign: signFor };
export type KitCommands = typeof commands;
answerWith(commands);
