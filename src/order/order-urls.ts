import type { Order } from '../protocol.ts';
import { CheckoutError } from './checkout-error.ts';

/** Where an order is asked for. */
export interface OrderUrls {
  status: URL;
  events: URL;
  cancel: URL;
}

const isHttp = (url: URL) => url.protocol === 'https:' || url.protocol === 'http:';

/**
 * The merchant's endpoint as a URL, relative to the page.
 *
 * @throws CheckoutError `configuration` when there is none, or it is no http(s) URL
 */
export function endpointUrl(endpoint: string, base: string): URL {
  if (!endpoint) {
    throw new CheckoutError(
      'configuration',
      '<payby-checkout>: endpoint is missing; set endpoint="/your/orders" or the createOrder property.',
    );
  }
  try {
    const url = new URL(endpoint, base);
    if (isHttp(url)) return url;
  } catch {}
  throw new CheckoutError(
    'configuration',
    `<payby-checkout>: endpoint "${endpoint}" is not an http(s) URL; set endpoint to your order URL.`,
  );
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
