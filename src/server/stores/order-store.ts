/** Where orders are kept: the port, and what is kept. */
import type { OrderStatus } from '../../protocol.ts';
import type { Wish } from '../orders/wish.ts';

/** An order as the shop's side keeps it. */
export interface OrderRecord {
  /** Unguessable; also PayBy's `merchantOrderNo`. */
  readonly id: string;
  readonly status: OrderStatus;
  /** What was asked for: a decimal string with two decimals, major units. */
  readonly amount: string;
  readonly currency: string;
  readonly subject: string;
  readonly subjectAr?: string;
  /** The shop's cart or order, as the quote names it. At most one order to be paid has it. */
  readonly reference?: string;
  /** The reference as the page sent it; the quote may have named another. */
  readonly requestedReference?: string;
  /** The first key that stood for the order; further ones may be bound to it. */
  readonly idempotencyKey: string;
  /** What the page sent along, any JSON. */
  readonly details?: unknown;
  /** Kept, because a repeated placeOrder must say the same as the first. */
  readonly notifyUrl: string;
  /** When the order can no longer be paid, epoch ms. So are all times below. */
  readonly expiresAt: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** What the QR code says. Absent until PayBy has answered placeOrder. */
  readonly tokenUrl?: string;
  readonly tokenUrlAt?: number;
  /** When PayBy last gave no fresh tokenUrl in place of one that lapses. */
  readonly renewalFailedAt?: number;
  /** PayBy's own number. */
  readonly orderNo?: string;
  readonly paidAt?: number;
  /** What the customer paid; a discount can put it below `amount`. */
  readonly paidAmount?: string;
  /** Whether `onPaid` took the payment. */
  readonly fulfilled: boolean;
  /** Set before PayBy is asked to cancel: what a failed order will be called. */
  readonly closing?: 'cancelled' | 'expired';
  /** PayBy's code for a failure, and its words, meant for the shop. */
  readonly failure?: { readonly code: string; readonly message?: string };
  readonly lastQueriedAt?: number;
}

/** What came of a `create`. */
export interface CreateResult {
  readonly record: OrderRecord;
  readonly created: boolean;
  /** With a new record: the newest of the paid orders of its reference, if there are any. */
  readonly paidBefore?: OrderRecord;
}

/** What may change beside the status. Absent fields keep their values. */
export type OrderPatch = { readonly updatedAt: number } & Partial<
  Pick<
    OrderRecord,
    | 'tokenUrl'
    | 'tokenUrlAt'
    | 'renewalFailedAt'
    | 'orderNo'
    | 'paidAt'
    | 'paidAmount'
    | 'closing'
    | 'failure'
  >
>;

/**
 * Keeps orders. Every method is atomic on its own, over all processes that share the store; that is
 * all the kit relies on. Records are values: changing one changes nothing in the store.
 */
export interface OrderStore {
  /**
   * Keeps a new record, and its wish (`requestedReference`, `details`) with its idempotency key.
   *
   * Nothing is kept when its key stands for an order already, or when an order of its `reference` is
   * paid and not `fulfilled`, or is open: the first of these is then answered with `created: false`.
   */
  create(record: OrderRecord): Promise<CreateResult>;

  get(id: string): Promise<OrderRecord | undefined>;

  /** The order a key stands for, and what was wished under it. */
  findByIdempotencyKey(key: string): Promise<{ record: OrderRecord; wish: Wish } | undefined>;

  /**
   * Makes a key stand for the order `id` from now on, unless it stands for one already.
   *
   * @returns the id of the order the key stands for
   */
  bindKey(key: string, id: string, wish: Wish): Promise<string>;

  /** The open order of a reference. */
  findOpen(reference: string): Promise<OrderRecord | undefined>;

  /**
   * Moves an order to another status and patches it, both or nothing: nothing when `canFollow` forbids
   * the move. The record answered is the present one either way; `from` is the status it had before.
   *
   * @throws when there is no such order
   */
  transition(
    id: string,
    to: OrderStatus,
    patch: OrderPatch,
  ): Promise<{ record: OrderRecord; from: OrderStatus; changed: boolean }>;

  /** Changes fields and leaves the status alone. @throws when there is no such order */
  patch(id: string, patch: OrderPatch): Promise<OrderRecord>;

  /** Notes that `onPaid` took the payment. @throws when there is no such order */
  markFulfilled(id: string, at: number): Promise<OrderRecord>;

  /**
   * The right to query PayBy about an order: true, and `lastQueriedAt` is set to `at`, when the last
   * query was not after `notAfter` (both epoch ms). Not reported to subscribers.
   */
  claimQuery(id: string, at: number, notAfter: number): Promise<boolean>;

  /**
   * Calls `listener` with the record after every change of that order, whichever process made it.
   * Once resolved, no later change is missed. The answer unsubscribes.
   */
  subscribe(id: string, listener: (record: OrderRecord) => void): Promise<() => void>;
}
