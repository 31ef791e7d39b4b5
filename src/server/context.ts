/** What the parts of a checkout share. */
import type { Anomalies } from './anomaly.ts';
import type { Clock } from './clock.ts';
import type { Reason } from './orders/close-order.ts';
import type { Courses } from './orders/courses.ts';
import type { PaybyClient } from './payby/payby-client.ts';
import type { Retries } from './retries.ts';
import type { OrderRecord, OrderStore, RefundRecord } from './stores/order-store.ts';
import type { Timers } from './timers.ts';
import type { InTurn, SingleFlight } from './turns.ts';

/** What a checkout needs of PayBy. */
export type Payby = Pick<
  PaybyClient,
  | 'partnerId'
  | 'placeOrder'
  | 'getOrder'
  | 'cancelOrder'
  | 'revokeOrder'
  | 'placeRefund'
  | 'getRefund'
  | 'getCashierUrlInfo'
  | 'verify'
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
  /** How long a callback may take before it counts as failed, ms. */
  readonly callbackTimeout: number;
  /** How many event streams this process holds at most. */
  readonly maxStreams: number;
  readonly detectScan: boolean;
  readonly eWallet: EWalletOptions | undefined;
  readonly quote: Quote;
  readonly shop: ShopCallbacks;
  readonly anomalies: Anomalies;
  /** A name for claims that no other process or run has. */
  readonly holder: () => string;
  /** Calls to PayBy about one order, one after the other. */
  readonly inTurn: InTurn;
  /** Queries: whoever asks while one is under way, or waits for its turn, gets its result. */
  readonly querying: SingleFlight<OrderRecord | undefined>;
  /** Calls of placeOrder, shared in the same way. */
  readonly placing: SingleFlight<OrderRecord | undefined>;
  /** Calls of the shop's callbacks, one order at a time. */
  readonly telling: SingleFlight<boolean>;
  /** Failures in a row, by operation and order. */
  readonly courses: Courses;
  /** What this process does later. */
  readonly timers: Timers;
  /** Calls of the shop's callbacks that failed. */
  readonly retries: Retries;
  /** Tells the shop how an order stands, soon and outside of any turn. */
  readonly tellSoon: (id: string) => void;
  /** Sees to it that an order PayBy calls expired is over. */
  readonly confirmExpiry: (id: string) => void;
  /** Follows an order whose placeOrder was not answered. */
  readonly follow: (id: string) => void;
  /** Has an order cancelled soon, outside of any turn. What goes wrong is reported. */
  readonly giveUp: (id: string, reason: Reason) => void;
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
 * repeat; called again after it threw or took longer than `callbackTimeout`, until it returned once. A run
 * slower than that may overlap the next one. PayBy hears SUCCESS only once it returned.
 */
export type OnPaid = (order: OrderRecord) => unknown;

/**
 * Hears of an order that ended without a payment (`failed`, `expired`, `cancelled`), at least once. Go by the
 * order's id: another order of its reference may be open, or paid. `onPaid` may follow, when money comes late.
 */
export type OnFailed = (order: OrderRecord) => unknown;

/**
 * Hears of money that went back, at least once for each refund that succeeded. Without a `refund` the
 * whole order was taken back at PayBy, not by this checkout. An order that was refunded before `onPaid`
 * took it is told here alone.
 */
export type OnRefunded = (order: OrderRecord, refund?: RefundRecord) => unknown;

export interface ShopCallbacks {
  readonly onPaid: OnPaid;
  readonly onFailed?: OnFailed | undefined;
  readonly onRefunded?: OnRefunded | undefined;
}

/**
 * Asks PayBy for a deep link into the app (`EWALLET`) where a phone's browser creates the order, in place
 * of a QR code. The link is the order's `appLink`.
 */
export interface EWalletOptions {
  /** Where the app sends the customer afterwards; http(s). */
  redirectUrl: string;
  /** The phone's system, or undefined for what is no phone's browser. By the user agent, when absent. */
  osOf?: (request: Request) => 'IOS' | 'ANDROID' | undefined;
}
