import { CheckoutError } from './checkout-error.ts';

export const isHttp = (url: URL) => url.protocol === 'https:' || url.protocol === 'http:';

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
