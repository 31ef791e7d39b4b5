/** Where orders are kept: the port, and what is kept. */
import type { OrderStatus } from '../protocol.ts';

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
  /** The shop's cart or order, as the quote names it. At most one open order has it. */
  readonly reference?: string;
  /** The reference as the page sent it; the quote may have named another. */
  readonly requestedReference?: string;
  /** Unique over all orders. */
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

/** What may change beside the status. Absent fields keep their values. */
export type OrderPatch = { readonly updatedAt: number } & Partial<
  Pick<
    OrderRecord,
    'tokenUrl' | 'tokenUrlAt' | 'orderNo' | 'paidAt' | 'paidAmount' | 'closing' | 'failure'
  >
>;

/**
 * Keeps orders. Every method is atomic on its own, over all processes that share the store; that is
 * all the kit relies on. Records are values: changing one changes nothing in the store.
 */
export interface OrderStore {
  /**
   * Keeps a new record, unless one with its idempotency key exists or an open one has its
   * `reference`; that one is then answered, with `created: false`.
   */
  create(record: OrderRecord): Promise<{ record: OrderRecord; created: boolean }>;

  get(id: string): Promise<OrderRecord | undefined>;

  findByIdempotencyKey(key: string): Promise<OrderRecord | undefined>;

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
