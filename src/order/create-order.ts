import { type CreateRequest, type DecodedOrder, decodeOrder, type Order } from '../protocol.ts';
import { type Backend, callBackend, toCheckoutError } from './backend.ts';
import { CheckoutError } from './checkout-error.ts';
import { createTimeout } from './delays.ts';
import { endpointUrl } from './order-urls.ts';
import { allowedUrl } from './token-url.ts';

/** What a page's own `createOrder` is given. */
export interface OrderRequest extends CreateRequest {
  /** The same over retries and reloads of one attempt: one key, one order. */
  idempotencyKey: string;
  signal: AbortSignal;
}

/** The page's own way to create an order; it answers what the endpoint would answer. */
export type CreateOrder = (request: OrderRequest) => Promise<unknown>;

/** A key for one attempt to pay: 128 random bits. Works on plain http too. */
export const newIdempotencyKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

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
): Promise<DecodedOrder> {
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

/** Lets the page create the order by itself and reads what it answers like a backend's answer. */
export async function callCreateOrder(
  create: CreateOrder,
  request: OrderRequest,
  epoch: number,
): Promise<DecodedOrder> {
  let answer: unknown;
  try {
    answer = await create(request);
  } catch (cause) {
    if (cause instanceof CheckoutError) throw cause;
    throw new CheckoutError('order-rejected', `createOrder threw: ${String(cause)}`, {
      cause,
      retryable: true,
    });
  }
  return decodeAnswer(answer, epoch, 'createOrder');
}

/** Decodes an order that did not come over the wire, from the page itself. */
export function decodeAnswer(answer: unknown, epoch: number, source: string): DecodedOrder {
  try {
    return decodeOrder(answer, epoch);
  } catch (cause) {
    const { code, retryable } = toCheckoutError(cause, {
      method: 'GET',
      url: new URL('about:blank'),
    });
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new CheckoutError(code, `${source}: ${problem}.`, { cause, retryable });
  }
}

/** An order whose links may be used, and what had to be left out of it. */
export interface AdmittedOrder {
  order: Order;
  problem?: CheckoutError;
}

/**
 * Keeps an order whose tokenUrl leads to an allowed host, as an ASCII URL. An `appLink` that does not
 * is left out and reported.
 *
 * @throws CheckoutError `token-url-blocked`; `order-invalid` for a pending order without tokenUrl
 */
export function admitOrder(
  order: Order,
  hosts: readonly string[],
  isKnown: boolean,
): AdmittedOrder {
  const { tokenUrl, appLink, ...rest } = order;
  const url = tokenUrl === undefined ? undefined : allowedUrl(tokenUrl, hosts);
  if (tokenUrl !== undefined && !url) throw blocked('tokenUrl', tokenUrl, hosts);
  if (!url && !isKnown && order.status === 'pending') {
    throw new CheckoutError(
      'order-invalid',
      'order.tokenUrl: missing, but a pending order needs one; answer the tokenUrl PayBy gave.',
    );
  }
  const link = appLink === undefined ? undefined : allowedUrl(appLink, hosts);
  return {
    order: { ...rest, ...(url && { tokenUrl: url }), ...(link && { appLink: link }) },
    ...(appLink !== undefined && !link && { problem: blocked('appLink', appLink, hosts) }),
  };
}

const blocked = (field: string, value: string, hosts: readonly string[]) =>
  new CheckoutError(
    'token-url-blocked',
    `order.${field}: "${value.slice(0, 100)}" is not an https URL of ${hosts.join(', ')}; add its host to token-hosts if you trust it.`,
  );

/** JSON, or a `configuration` error when `details` cannot be written as JSON. */
function encode(body: CreateRequest): string {
  try {
    return JSON.stringify(body);
  } catch (cause) {
    const message = `<payby-checkout>: details cannot be sent as JSON (${String(cause)}).`;
    throw new CheckoutError('configuration', message, { cause });
  }
}
