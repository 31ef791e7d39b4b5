/** From a checkout's options, checked, to what its parts share. */
import { entryOf } from '../troubleshooting.ts';
import type { Anomalies } from './anomaly.ts';
import { randomName } from './bytes.ts';
import type { CheckoutOptions } from './checkout.ts';
import type { Clock } from './clock.ts';
import type { CheckoutContext, EWalletOptions } from './context.ts';
import { closeOrder, confirmExpiry, type Reason } from './orders/close-order.ts';
import { createCourses } from './orders/courses.ts';
import { followUnplaced } from './orders/follow-unplaced.ts';
import { inBackground } from './orders/in-background.ts';
import { awaitsPaid } from './orders/order-status.ts';
import { tellShop } from './orders/tell-shop.ts';
import { checkNotifyUrl } from './payby/payby-request.ts';
import { createRetries } from './retries.ts';
import { createTimers } from './timers.ts';
import { createSingleFlight, createTurns } from './turns.ts';

const hour = 60 * 60 * 1000;

/** @throws TypeError for an option that cannot work, naming it, its value and the way out */
export function createContext(
  options: CheckoutOptions,
  clock: Clock,
  anomalies: Anomalies,
): CheckoutContext {
  const { payby, store, quote, onPaid, onFailed, onRefunded, eWallet } = options;
  const { queryInterval = 3_000, orderLifetime = hour / 2, callbackTimeout = 30_000 } = options;
  const { reconcileEvery = 0, detectScan = false, maxStreams = 20_000 } = options;
  checkFunction('quote', quote);
  checkFunction('onPaid', onPaid);
  if (onFailed !== undefined) checkFunction('onFailed', onFailed);
  if (onRefunded !== undefined) checkFunction('onRefunded', onRefunded);
  if (reconcileEvery !== 0) checkDuration('reconcileEvery', reconcileEvery, 24 * hour);
  const timers = createTimers(clock);
  const process = randomName();
  let runs = 0;
  const ctx: CheckoutContext = {
    payby,
    store,
    quote,
    shop: { onPaid, onFailed, onRefunded },
    clock,
    notifyUrl: checkNotifyUrl(options.notifyUrl),
    queryInterval: checkDuration('queryInterval', queryInterval, hour),
    orderLifetime: checkDuration('orderLifetime', orderLifetime, 48 * hour),
    callbackTimeout: checkDuration('callbackTimeout', callbackTimeout, hour),
    maxStreams: checkCount('maxStreams', maxStreams),
    detectScan,
    eWallet: eWallet && checkEWallet(eWallet),
    anomalies,
    holder() {
      runs += 1;
      return `${process}-${runs}`;
    },
    inTurn: createTurns(),
    querying: createSingleFlight(),
    placing: createSingleFlight(),
    telling: createSingleFlight(),
    courses: createCourses(),
    timers,
    retries: createRetries(timers),
    tellSoon: (id) => void tellShop(ctx, id),
    confirmExpiry: (id) => confirmExpiry(ctx, id),
    follow: (id) => followUnplaced(ctx, id),
    giveUp: (id, reason) => void inBackground(ctx, id, () => giveUp(ctx, id, reason)),
  };
  return ctx;
}

async function giveUp(ctx: CheckoutContext, id: string, reason: Reason): Promise<void> {
  const record = await closeOrder(ctx, id, reason);
  if (record && awaitsPaid(record)) await tellShop(ctx, id);
}

function checkFunction(option: string, value: unknown): void {
  if (typeof value === 'function') return;
  throw unusable(`${option} is ${typeof value}; pass a function`);
}

function checkDuration(option: string, value: unknown, max: number): number {
  if (Number.isInteger(value) && Number(value) > 0 && Number(value) <= max) return Number(value);
  throw unusable(`${option} ${value} is not 1 to ${max} whole milliseconds`);
}

function checkCount(option: string, value: unknown): number {
  if (Number.isSafeInteger(value) && Number(value) >= 0) return Number(value);
  throw unusable(`${option} ${value} is not a whole number, 0 or more`);
}

function checkEWallet(eWallet: EWalletOptions): EWalletOptions {
  const { redirectUrl } = eWallet;
  if (URL.canParse(redirectUrl) && /^https?:/i.test(redirectUrl)) return eWallet;
  throw unusable(
    `eWallet.redirectUrl ${JSON.stringify(redirectUrl)} is not an http(s) URL; use the page that the app is to return to`,
  );
}

/** An option of `createCheckout` that cannot work. */
export const unusable = (message: string): TypeError =>
  new TypeError(`createCheckout: ${message}; see ${entryOf('createcheckout')}`);
