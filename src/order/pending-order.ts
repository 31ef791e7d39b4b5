import type { Order } from '../protocol.ts';

/** What outlives a reload of the page: enough to find the same order again. */
export interface PendingOrder {
  /** The idempotency key the order was asked for with. */
  key: string;
  /** A hash of what was asked for: another wish is another order. */
  wish: number;
  /** The order as it was last heard of; absent while none was answered. Only the backend knows its status. */
  order?: Order;
}

/**
 * Where a tab keeps the orders it waits for. Storage that is missing, full or forbidden is no error: then
 * nothing outlives a reload.
 */
export class PendingOrders {
  readonly #storage: () => Storage;

  /** @param storage may throw */
  constructor(storage: () => Storage) {
    this.#storage = storage;
  }

  read(name: string): PendingOrder | undefined {
    try {
      const kept = JSON.parse(this.#storage().getItem(name) ?? '');
      if (typeof kept.key === 'string') return kept;
    } catch {}
    return undefined;
  }

  write(name: string, kept: PendingOrder): void {
    try {
      this.#storage().setItem(name, JSON.stringify(kept));
    } catch {}
  }

  remove(name: string): void {
    try {
      this.#storage().removeItem(name);
    } catch {}
  }
}

/** A short number for a text, the same for the same text (FNV-1a). */
export function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (const letter of text) sum = Math.imul(sum ^ letter.charCodeAt(0), 0x01000193);
  return sum;
}
