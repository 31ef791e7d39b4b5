import { expect } from '@open-wc/testing';
import { settle } from '../support/browser/fake-clock.ts';
import { OrderHarness } from '../support/browser/order-harness.ts';

const missing = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));

describe('a part of the script that cannot be loaded', () => {
  it('before the answer is a network error, and the next try can succeed with the same key', async () => {
    const checkout = new OrderHarness();
    const { loadKnownOrder } = checkout;
    checkout.loadKnownOrder = missing;
    await checkout.start();
    expect(checkout.phase).to.equal('error');
    expect(checkout.errors.map(({ code, retryable }) => [code, retryable])).to.deep.equal([
      ['network', true],
    ]);
    checkout.loadKnownOrder = loadKnownOrder;
    await checkout.start();
    expect(checkout.phase).to.equal('awaiting');
    const keys = checkout.backend.requests.flatMap(({ method, headers }) =>
      method === 'POST' ? [headers.get('idempotency-key')] : [],
    );
    expect(keys[0]).to.equal(keys[1]);
  });

  it('after it loses no status: the order is asked for plainly, until the part comes', async () => {
    const checkout = new OrderHarness();
    const { loadFollowOrder } = checkout;
    checkout.loadFollowOrder = missing;
    await checkout.start();
    expect(checkout.phase).to.equal('awaiting');
    checkout.backend.order = { ...checkout.backend.order, status: 'scanned' };
    await checkout.clock.advance(5000);
    expect(checkout.phase).to.equal('scanned');
    expect(checkout.errors.map(({ code }) => code)).to.deep.equal(['network']);
    checkout.loadFollowOrder = loadFollowOrder;
    await checkout.clock.advance(5000);
    expect(checkout.backend.count('events')).to.equal(1);
  });

  it('and hangs does not keep the payment from the page either', async () => {
    const checkout = new OrderHarness();
    checkout.loadFollowOrder = () => new Promise(() => {});
    await checkout.start();
    checkout.backend.order = { ...checkout.backend.order, status: 'paid' };
    await checkout.clock.advance(5000);
    expect(checkout.phase).to.equal('paid');
  });

  it('and then never comes still shows the payment, and leaves nothing running', async () => {
    const checkout = new OrderHarness();
    checkout.loadFollowOrder = missing;
    await checkout.start();
    await checkout.clock.advance(60_000);
    checkout.backend.order = { ...checkout.backend.order, status: 'paid' };
    await checkout.clock.advance(5000);
    expect(checkout.phase).to.equal('paid');
    await settle();
    expect(checkout.clock.pending).to.equal(0);
    expect(checkout.listeners).to.equal(0);
  });
});
