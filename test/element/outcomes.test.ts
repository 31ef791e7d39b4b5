import { expect } from '@open-wc/testing';
import { Outcomes } from '../../src/element/outcomes.ts';
import type { OrderState } from '../../src/order/order-state.ts';
import type { OrderStatus } from '../../src/protocol.ts';
import { json, pendingOrder } from '../support/browser/fake-backend.ts';
import { heard, mount, unmount } from '../support/browser/mount.ts';
import { waitUntil } from '../support/browser/wait-until.ts';

const outcomes = ['payby-paid', 'payby-failed', 'payby-expired', 'payby-cancelled'];

afterEach(unmount);

describe('the outcome of an order', () => {
  it('is told once, however often the page sets the order', async () => {
    const { element, events } = await mount();
    const become = async (status: OrderStatus, id = pendingOrder.id) => {
      element.order = { ...pendingOrder, id, status };
      await waitUntil(() => element.state.phase === status, `never ${status}`);
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
    await waitUntil(() => element.state.phase === 'awaiting', 'no new order');
    const told = events.filter((name) => name !== 'payby-change');
    expect(told).to.deep.equal(['payby-order', 'payby-failed', 'payby-order']);
  });

  it('is told as paid even of an order that was told as expired before', async () => {
    const { element, backend, events } = await mount({ status: 'expired' });
    element.start();
    await heard(element, 'payby-expired');
    backend.create = () => json({ ...pendingOrder, status: 'paid' });
    element.start();
    await heard(element, 'payby-paid');
    expect(events.filter((name) => outcomes.includes(name))).to.deep.equal([
      'payby-expired',
      'payby-paid',
    ]);
  });

  it('of a lapsed order waits until it is known that no more is heard of it', () => {
    const target = new EventTarget();
    const told: string[] = [];
    for (const name of outcomes) target.addEventListener(name, () => told.push(name));
    const teller = new Outcomes(target);
    const tell = (next: OrderState, previous: OrderState) =>
      teller.tell(next, previous, () => true);
    const waiting: OrderState = { phase: 'awaiting', order: pendingOrder };
    const lapsed: OrderState = { phase: 'expired', order: pendingOrder, isLapsed: true };
    const creating: OrderState = { phase: 'creating' };
    const leave = () => {
      tell(lapsed, waiting);
      tell(creating, lapsed);
      expect(told).to.deep.equal([]);
    };

    // The backend answers the same order once more: it goes on.
    leave();
    tell(waiting, creating);
    expect(told).to.deep.equal([]);

    // It answers another: the first one is over.
    leave();
    tell({ phase: 'awaiting', order: { ...pendingOrder, id: 'another' } }, creating);
    expect(told).to.deep.equal(['payby-expired']);
  });
});
