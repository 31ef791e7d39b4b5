/** A shop, its customers and PayBy in one process, on a clock turned by hand, with everything going wrong. */
import { setImmediate } from 'node:timers/promises';
import type { OrderStore } from '../../src/server/index.ts';
import { fakeClock, minute } from '../server/support/fake-clock.ts';
import { keys } from '../server/support/shop.ts';
import { buy, habits, type Market, type Purchase } from './customers.ts';
import { watchedDeliveries } from './deliveries.ts';
import { createGateway } from './gateway.ts';
import { memoryLedger } from './ledger.ts';
import { type Lives, openLives } from './lives.ts';
import { badWay, misfortune, outages } from './misfortune.ts';
import { type Random, randomFrom } from './random.ts';
import { pause } from './scaled-clock.ts';
import { faultsIn } from './verdict.ts';

/** How many carts are bought. */
const carts = 12;
/** How long things go wrong, ms. */
const badTime = 20 * minute;
/** When everything must have come to rest at the latest, ms. */
const longestRest = 20 * 60 * minute;
const origin = 'https://shop.example';

export interface Ordeal {
  /** What went wrong that must not, in sentences. */
  faults: string[];
  purchases: Purchase[];
  /** How many steps there were in which things could go wrong. */
  steps: number;
}

/** Plays one course; the same seed plays the same one. */
export async function ordeal(seed: number, store: OrderStore): Promise<Ordeal> {
  const random = randomFrom(seed);
  const clock = fakeClock();
  const ledger = memoryLedger();
  const end = clock.now() + badTime;
  const isBad = () => clock.now() < end;
  const isAway = outages(random, clock.now());
  const deliveries = watchedDeliveries({ send: reach, store, ledger });
  const bad = badWay(random, clock, deliveries.deliver);
  const gateway = createGateway({
    clock,
    deliver: (input, init) => (isBad() ? bad : deliveries.deliver)(input, init),
    timeScale: 1,
    settleAfter: random.pick([5 * minute, 24 * 60 * minute]),
    refundsPend: random.pick([0, 90_000]),
    merchantPrivateKey: keys.merchant.privatePem,
    paybyPrivateKey: keys.payby.privatePem,
  });
  const shop: Lives = await openLives({
    gateway,
    store,
    ledger,
    clock,
    count: 6,
    async step(name) {
      if (isBad()) await misfortune(random, clock, name, isAway(clock.now()));
    },
    endsFor: () => (isBad() && random.chance(0.002) ? random.below(20_000) : undefined),
    options: { notifyUrl: `${origin}/api/payby/notify`, detectScan: random.chance(0.5) },
  });

  /** The way to whichever process of the shop serves just now. */
  async function reach(input: Request | URL | string, init?: RequestInit): Promise<Response> {
    return unlessAborted(shop.answer(new Request(input, init)), init?.signal);
  }

  /** Runs everything that can run without the clock. */
  async function quiet(): Promise<void> {
    for (let [idle, before] = [0, shop.steps()]; idle < 6; before = shop.steps()) {
      await setImmediate();
      idle = shop.steps() === before ? idle + 1 : 0;
    }
  }

  const crowd = customers({
    send: (path, init) => reach(origin + path, init),
    actions: gateway.sandbox.actions,
    clock,
    random,
  });
  for (const start = clock.now(); clock.now() < start + longestRest; ) {
    await clock.pass(minute, quiet);
    if (!isBad() && crowd.left() === 0 && (await store.unsettled(1)).length === 0) break;
  }
  shop.close();
  await gateway.close();
  const { purchases, troubles } = crowd;
  const endless = crowd.left() > 0 ? [`${crowd.left()} purchases never ended`] : [];
  const faults = await faultsIn({ gateway, store, ledger, purchases });
  return {
    faults: [...troubles, ...endless, ...deliveries.faults, ...faults],
    purchases,
    steps: shop.steps(),
  };
}

/** They come one after the other, and each buys one cart. */
function customers(market: Market) {
  const purchases: Purchase[] = [];
  const troubles: string[] = [];

  async function come(cart: number, random: Random): Promise<void> {
    try {
      await pause(market.clock, random.below(badTime / 2));
      purchases.push(await buy({ ...market, random }, `cart-${cart}`, random.pick(habits)));
    } catch (cause) {
      troubles.push(String(cause));
    }
  }

  for (let cart = 1; cart <= carts; cart += 1) {
    void come(cart, randomFrom(market.random.below(2 ** 31)));
  }
  return { purchases, troubles, left: () => carts - purchases.length - troubles.length };
}

async function unlessAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal | null | undefined,
): Promise<Result> {
  if (!signal) return work;
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, aborted]);
}
