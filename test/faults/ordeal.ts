/** A shop, its customers and PayBy in one process, on a clock turned by hand, with everything going wrong. */
import { setImmediate } from 'node:timers/promises';
import {
  type Checkout,
  createCheckout,
  type OrderStore,
  PaybyClient,
} from '../../src/server/index.ts';
import { type FakeClock, fakeClock, minute } from '../server/support/fake-clock.ts';
import { keys } from '../server/support/shop.ts';
import { buy, habits, type Purchase } from './customers.ts';
import { watchedDeliveries } from './deliveries.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { type Ledger, memoryLedger } from './ledger.ts';
import { badWay, misfortune, outages } from './misfortune.ts';
import { type Random, randomFrom } from './random.ts';
import { pause } from './scaled-clock.ts';
import { answerAdmin } from './shop-admin.ts';
import { shopCallbacks } from './shop-callbacks.ts';
import { steppedAnswer, steppedCallbacks, steppedFetch, steppedStore } from './steps.ts';
import { faultsIn } from './verdict.ts';

/** How many carts are bought. */
const carts = 12;
/** How long things go wrong, ms. */
const badTime = 20 * minute;
/** When everything must have come to rest at the latest, ms. */
const longestRest = 20 * 60 * minute;
/** How many processes the shop has, one after the other. */
const lives = 6;
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
  const end = clock.now() + badTime;
  const world = { clock, store, ledger: memoryLedger(), random, isBad: () => clock.now() < end };
  const isAway = outages(random, clock.now());
  let steps = 0;
  const shop = shopOfLives();
  const deliveries = watchedDeliveries({ ...world, send: reach });
  const bad = badWay(random, clock, deliveries.deliver);
  const gateway = createGateway({
    clock,
    deliver: (input, init) => (world.isBad() ? bad : deliveries.deliver)(input, init),
    timeScale: 1,
    settleAfter: random.pick([5 * minute, 24 * 60 * minute]),
    refundsPend: random.pick([0, 90_000]),
    merchantPrivateKey: keys.merchant.privatePem,
    paybyPrivateKey: keys.payby.privatePem,
  });
  await shop.prepare(gateway);

  /** The way to whichever process of the shop serves just now. */
  async function reach(input: Request | URL | string, init?: RequestInit): Promise<Response> {
    return unlessAborted(shop.answer(new Request(input, init)), init?.signal);
  }

  function shopOfLives() {
    const waiting: Life[] = [];
    let present: Life | undefined;

    async function step(life: Life, name: string): Promise<void> {
      steps += 1;
      if (!life.isOver && world.isBad() && random.chance(0.002) && waiting.length > 0) kill(life);
      if (life.isOver) await forEver;
      if (world.isBad()) await misfortune(random, clock, name, isAway(clock.now()));
      if (life.isOver) await forEver;
    }

    function kill(life: Life): void {
      life.isOver = true;
      life.checkout?.close();
      life.hangUp();
      present = undefined;
      clock.after(random.below(20_000), begin);
    }

    function begin(): void {
      const life = waiting.shift();
      present = life;
      if (life) life.checkout = openCheckout(world, life);
    }

    return {
      async prepare({ sandbox, fetch }: Gateway): Promise<void> {
        for (let count = 0; count < lives; count += 1) {
          const life: Life = {
            isOver: false,
            step: (name) => step(life, name),
            client: undefined,
            ...brokenConnection(),
          };
          life.client = new PaybyClient({
            environment: sandbox.baseUrl,
            partnerId: sandbox.partnerId,
            privateKey: sandbox.merchantPrivateKey,
            paybyPublicKey: sandbox.paybyPublicKey,
            fetch: steppedFetch(async (input, init) => fetch(new Request(input, init)), life.step),
            clock,
          });
          await life.client.ready();
          waiting.push(life);
        }
        begin();
      },
      async answer(request: Request): Promise<Response> {
        const life = present;
        if (!life?.checkout) throw new TypeError('nobody is there');
        const { checkout } = life;
        const answer = async () =>
          (await answerAdmin(checkout, request)) ?? checkout.fetch(request);
        return Promise.race([steppedAnswer(answer, life.step)(request), life.connection]);
      },
      close: () => present?.checkout?.close(),
    };
  }

  const quiet = async () => {
    for (let [idle, before] = [0, steps]; idle < 6; before = steps) {
      await setImmediate();
      idle = steps === before ? idle + 1 : 0;
    }
  };

  const purchases: Purchase[] = [];
  const troubles: string[] = [];
  for (let cart = 1; cart <= carts; cart += 1) {
    const own = randomFrom(random.below(2 ** 31));
    void (async () => {
      try {
        await pause(clock, own.below(badTime / 2));
        const { actions } = gateway.sandbox;
        const send = (path: string, init?: RequestInit) => reach(origin + path, init);
        const market = { send, actions, clock, random: own };
        purchases.push(await buy(market, `cart-${cart}`, own.pick(habits)));
      } catch (cause) {
        troubles.push(String(cause));
      }
    })();
  }
  await rest(world, quiet, () => purchases.length + troubles.length === carts);
  shop.close();
  await gateway.close();
  const missing = carts - purchases.length - troubles.length;
  const endless = missing > 0 ? [`${missing} purchases never ended`] : [];
  const faults = await faultsIn({ ...world, gateway, purchases });
  return { faults: [...troubles, ...endless, ...deliveries.faults, ...faults], purchases, steps };
}

interface World {
  clock: FakeClock;
  store: OrderStore;
  ledger: Ledger;
  random: Random;
  /** Whether things still go wrong. */
  isBad: () => boolean;
}

/** One process of the shop. */
interface Life {
  /** Nothing of it happens any more: whatever it waits for never comes. */
  isOver: boolean;
  step: (name: string) => Promise<void>;
  client: PaybyClient | undefined;
  checkout?: Checkout;
  /** Rejects once it is over, for everybody who waits for an answer. */
  connection: Promise<never>;
  hangUp: () => void;
}

function brokenConnection(): Pick<Life, 'connection' | 'hangUp'> {
  let hangUp = () => {};
  const connection = new Promise<never>((_, reject) => {
    hangUp = () => reject(new TypeError('the process has ended'));
  });
  connection.catch(() => {});
  return { connection, hangUp };
}

const forEver = new Promise<never>(() => {});

function openCheckout({ clock, store, ledger, random }: World, life: Life): Checkout {
  if (life.client === undefined) throw new Error('a life without a client');
  const callbacks = shopCallbacks(ledger, async () => {});
  return createCheckout({
    payby: life.client,
    store: steppedStore(store, life.step),
    notifyUrl: `${origin}/api/payby/notify`,
    ...steppedCallbacks(callbacks, life.step),
    detectScan: random.chance(0.5),
    clock,
  });
}

/** Lets time pass until everybody has what they came for, and nothing is left to do. */
async function rest(
  { clock, store, isBad }: World,
  quiet: () => Promise<void>,
  done: () => boolean,
) {
  for (const start = clock.now(); clock.now() < start + longestRest; ) {
    await clock.pass(minute, quiet);
    if (!isBad() && done() && (await store.unsettled(1)).length === 0) return;
  }
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
