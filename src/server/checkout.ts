/** A shop's side of the wire contract, in one value. */
import { type AnomalyCounts, createAnomalies, type OnAnomaly } from './anomaly.ts';
import { type Clock, systemClock } from './clock.ts';
import type { EWalletOptions, OnFailed, OnPaid, OnRefunded, Payby, Quote } from './context.ts';
import { createContext } from './create-context.ts';
import { createEventStreams } from './http/events.ts';
import { closedProblem } from './http/problem.ts';
import { type Authorize, type CorsOptions, createRoutes } from './http/routes.ts';
import { closeOrder } from './orders/close-order.ts';
import { currentOrder } from './orders/query-order.ts';
import { type ReconcileResult, reconcile } from './orders/reconcile.ts';
import { type RefundOptions, type RefundResult, refundOrder } from './orders/refund-order.ts';
import { revokeOrder } from './orders/revoke-order.ts';
import { afterShop } from './orders/tell-shop.ts';
import { createWatch } from './orders/watch.ts';
import { startReconciling } from './start-reconciling.ts';
import type { OrderRecord, OrderStore } from './stores/order-store.ts';

export interface CheckoutOptions {
  payby: Payby;
  store: OrderStore;
  /** Where PayBy reaches `POST {basePath}/notify` from outside; http(s), up to 200 characters. */
  notifyUrl: string;
  quote: Quote;
  onPaid: OnPaid;
  onFailed?: OnFailed;
  onRefunded?: OnRefunded;
  /** Hears what an operator should look at; may be async. The kit writes to no log of its own. */
  onAnomaly?: OnAnomaly;
  /** The path `/orders` and `/notify` lie below; `/api/payby` when absent, '' for the root. */
  basePath?: string;
  /** The least time between two queries for one order, ms; 3000 when absent, PayBy likes 2000–6000. */
  queryInterval?: number;
  /** How long an order can be paid unless its quote says otherwise, ms; 30 minutes when absent. */
  orderLifetime?: number;
  /** How long `onPaid` and its like may take before they count as failed, ms; 30 s when absent. */
  callbackTimeout?: number;
  /**
   * How often this process reconciles, ms; a minute when absent, 0 for never: then call `reconcile`
   * yourself, from a cron job or where a platform allows no timers.
   */
  reconcileEvery?: number;
  /**
   * How many event streams this process holds at most; 20,000 when absent, at some 14 kB each. Pages that
   * get none poll.
   */
  maxStreams?: number;
  /** Whether orders become `scanned` once somebody has scanned their code; takes every second query. */
  detectScan?: boolean;
  /** Gives phones' browsers a deep link into the app in place of a code. */
  eWallet?: EWalletOptions;
  /** Who may create, read and cancel. Anybody, when absent: knowing an order's id is the right to it. */
  authorize?: Authorize;
  /** Lets pages of other origins in. None, when absent. */
  cors?: CorsOptions;
  clock?: Clock;
}

/** Its functions need no `this`. */
export interface Checkout {
  /** Answers the wire contract and PayBy's notifications. */
  readonly fetch: (request: Request) => Promise<Response>;
  /**
   * The order as it is, after a query if one is due; undefined when there is none. A payment that this
   * finds is handed to `onPaid` first.
   */
  retrieve(id: string): Promise<OrderRecord | undefined>;
  /**
   * Cancels an open order and answers it as it is then: perhaps paid. undefined when there is none.
   *
   * @throws PaybyError, PaybyUnknownError when the order may still be paid; it is cancelled again
   */
  cancel(id: string): Promise<OrderRecord | undefined>;
  /**
   * Takes an order back: one nobody paid is cancelled, the money of a paid one is returned.
   *
   * @throws OrderError when there is no such order, or all of its money is on its way back; PaybyError when
   *   PayBy refused; PaybyUnknownError when nobody knows: an open order is cancelled again, and what became
   *   of a paid one is found out by `reconcile`
   */
  revoke(id: string): Promise<OrderRecord>;
  /**
   * Refunds a part of a paid order, within 180 days.
   *
   * @param amount a decimal string, "12.34"; all that remains when absent
   * @throws TypeError for another form of amount; OrderError when the order is not paid or has less left;
   *   PaybyError when PayBy refused; PaybyUnknownError when nobody knows: the refund is pending then, and
   *   asking again means the same one
   */
  refund(id: string, amount?: string, options?: RefundOptions): Promise<RefundResult>;
  /** Finds what was left unsettled, and settles what can be. Safe to call at any time, anywhere. */
  reconcile(): Promise<ReconcileResult>;
  /** How often `onAnomaly` was called in this process, by code. */
  anomalies(): AnomalyCounts;
  /** Ends all streams and timers. Later requests are answered 503. The store stays open. */
  close(): void;
}

/** @throws TypeError for an option that cannot work, naming it, its value and the way out */
export function createCheckout(options: CheckoutOptions): Checkout {
  const { clock = systemClock, reconcileEvery = 60_000 } = options;
  const anomalies = createAnomalies(options.onAnomaly);
  const ctx = createContext(options, clock, anomalies);
  const events = createEventStreams(ctx, createWatch(ctx));
  const app = createRoutes(ctx, events, options);
  const timer = startReconciling(ctx, reconcileEvery);
  // The shop's own code may ask from within a callback, which cannot wait for itself.
  const isInCallback = (id: string) => ctx.telling.isRunning(id);
  let closed = false;
  return {
    fetch: async (request) => (closed ? closedProblem().toResponse() : app.fetch(request)),
    retrieve: (id) => (isInCallback(id) ? ctx.store.get(id) : currentOrder(ctx, id)),
    async cancel(id) {
      const record = await closeOrder(ctx, id, 'cancelled');
      return record && !isInCallback(id) ? afterShop(ctx, record) : record;
    },
    revoke: (id) => revokeOrder(ctx, id),
    refund: (id, amount, options = {}) => refundOrder(ctx, id, amount, options),
    reconcile: () => reconcile(ctx),
    anomalies: anomalies.counts,
    close() {
      closed = true;
      events.close();
      timer.stop();
      ctx.timers.close();
    },
  };
}
