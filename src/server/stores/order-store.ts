/** Where orders are kept: the port, and what is kept. */
import type { OrderStatus } from '../../protocol.ts';
import type { Wish } from '../orders/wish.ts';

/** Money going back to a customer. */
export interface RefundRecord {
  /** PayBy's `refundMerchantOrderNo`. */
  readonly id: string;
  /** Decimal string, major units of the order's currency. */
  readonly amount: string;
  /** `pending` until PayBy says how it ended. */
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly reason?: string;
  /** The whole order is taken back (revokeOrder) rather than an amount refunded. */
  readonly revoke?: true;
  /** PayBy's own number. */
  readonly orderNo?: string;
  /** PayBy's code for a refusal. */
  readonly failure?: { readonly code: string; readonly message?: string };
  /** Epoch ms. */
  readonly createdAt: number;
  /** Whether `onRefunded` took it, once it succeeded. */
  readonly told: boolean;
}

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
  /** The way into the app for a phone's browser; absent for a QR code, which is PayBy's DYNQR. */
  readonly eWallet?: { readonly osType: 'IOS' | 'ANDROID'; readonly redirectUrl: string };
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
  /** Whom PayBy pays: the merchant, or another the order named. */
  readonly payeeMid?: string;
  /** Who scanned the code, as PayBy masks the number: `+971-58*92`. */
  readonly payer?: { readonly mobileNumberMask: string };
  readonly paidAt?: number;
  /** What the customer paid; a discount can put it below `amount`. */
  readonly paidAmount?: string;
  /** The last status that the shop's callback took: `paid` once `onPaid` returned, and so on. */
  readonly told?: OrderStatus;
  /** Oldest first. */
  readonly refunds?: readonly RefundRecord[];
  /** Set before PayBy is asked to cancel: what a failed order will be called. */
  readonly closing?: 'cancelled' | 'expired';
  /** PayBy's code for a failure, and its words, meant for the shop. */
  readonly failure?: { readonly code: string; readonly message?: string };
}

/** What may change beside the status. Absent fields keep their values. */
export type OrderPatch = { readonly updatedAt: number } & Partial<
  Omit<OrderRecord, 'id' | 'status' | 'reference' | 'idempotencyKey' | 'createdAt' | 'updatedAt'>
>;

/** What came of a `create`. */
export interface CreateResult {
  readonly record: OrderRecord;
  readonly created: boolean;
  /** With a new record: the newest of the paid orders of its reference, if there are any. */
  readonly paidBefore?: OrderRecord;
}

/** What an `update` did; `record === before` says that nothing changed. */
export interface UpdateResult {
  readonly before: OrderRecord;
  readonly record: OrderRecord;
}

/**
 * Keeps orders. Every method is atomic on its own, over all processes that share the store; that is
 * all the kit relies on. Records are values: changing one changes nothing in the store, and what is kept
 * is JSON, so that a field that is `undefined` is absent afterwards. What a promise has resolved to
 * survives the end of the process, unless a store says otherwise. When one rejects because the store
 * cannot be reached, its change may have been made all the same.
 *
 * The rules (which status may follow which, what may be refunded) are the kit's and come in as the
 * `change` of an update; a store knows none of them. Three questions of its indexes are answered by
 * `isOpen`, `awaitsPaid` and `isUnsettled`, pure functions of a record.
 */
export interface OrderStore {
  /**
   * Keeps a new record, and its wish (`requestedReference`, `details`) with its idempotency key.
   *
   * Nothing is kept when its key stands for an order already, or when an order of its `reference` is
   * paid and not yet taken by the shop (`awaitsPaid`), or is open: the first of these is then answered with
   * `created: false`.
   *
   * @throws Error `there is an order "…" in the store already`
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
   * Replaces a record by what `change` makes of it: no other change comes between the record `change`
   * is given and the one it answers. `change` is pure and may be called several times; when it answers
   * the record it was given, nothing is written and nobody is told. What it throws is thrown on, and
   * nothing has changed. It never touches `id`, `reference` or `idempotencyKey`.
   *
   * @throws Error `there is no order "…" in the store`
   */
  update(id: string, change: (record: OrderRecord) => OrderRecord): Promise<UpdateResult>;

  /**
   * Takes the claim `name` for `holder` until `until`, when nobody holds it at `now` (epoch ms; the
   * caller's clock) or `holder` does already.
   *
   * @returns whether `holder` has it
   */
  claim(name: string, holder: string, now: number, until: number): Promise<boolean>;

  /** Gives a claim back, if `holder` has it. */
  release(name: string, holder: string): Promise<void>;

  /**
   * The records that are `isUnsettled`, by ascending id, at most `limit` with ids greater than `after`;
   * fewer than `limit` are the last ones.
   * Pages through all of them while others change them: a record that is unsettled all the time is
   * answered once.
   */
  unsettled(limit: number, after?: string): Promise<OrderRecord[]>;

  /**
   * Calls `listener` with the record after every change of that order, whichever process made it.
   * Changes that follow each other closely may be told as one, and one more than once, but the last is
   * always told. Once resolved, no later change is missed, also over a lost connection to the store.
   * `listener` does not throw. The answer unsubscribes.
   */
  subscribe(id: string, listener: (record: OrderRecord) => void): Promise<() => void>;

  /** Ends what the store itself has opened: connections, timers. */
  close?(): Promise<void>;
}

/** What {@link OrderStore.update} throws for an id nobody knows. */
export const noSuchOrder = (id: string): Error =>
  new Error(`there is no order "${id}" in the store`);

/** What {@link OrderStore.create} throws for an id that an order has under another key. */
export const idTaken = (id: string): Error =>
  new Error(`there is an order "${id}" in the store already`);
