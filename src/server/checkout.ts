/** A shop's side of the wire contract, in one value. */
import { type Clock, systemClock } from './clock.ts';
import type { CheckoutContext, OnPaid, Payby, Quote } from './context.ts';
import { createEventStreams } from './http/events.ts';
import { closedProblem } from './http/problem.ts';
import { type Authorize, type CorsOptions, createRoutes } from './http/routes.ts';
import { closeOrder } from './orders/close-order.ts';
import { afterShop, fulfil } from './orders/fulfil.ts';
import { awaitsShop } from './orders/order-status.ts';
import { currentOrder } from './orders/query-order.ts';
import { createWatch } from './orders/watch.ts';
import { isPaybyFailure } from './payby/payby-error.ts';
import { checkNotifyUrl } from './payby/payby-request.ts';
import { createReport, messageOf, type Report } from './report.ts';
import { createRetries } from './retries.ts';
import type { OrderRecord, OrderStore } from './stores/order-store.ts';
import { createSingleFlight, createTurns } from './turns.ts';

export interface CheckoutOptions {
  payby: Payby;
  store: OrderStore;
  /** Where PayBy reaches `POST {basePath}/notify` from outside; http(s), up to 200 characters. */
  notifyUrl: string;
  quote: Quote;
  onPaid: OnPaid;
  /** The path `/orders` and `/notify` lie below; `/api/payby` when absent, '' for the root. */
  basePath?: string;
  /** The least time between two queries for one order, ms; 3000 when absent, PayBy likes 2000–6000. */
  queryInterval?: number;
  /** How long an order can be paid unless its quote says otherwise, ms; 30 minutes when absent. */
  orderLifetime?: number;
  /** Who may create, read and cancel. Anybody, when absent: knowing an order's id is the right to it. */
  authorize?: Authorize;
  /** Lets pages of other origins in. None, when absent. */
  cors?: CorsOptions;
  /** Hears what an operator should look at; may be async. The kit writes to no log of its own. */
  onProblem?: Report;
  clock?: Clock;
}

export interface Checkout {
  /** Answers the wire contract and PayBy's notifications. Needs no `this`. */
  readonly fetch: (request: Request) => Promise<Response>;
  /**
   * The order as it is, after a query if one is due; undefined when there is none. Retries `onPaid` for
   * a paid order the shop did not take yet, so do not call it from there.
   */
  retrieve(id: string): Promise<OrderRecord | undefined>;
  /**
   * Cancels an open order and answers it as it is then: perhaps paid. undefined when there is none.
   *
   * @throws PaybyError, PaybyUnknownError when the order may still be paid
   */
  cancel(id: string): Promise<OrderRecord | undefined>;
  /** Ends all streams and timers. Later requests are answered 503. */
  close(): void;
}

const hour = 60 * 60 * 1000;

/** @throws TypeError for an option that cannot work, naming it, its value and the way out */
export function createCheckout(options: CheckoutOptions): Checkout {
  const ctx = contextOf(options);
  const events = createEventStreams(ctx, createWatch(ctx));
  const { authorize, cors, basePath = '/api/payby' } = options;
  checkCors(cors);
  const app = createRoutes(ctx, events, { basePath: checkBasePath(basePath), authorize, cors });
  let closed = false;
  return {
    fetch: async (request) => (closed ? closedProblem().toResponse() : app.fetch(request)),
    retrieve: (id) => currentOrder(ctx, id),
    async cancel(id) {
      const record = await closeOrder(ctx, id, 'cancelled');
      return record && afterShop(ctx, record);
    },
    close() {
      closed = true;
      events.close();
      ctx.retries.close();
    },
  };
}

function contextOf(options: CheckoutOptions): CheckoutContext {
  const { payby, store, quote, onPaid, queryInterval = 3_000, orderLifetime = hour / 2 } = options;
  const { clock = systemClock } = options;
  checkFunction('quote', quote);
  checkFunction('onPaid', onPaid);
  const ctx: CheckoutContext = {
    payby,
    store,
    quote,
    onPaid,
    clock,
    notifyUrl: checkNotifyUrl(options.notifyUrl),
    queryInterval: checkDuration('queryInterval', queryInterval, hour),
    orderLifetime: checkDuration('orderLifetime', orderLifetime, 48 * hour),
    report: createReport(options.onProblem),
    inTurn: createTurns(),
    querying: createSingleFlight(),
    placing: createSingleFlight(),
    fulfilling: createSingleFlight(),
    retries: createRetries(clock),
    giveUp: (id) => void giveUp(ctx, id),
  };
  return ctx;
}

async function giveUp(ctx: CheckoutContext, id: string): Promise<void> {
  try {
    const record = await closeOrder(ctx, id, 'cancelled');
    if (record && awaitsShop(record)) await fulfil(ctx, id);
  } catch (cause) {
    // What PayBy refused is reported where it was asked.
    if (isPaybyFailure(cause)) return;
    ctx.report({ code: 'internal', message: messageOf(cause), orderId: id, cause });
  }
}

function checkFunction(option: string, value: unknown): void {
  if (typeof value === 'function') return;
  throw new TypeError(`createCheckout: ${option} is ${typeof value}; pass a function`);
}

function checkDuration(option: string, value: unknown, max: number): number {
  if (Number.isInteger(value) && Number(value) > 0 && Number(value) <= max) return Number(value);
  throw new TypeError(`createCheckout: ${option} ${value} is not 1 to ${max} whole milliseconds`);
}

function checkCors(cors: CorsOptions | undefined): void {
  if (!cors?.credentials || ![cors.origin].flat().includes('*')) return;
  throw new TypeError(
    'createCheckout: cors.origin "*" cannot have credentials; name the origins that may send cookies',
  );
}

function checkBasePath(value: string): string {
  if (/^(\/[A-Za-z0-9._~-]+)*\/?$/.test(value)) return value.replace(/\/$/, '');
  throw new TypeError(
    `createCheckout: basePath "${value}" is not a path; use one like "/api/payby"`,
  );
}
