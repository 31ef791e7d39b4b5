import { expect, waitUntil } from '@open-wc/testing';
import type { OrderStatus } from '../../src/protocol.ts';
import { pendingOrder } from '../support/browser/fake-backend.ts';
import { mount, unmount } from '../support/browser/mount.ts';

const outcomes = ['payby-paid', 'payby-failed', 'payby-expired', 'payby-cancelled'];

afterEach(unmount);

describe('the outcome of an order', () => {
  it('is told once, however often the page sets the order', async () => {
    const { element, events } = await mount();
    const become = async (status: OrderStatus, id = pendingOrder.id) => {
      element.order = { ...pendingOrder, id, status };
      await waitUntil(() => element.state.phase === status, `never ${status}`, { timeout: 5000 });
    };
    await become('paid');
    await become('paid');
    element.reset();
    await become('paid');
    expect(events.filter((name) => outcomes.includes(name))).to.deep.equal(['payby-paid']);
    element.reset();
    await become('failed', 'another');
    expect(events.filter((name) => outcomes.includes(name))).to.deep.equal([
      'payby-paid',
      'payby-failed',
    ]);
  });

  it('is told before anybody can have asked for another order', async () => {
    const { element, events } = await mount();
    element.addEventListener('payby-failed', () => element.start(), { once: true });
    element.order = { ...pendingOrder, status: 'failed' };
    await waitUntil(() => element.state.phase === 'awaiting', 'no new order', { timeout: 5000 });
    const told = events.filter((name) => name !== 'payby-change');
    expect(told).to.deep.equal(['payby-order', 'payby-failed', 'payby-order']);
  });
});
