/** A PaybyClient for tests over a fake PayBy, with a clock that remembers what was waited for. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import {
  type Clock,
  PaybyClient,
  type PaybyClientOptions,
  PaybyUnknownError,
  type PlaceOrderRequest,
  type RefundRequest,
} from '../../../src/server/index.ts';
import { fakeClock } from './fake-clock.ts';
import { FakePayby } from './fake-payby.ts';
import { keys } from './shop.ts';

/** The text of one of PayBy's bodies, byte for byte. */
export const sample = (name: string): string =>
  readFileSync(new URL(`../../support/samples/${name}`, import.meta.url), 'utf8');

export const order: PlaceOrderRequest = {
  merchantOrderNo: 'M965739182419',
  subject: 'Cart 42',
  totalAmount: { amount: '12.34', currency: 'AED' },
};

export const refund: RefundRequest = {
  refundMerchantOrderNo: 'R1',
  originMerchantOrderNo: order.merchantOrderNo,
  amount: { amount: '12.34', currency: 'AED' },
};

export function openClient(options: Partial<PaybyClientOptions> = {}) {
  const payby = new FakePayby(keys);
  const clock = fakeClock();
  const waits: number[] = [];
  const remembering: Clock = {
    now: clock.now,
    after(delay, task) {
      waits.push(delay);
      return clock.after(delay, task);
    },
  };
  const client = new PaybyClient({
    environment: 'uat',
    partnerId: '200000004021',
    privateKey: keys.merchant.privatePem,
    paybyPublicKey: keys.payby.publicBase64,
    fetch: payby.fetch,
    clock: remembering,
    ...options,
  });
  return {
    payby,
    clock,
    client,
    /** Every wait that was begun, ms: for an answer (10,000) or before the next attempt. */
    waits,
    /** Lets the client wait for `ms`, and then no longer. */
    async passWait(ms: number): Promise<void> {
      await until(() => waits.at(-1) === ms && clock.timers === 1, `a wait of ${ms} ms`);
      await clock.pass(ms);
    },
    /** Places the order and has the customer pay it. */
    async paidOrder(): Promise<void> {
      await client.placeOrder(order);
      payby.pay(order.merchantOrderNo);
    },
  };
}

/** Runs everything that can run until `holds`. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const end = performance.now() + 10_000;
  while (!holds()) {
    assert.ok(performance.now() < end, `there was never ${what}`);
    await setImmediate();
  }
}

/** Checks an error of `assert.rejects`: an unknown outcome, and why. */
export const unknown =
  (reason: string, pattern = /the outcome is unknown/) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof PaybyUnknownError, String(error));
    assert.equal(error.reason, reason);
    assert.match(error.message, pattern);
    return true;
  };

/** PayBy does its work, and its answer is lost. */
export const lost = (work: () => Response): never => {
  work();
  throw new TypeError('terminated');
};

/** The request never gets to PayBy. */
export const broken = (): never => {
  throw new TypeError('fetch failed');
};
