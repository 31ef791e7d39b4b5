/** The processes of a shop, one after the other, played within the test's own: fast, and the same every time. */
import {
  type Checkout,
  type CheckoutOptions,
  type Clock,
  createCheckout,
  type OrderStore,
  PaybyClient,
} from '../../src/server/index.ts';
import type { Gateway } from './gateway.ts';
import type { Ledger } from './ledger.ts';
import { answerAdmin } from './shop-admin.ts';
import { shopCallbacks } from './shop-callbacks.ts';
import { type Step, steppedAnswer, steppedCallbacks, steppedFetch, steppedStore } from './steps.ts';

export interface LivesPorts {
  gateway: Gateway;
  store: OrderStore;
  ledger: Ledger;
  clock: Clock;
  /** How many processes there can be. */
  count: number;
  /** What befalls the steps of all of them. */
  step: Step;
  /** Asked at every step: whether the process ends there, and after how many ms the next one begins. */
  endsFor: () => number | undefined;
  options: Pick<CheckoutOptions, 'notifyUrl' | 'detectScan'>;
}

export interface Lives {
  /** By the process that serves just now; rejects when there is none, or it ends. */
  answer(request: Request): Promise<Response>;
  /** How many steps there were. */
  steps(): number;
  close(): void;
}

interface Life {
  readonly client: PaybyClient;
  readonly step: Step;
  checkout?: Checkout;
  /** Nothing of it happens any more: whatever it waits for never comes. */
  isOver: boolean;
  /** Rejects once it is over, for everybody who waits for its answer. */
  readonly connection: Promise<never>;
  readonly hangUp: () => void;
}

const forEver = new Promise<never>(() => {});

/** They are all prepared now, for keys are imported in their own time and not by the clock. */
export async function openLives(ports: LivesPorts): Promise<Lives> {
  const { store, ledger, clock, options } = ports;
  const waiting = await Promise.all(Array.from({ length: ports.count }, prepare));
  let steps = 0;
  let present: Life | undefined;

  async function prepare(): Promise<Life> {
    const step = (name: string) => takeStep(life, name);
    const life: Life = { client: clientOf(ports, step), step, isOver: false, ...connect() };
    await life.client.ready();
    return life;
  }

  async function takeStep(life: Life, name: string): Promise<void> {
    steps += 1;
    const pause = life.isOver || waiting.length === 0 ? undefined : ports.endsFor();
    if (pause !== undefined) end(life, pause);
    if (life.isOver) await forEver;
    await ports.step(name);
    if (life.isOver) await forEver;
  }

  function end(life: Life, pause: number): void {
    life.isOver = true;
    life.checkout?.close();
    life.hangUp();
    present = undefined;
    clock.after(pause, begin);
  }

  function begin(): void {
    present = waiting.shift();
    if (present === undefined) return;
    const { client, step } = present;
    present.checkout = createCheckout({
      payby: client,
      store: steppedStore(store, step),
      ...steppedCallbacks(
        shopCallbacks(ledger, async () => {}),
        step,
      ),
      ...options,
      clock,
    });
  }

  begin();
  return {
    async answer(request) {
      const { checkout, step, connection } = present ?? {};
      if (!checkout || !step || !connection) throw new TypeError('no process serves');
      const answer = async () => (await answerAdmin(checkout, request)) ?? checkout.fetch(request);
      return Promise.race([steppedAnswer(answer, step)(request), connection]);
    },
    steps: () => steps,
    close: () => present?.checkout?.close(),
  };
}

function connect(): Pick<Life, 'connection' | 'hangUp'> {
  let hangUp = () => {};
  const connection = new Promise<never>((_, reject) => {
    hangUp = () => reject(new TypeError('the process has ended'));
  });
  connection.catch(() => {});
  return { connection, hangUp };
}

function clientOf({ gateway, clock }: LivesPorts, step: Step): PaybyClient {
  const { baseUrl, partnerId, merchantPrivateKey, paybyPublicKey } = gateway.sandbox;
  return new PaybyClient({
    environment: baseUrl,
    partnerId,
    privateKey: merchantPrivateKey,
    paybyPublicKey,
    fetch: steppedFetch(async (input, init) => gateway.fetch(new Request(input, init)), step),
    clock,
  });
}
