/** What a tab remembers of an order that is not over: enough to find the same one after a reload. */
export interface PendingOrder {
  /** The idempotency key of the attempt. */
  key: string;
  /** The order's id, once there is one. */
  id?: string;
  /** What was to be paid, as JSON: another cart is another order. */
  details: string;
}

/** Where it is remembered; in tests a plain object. May be missing or throw: that is no error. */
export type PendingStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Remembers pending orders by endpoint and reference. Without a reference nothing is remembered. */
export class PendingOrders {
  readonly #storage: () => PendingStorage;

  constructor(storage: () => PendingStorage) {
    this.#storage = storage;
  }

  /** The pending order of this cart, unless what is to be paid has changed. */
  find(
    endpoint: string,
    reference: string | undefined,
    details: unknown,
  ): PendingOrder | undefined {
    if (!reference) return undefined;
    try {
      const found = JSON.parse(this.#storage().getItem(nameOf(endpoint, reference)) ?? 'null');
      const isUsable = typeof found?.key === 'string' && found.details === asText(details);
      return isUsable ? found : undefined;
    } catch {
      return undefined;
    }
  }

  remember(
    endpoint: string,
    reference: string | undefined,
    pending: { key: string; id?: string | undefined; details: unknown },
  ): void {
    if (!reference) return;
    try {
      const text = JSON.stringify({ ...pending, details: asText(pending.details) });
      this.#storage().setItem(nameOf(endpoint, reference), text);
    } catch {}
  }

  forget(endpoint: string, reference: string | undefined): void {
    if (!reference) return;
    try {
      this.#storage().removeItem(nameOf(endpoint, reference));
    } catch {}
  }
}

const nameOf = (endpoint: string, reference: string) =>
  `payby-checkout:${JSON.stringify([endpoint, reference])}`;

const asText = (details: unknown): string => JSON.stringify(details) ?? '';
