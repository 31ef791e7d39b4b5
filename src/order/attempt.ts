import type { Answer, Backend } from './backend.ts';
import { callCreateOrder, newIdempotencyKey, requestOrder } from './create-order.ts';
import type { OrderSettings } from './order-ports.ts';

/** One attempt to get an order: what was asked for, under which key. */
export class Attempt {
  #wish = '';
  #key = '';

  /** Asks for the order, under the same key as before if the same is asked for. */
  request(settings: OrderSettings, backend: Backend, signal: AbortSignal): Promise<Answer> {
    const { endpoint, base, reference, details, createOrder } = settings;
    const wish = asText([endpoint, reference, details]);
    if (wish !== this.#wish || !this.#key) this.#key = newIdempotencyKey();
    this.#wish = wish;
    const request = {
      paySceneCode: 'DYNQR' as const,
      ...(reference && { reference }),
      ...(details !== undefined && { details }),
      idempotencyKey: this.#key,
      signal,
    };
    return createOrder
      ? callCreateOrder(createOrder, request)
      : requestOrder(backend, endpoint, base, request);
  }

  /** The next request is another attempt. */
  end(): void {
    this.#key = '';
  }
}

/** Compared, never sent: what cannot be written as JSON is refused where it is sent. */
export function asText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return String(value);
  }
}
