import { expect } from '@open-wc/testing';
import { CheckoutError } from '../../src/order/checkout-error.ts';
import { orderUrls } from '../../src/order/order-urls.ts';
import type { Order } from '../../src/protocol.ts';

const urls = (order: Partial<Order>, endpoint = '/api/orders') => {
  const { status, events, cancel } = orderUrls(
    { id: 'a b', status: 'pending', ...order },
    endpoint,
    'https://shop.example/cart',
  );
  return [status.href, events.href, cancel.href];
};

describe('orderUrls', () => {
  it('puts the order below the endpoint, its id encoded', () => {
    expect(urls({})).to.deep.equal([
      'https://shop.example/api/orders/a%20b',
      'https://shop.example/api/orders/a%20b/events',
      'https://shop.example/api/orders/a%20b/cancel',
    ]);
  });

  it('keeps the endpoint’s query and takes its trailing slash', () => {
    const [status] = urls({ id: 'x' }, 'https://api.example/o/?shop=1');
    expect(status).to.equal('https://api.example/o/x?shop=1');
  });

  it('uses the URLs that the order names', () => {
    const named = { statusUrl: '/s', eventsUrl: 'https://shop.example/x?y', cancelUrl: 'c' };
    expect(urls(named)).to.deep.equal([
      'https://shop.example/s',
      'https://shop.example/x?y',
      'https://shop.example/api/c',
    ]);
    expect(urls(named, '')[0]).to.equal('https://shop.example/s');
  });

  it('says what is missing or wrong', () => {
    expect(() => urls({}, '')).to.throw('endpoint is missing');
    expect(() => urls({}, 'ftp://x')).to.throw('"ftp://x" is not an http(s) URL');
    expect(() => urls({ statusUrl: 'javascript:1' })).to.throw('order.statusUrl: "javascript:1"');
  });

  it('says so with an error of the checkout, by its code', () => {
    const thrown = (order: Partial<Order>, endpoint?: string) => {
      try {
        return urls(order, endpoint);
      } catch (error) {
        return error instanceof CheckoutError ? [error.code, error.message] : error;
      }
    };
    const wrong = (field: string, url: string) =>
      `order.${field}: "${url}" is not a URL of https://shop.example; answer one of your endpoint's origin.`;
    for (const field of ['statusUrl', 'eventsUrl', 'cancelUrl']) {
      for (const url of ['http://[', 'https://evil.example/', 'javascript:1']) {
        expect(thrown({ [field]: url })).to.deep.equal(['order-invalid', wrong(field, url)]);
      }
    }
    expect(thrown({}, 'ftp://x')).to.deep.equal([
      'configuration',
      '<payby-checkout>: endpoint "ftp://x" is not an http(s) URL; set endpoint to your order URL.',
    ]);
    expect(thrown({}, 'http://[')).to.have.property('0', 'configuration');
    expect(urls({ id: 'x' }, 'http://shop.example/o')[0]).to.equal('http://shop.example/o/x');
  });

  it('sends nothing to another origin, and believes nothing from there', () => {
    for (const url of ['https://evil.example/s', '//evil.example/s', 'http://shop.example/s']) {
      expect(() => urls({ statusUrl: url })).to.throw(
        `"${url}" is not a URL of https://shop.example`,
      );
    }
  });
});
