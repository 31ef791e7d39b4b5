import { type DecodedOrder, decodeOrder, type Order, ProtocolError } from '../protocol.ts';
import type { Answer } from './backend.ts';
import { CheckoutError } from './checkout-error.ts';
import { allowedUrl } from './token-url.ts';

/**
 * Reads an answer as an order, with the server's time if it told any.
 *
 * @param epoch this device's clock, epoch ms: all there is when the server does not tell the time
 * @throws CheckoutError `order-invalid`, or `order-rejected` for PayBy's own refusal
 */
export function readOrder({ value, now, source }: Answer, epoch: number): DecodedOrder {
  try {
    const { order, ...rest } = decodeOrder(value, now ?? epoch);
    return { order: now === undefined ? order : { now, ...order }, ...rest };
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause;
    const { code, message } = cause;
    const retryable = code === 'order-rejected';
    throw new CheckoutError(code, `${source}: ${message}.`, { cause, retryable });
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
