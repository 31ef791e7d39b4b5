import { isFinal } from '../order-status.ts';
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
      ? callCreateOrder(backend, createOrder, request)
      : requestOrder(backend, endpoint, base, request);
  }

  /** Keeps what was heard of its order; the backend's word that it will not be paid ends the attempt. */
  keep(order: Order): void {
    if (isFinal(order.status) && order.status !== 'paid') this.end();
    // The time was only true when it was told, and the payer is nobody else's business.
    if (this.#present) this.#present.order = { ...order, now: undefined, payer: undefined };
    this.#write();
  }

  /** A reload does not take it up any more; a new start on this page does. */
  hide(): void {
    // The first look at the tab's storage takes a slow phone a while. Another checkout may have begun anew.
    const key = this.#present?.key;
    if (key && key === this.#tab.read(this.#name)?.key) this.#tab.remove(this.#name);
  }

  /**
   * It did not get an order that can be shown. An order that is there already may have been paid, whoever
   * is not let in to ask for it; and 409 is what a backend answers that still works on the same key.
   */
  refused(httpStatus: number | undefined): void {
    if (httpStatus === undefined) this.forget();
    else if (httpStatus === 409) this.hide();
    else if (!this.order) this.end();
  }

  /** Its order cannot be read: asked for again, it is asked for by the key alone. */
  forget(): void {
    delete this.#present?.order;
    this.#write();
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

/** The same endpoint however it is spelled; without one, the page. */
function placeOf({ endpoint, base }: OrderSettings): string {
  if (!URL.canParse(endpoint, base)) return endpoint;
  const { href, origin, pathname } = new URL(endpoint, base);
  return endpoint ? href : origin + pathname;
}

const nameOf = (settings: OrderSettings) =>
  settings.reference ? `payby-checkout:${placeOf(settings)} ${settings.reference}` : '';

const wishOf = (settings: OrderSettings) =>
  hash(asText([placeOf(settings), settings.reference, settings.details]));

/** Compared, never sent: the same in whichever order its keys come; what is no JSON is refused where it is sent. */
export function asText(value: unknown): string {
  try {
    // The first finds cycles, which go on for ever in copies.
    return (JSON.stringify(value) && JSON.stringify(value, inOrder)) ?? '';
  } catch {
    return String(value);
  }
}

/** As `JSON.stringify` has it, with the keys of every object in one order. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort());
}
