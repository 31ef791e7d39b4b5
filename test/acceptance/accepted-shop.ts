/** A shop on the kit and the sandbox gateway in one process, on one clock that only tests turn. */
import { setImmediate } from 'node:timers/promises';
import { createSandbox } from '../../src/sandbox/index.ts';
import {
  type Anomaly,
  type CheckoutOptions,
  createCheckout,
  memoryStore,
  type OrderRecord,
  PaybyClient,
} from '../../src/server/index.ts';
import { countedPayby } from '../server/support/counted-payby.ts';
import { fakeClock } from '../server/support/fake-clock.ts';
import { keys, orderOf, readEvents } from '../server/support/shop.ts';

const base = 'https://shop.example/api/payby';

/** @param unanswered how many of the first calls the gateway is told not to answer */
export function openAcceptedShop(options: Partial<CheckoutOptions> = {}, unanswered = 0) {
  const clock = fakeClock();
  const anomalies: Anomaly[] = [];
  const paid: OrderRecord[] = [];
  const sandbox = createSandbox({
    merchantPrivateKey: keys.merchant.privatePem,
    paybyPrivateKey: keys.payby.privatePem,
    publicUrl: 'https://uat-qr.test2pay.com',
    now: clock.now,
    schedule: (ms, callback) => clock.after(ms, callback),
    fetch: (input, init) => client.counted(checkout.fetch(new Request(input, init))),
  });
  let calls = 0;
  let silent = 0;

  const gateway: typeof fetch = async (input, init) => {
    calls += 1;
    if (calls > unanswered) return sandbox.fetch(new Request(input, init));
    silent += 1;
    return sandbox.fetch(new Request(input, init)).finally(() => {
      silent -= 1;
    });
  };

  const client = countedPayby(
    new PaybyClient({
      environment: sandbox.baseUrl,
      partnerId: sandbox.partnerId,
      privateKey: sandbox.merchantPrivateKey,
      paybyPublicKey: sandbox.paybyPublicKey,
      fetch: gateway,
      clock,
    }),
  );
  const checkout = createCheckout({
    payby: client.port,
    store: memoryStore(),
    notifyUrl: `${base}/notify`,
    quote: ({ reference }) => ({ amount: '12.34', subject: `Cart ${reference}` }),
    onPaid: (order) => paid.push(order),
    onAnomaly: (anomaly) => anomalies.push(anomaly),
    clock,
    ...options,
  });

  /** Everything that can happen without the clock has happened. */
  async function quiet(): Promise<void> {
    for (let idle = 0; idle < 5; ) {
      await setImmediate();
      idle = client.active() > silent ? 0 : idle + 1;
    }
  }

  /** A page that watches an order, and what it has heard. */
  async function watch(id: string): Promise<string[]> {
    const heard: string[] = [];
    const events = readEvents(await send(`/orders/${id}/events`));
    const listen = async () => {
      for (let order = await events.next(); order; order = await events.next()) {
        heard.push(order.status);
      }
    };
    listen().catch(() => heard.push('(the stream broke)'));
    return heard;
  }

  const send = (path: string, init?: RequestInit) => checkout.fetch(new Request(base + path, init));

  return {
    sandbox,
    checkout,
    clock,
    paid,
    anomalies: () => anomalies.map(({ code }) => code),
    quiet,
    pass: (ms: number) => clock.pass(ms, quiet),
    create: () =>
      send('/orders', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'k1' },
        body: '{"paySceneCode":"DYNQR","reference":"42"}',
      }),
    cancel: (id: string) => send(`/orders/${id}/cancel`, { method: 'POST' }),
    watch,
    status: async (id: string) => orderOf(await send(`/orders/${id}`)),
  };
}
