import { expect } from '@open-wc/testing';
import { json, pendingOrder } from '../support/browser/fake-backend.ts';
import { settle } from '../support/browser/fake-clock.ts';
import { OrderHarness } from '../support/browser/order-harness.ts';

const missing = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));

describe('a part of the script that cannot be loaded', () => {
  it('before the answer is a network error, and the next try can succeed with the same key', async () => {
    const checkout = new OrderHarness();
    const { loadOpenOrder } = checkout;
    checkout.loadOpenOrder = missing;
    await checkout.start();
    expect(checkout.phase).to.equal('error');
    expect(checkout.errors.map(({ code, retryable }) => [code, retryable])).to.deep.equal([
      ['network', true],
    ]);
    checkout.loadOpenOrder = loadOpenOrder;
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

  it('and explains odd answers hides no payment that an answer plainly tells', async () => {
    const odd = { ...pendingOrder, status: 'paid', payer: 'x' };
    for (const loadDecoder of [missing, () => new Promise<never>(() => {})]) {
      const checkout = new OrderHarness({}, { updates: 'poll' });
      checkout.loadDecoder = loadDecoder;
      await checkout.start();
      checkout.backend.status = () => json(odd);
      await checkout.clock.advance(15_000);
      expect(checkout.phase).to.equal('paid');
      expect(checkout.clock.pending).to.equal(0);
    }
  });

  it('and never comes is an error where nothing else can be read', async () => {
    const checkout = new OrderHarness();
    checkout.loadDecoder = () => new Promise(() => {});
    checkout.backend.create = () => json({ acquireOrder: {} });
    await checkout.start();
    await checkout.clock.advance(10_000);
    expect(checkout.errors.map(({ code, retryable }) => [code, retryable])).to.deep.equal([
      ['network', true],
    ]);
  });

  it('makes a retry show the order that was given, and create none', async () => {
    const checkout = new OrderHarness();
    const { loadOpenOrder } = checkout;
    checkout.loadOpenOrder = missing;
    checkout.controller.adopt({ ...pendingOrder, id: 'GIVEN' });
    await settle();
    checkout.loadOpenOrder = loadOpenOrder;
    await checkout.start();
    expect(checkout.order?.id).to.equal('GIVEN');
    expect(checkout.backend.count('create')).to.equal(0);
  });
});
