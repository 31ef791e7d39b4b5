import type { Order } from '../protocol.ts';
import type { Answer, Backend } from './backend.ts';
import { callCreateOrder, newIdempotencyKey, requestOrder } from './create-order.ts';
import type { OrderSettings } from './order-ports.ts';
import { hash, type PendingOrder, PendingOrders } from './pending-order.ts';

/**
 * One attempt to get an order: what was asked for, under which key. With a reference it outlives a
 * reload, and every checkout of the tab for the same endpoint, reference and details makes the same.
 */
export class Attempt {
  readonly #tab: PendingOrders;
  #name = '';
  #present: PendingOrder | undefined;

  /** @param storage what outlives a reload; may throw */
  constructor(storage: () => Storage) {
    this.#tab = new PendingOrders(storage);
  }

  /** The order that was answered to it, as last heard of. */
  get order(): Order | undefined {
    return this.#present?.order;
  }

  /** Whether this tab has an attempt under way at what the settings ask for. */
  isPending(settings: OrderSettings): boolean {
    return this.#pending(settings) !== undefined;
  }

  /** Takes up the attempt at what the settings ask for, whoever in this tab began it, or begins one. */
  begin(settings: OrderSettings): void {
    const wish = wishOf(settings);
    const own = this.#present?.wish === wish ? this.#present : undefined;
    this.#present = this.#pending(settings) ?? own ?? { key: newIdempotencyKey(), wish };
    this.#name = nameOf(settings);
    this.#write();
  }

  /** Asks for the order, under the key of the attempt. */
  request(settings: OrderSettings, backend: Backend, signal: AbortSignal): Promise<Answer> {
    const { endpoint, base, reference, details, createOrder } = settings;
    const request = {
      paySceneCode: 'DYNQR' as const,
      ...(reference && { reference }),
      ...(details !== undefined && { details }),
      idempotencyKey: this.#present?.key ?? '',
      signal,
    };
    return createOrder
      ? callCreateOrder(createOrder, request)
      : requestOrder(backend, endpoint, base, request);
  }

  /** Keeps what was heard of its order; the backend's word that it will not be paid ends the attempt. */
  keep(order: Order): void {
    if (!['pending', 'scanned', 'paid'].includes(order.status)) this.end();
    if (this.#present) this.#present.order = order;
    this.#write();
  }

  /** A reload does not take it up any more; a new start on this page does. */
  hide(): void {
    // Another checkout may have begun anew.
    if (this.#present?.key === this.#tab.read(this.#name)?.key) this.#tab.remove(this.#name);
  }

  /** Its order cannot be read: asked for again, it is asked for by the key alone. */
  forget(): void {
    this.hide();
    delete this.#present?.order;
  }

  /** The next request is another attempt. */
  end(): void {
    this.hide();
    this.#present = undefined;
  }

  #pending(settings: OrderSettings): PendingOrder | undefined {
    const name = nameOf(settings);
    const kept = name ? this.#tab.read(name) : undefined;
    return kept?.wish === wishOf(settings) ? kept : undefined;
  }

  #write(): void {
    if (this.#name && this.#present) this.#tab.write(this.#name, this.#present);
  }
}

const nameOf = ({ endpoint, reference }: OrderSettings) =>
  reference ? `payby-checkout:${endpoint} ${reference}` : '';

const wishOf = ({ endpoint, reference, details }: OrderSettings) =>
  hash(asText([endpoint, reference, details]));

/** Compared, never sent: what cannot be written as JSON is refused where it is sent. */
export function asText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return String(value);
  }
}
