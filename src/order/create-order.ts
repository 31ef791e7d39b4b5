import type { CreateRequest } from '../protocol.ts';
import { type Answer, type Backend, callBackend, callPage, within } from './backend.ts';
import { CheckoutError } from './checkout-error.ts';
import { endpointUrl } from './endpoint-url.ts';

/** Creating an order waits longer than other requests: the backend asks PayBy before it answers. In ms. */
const createTimeout = 30_000;

/** What a page's own `createOrder` is given. */
export interface OrderRequest extends CreateRequest {
  /** The same over the retries of one attempt: one key, one order. */
  idempotencyKey: string;
  signal: AbortSignal;
}

/** The page's own way to create an order; it answers what the endpoint would answer. */
export type CreateOrder = (request: OrderRequest) => Promise<unknown>;

/** A key for one attempt to pay: 128 random bits. Works on plain http too. */
export const newIdempotencyKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');

/**
 * Asks the merchant's backend for an order.
 *
 * @throws CheckoutError whatever went wrong, by code
 */
export async function requestOrder(
  backend: Backend,
  endpoint: string,
  base: string,
  { idempotencyKey, signal, ...body }: OrderRequest,
): Promise<Answer> {
  return callBackend(backend, {
    url: endpointUrl(endpoint, base),
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'idempotency-key': idempotencyKey,
    },
    body: encode(body),
    signal,
    timeout: createTimeout,
  });
}

/**
 * Lets the page create the order by itself; what it answers is read like a backend's answer.
 *
 * @throws CheckoutError `configuration` when it is no function, `order-rejected` when it throws,
 *   `timeout` when it does not answer within 30 s
 */
export async function callCreateOrder(
  { clock }: Backend,
  create: CreateOrder,
  request: OrderRequest,
): Promise<Answer> {
  const source = 'createOrder';
  if (typeof create !== 'function') {
    const message = `<payby-checkout>: createOrder is a ${typeof create}, not a function.`;
    throw new CheckoutError('configuration', message);
  }
  const call = { signal: request.signal, timeout: createTimeout };
  return within(clock, source, call, async (signal) => {
    const ask = async () => create({ ...request, signal });
    return { value: await callPage(source, 'order-rejected', ask, signal), source };
  });
}

/** JSON, or a `configuration` error when `details` cannot be written as JSON. */
function encode(body: CreateRequest): string {
  try {
    return JSON.stringify(body);
  } catch (cause) {
    const message = `<payby-checkout>: details cannot be sent as JSON (${String(cause)}).`;
    throw new CheckoutError('configuration', message, { cause });
  }
}
