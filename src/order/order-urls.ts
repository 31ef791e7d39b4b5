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
 *   `order-invalid` when it names one of another origin
 */
export function orderUrls(order: Order, endpoint: string, base: string): OrderUrls {
  const below = (path: string) => {
    const url = endpointUrl(endpoint, base);
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${encodeURIComponent(order.id)}${path}`;
    return url;
  };
  const home = endpoint ? endpointUrl(endpoint, base) : new URL(base);
  // The page's own headers go there, and what comes back is believed: no other origin's business.
  const named = (value: string, field: string) => {
    if (URL.canParse(value, home)) {
      const url = new URL(value, home);
      if (url.origin === home.origin && isHttp(url)) return url;
    }
    throw new CheckoutError(
      'order-invalid',
      `order.${field}: "${value}" is not a URL of ${home.origin}; answer one of your endpoint's origin.`,
    );
  };
  return {
    status: order.statusUrl ? named(order.statusUrl, 'statusUrl') : below(''),
    events: order.eventsUrl ? named(order.eventsUrl, 'eventsUrl') : below('/events'),
    cancel: order.cancelUrl ? named(order.cancelUrl, 'cancelUrl') : below('/cancel'),
  };
}
