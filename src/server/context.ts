/** What the parts of a checkout share. */
import type { Clock } from './clock.ts';
import type { PaybyClient } from './payby/payby-client.ts';
import type { Report } from './report.ts';
import type { Retries } from './retries.ts';
import type { OrderRecord, OrderStore } from './stores/order-store.ts';
import type { InTurn, SingleFlight } from './turns.ts';

/** What a checkout needs of PayBy. */
export type Payby = Pick<
  PaybyClient,
  'partnerId' | 'placeOrder' | 'getOrder' | 'cancelOrder' | 'verify'
>;

export interface CheckoutContext {
  readonly payby: Payby;
  readonly store: OrderStore;
  readonly clock: Clock;
  readonly notifyUrl: string;
  /** ms. */
  readonly queryInterval: number;
  /** ms. */
  readonly orderLifetime: number;
  readonly quote: Quote;
  readonly onPaid: OnPaid;
  readonly report: Report;
  /** Calls to PayBy about one order, one after the other. */
  readonly inTurn: InTurn;
  /** Queries: whoever asks while one is under way, or waits for its turn, gets its result. */
  readonly querying: SingleFlight<OrderRecord | undefined>;
  /** Calls of placeOrder, shared in the same way. */
  readonly placing: SingleFlight<OrderRecord | undefined>;
  /** Calls of `onPaid`, within this process one per order at a time. */
  readonly fulfilling: SingleFlight<boolean>;
  readonly retries: Retries;
  /** Has an order cancelled soon, outside of any turn. What goes wrong is reported. */
  readonly giveUp: (id: string) => void;
}

export interface QuoteRequest {
  /** What the page names: a cart, an order. Not to be believed without a look at whose it is. */
  reference?: string;
  /** What the page sent along, any JSON. */
  details?: unknown;
  /** The HTTP request, for cookies and headers. Its body has been read: `details` is all there was. */
  request: Request;
}

export interface QuoteResult {
  /** A decimal string in AED, above zero: "12.34". */
  amount: string;
  /** 1–64 characters, shown to the customer. */
  subject: string;
  /** In Arabic, up to 200 characters. */
  subjectAr?: string;
  /** The shop's name for the purchase; the page's when absent. */
  reference?: string;
  /** How long the order can be paid, ms; at most 48 h, `orderLifetime` when absent. */
  expiresIn?: number;
}

/**
 * The price of what the page wants to pay: the only place a price comes from. Throw a
 * {@link CheckoutRefusal} for what cannot be bought, such as a cart that is paid already.
 */
export type Quote = (request: QuoteRequest) => QuoteResult | Promise<QuoteResult>;

/**
 * Takes a payment into the shop. Called at least once for every paid order, so it must be safe to
 * repeat; called again after it threw or took more than 30 s, for a day at least while the process
 * lives. A run slower than that may overlap the next one, and so may runs in several processes. PayBy
 * hears SUCCESS only once it returned.
 */
export type OnPaid = (order: OrderRecord) => unknown;
