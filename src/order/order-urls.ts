import type { Order } from '../protocol.ts';
import { CheckoutError } from './checkout-error.ts';
import { endpointUrl, isHttp } from './endpoint-url.ts';

/** Where an order is asked for. */
export interface OrderUrls {
  status: URL;
  events: URL;
  cancel: URL;
}

/**
 * The URLs to follow an order by: those it names itself, else those below the endpoint.
 *
 * @throws CheckoutError `configuration` when the order names none and there is no endpoint,
 *   `order-invalid` when it names one that is no http(s) URL
 */
export function orderUrls(order: Order, endpoint: string, base: string): OrderUrls {
  const below = (path: string) => {
    const url = endpointUrl(endpoint, base);
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${encodeURIComponent(order.id)}${path}`;
    return url;
  };
  const named = (value: string, field: string) => {
    try {
      const url = new URL(value, endpoint ? endpointUrl(endpoint, base) : base);
      if (isHttp(url)) return url;
    } catch {}
    throw new CheckoutError('order-invalid', `order.${field}: "${value}" is not an http(s) URL.`);
  };
  return {
    status: order.statusUrl ? named(order.statusUrl, 'statusUrl') : below(''),
    events: order.eventsUrl ? named(order.eventsUrl, 'eventsUrl') : below('/events'),
    cancel: order.cancelUrl ? named(order.cancelUrl, 'cancelUrl') : below('/cancel'),
  };
}
