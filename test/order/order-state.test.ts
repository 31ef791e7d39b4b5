import { expect } from '@open-wc/testing';
import { CheckoutError } from '../../src/order/checkout-error.ts';
import {
  looksSame,
  nextState,
  type OrderEvent,
  type OrderState,
} from '../../src/order/order-state.ts';
import { type Order, type OrderStatus, orderStatuses } from '../../src/protocol.ts';
import { pendingOrder } from '../support/browser/fake-backend.ts';

const reported = (status: OrderStatus, more: Partial<Order> = {}): OrderEvent => ({
  type: 'reported',
  order: { ...pendingOrder, status, ...more },
});
const walk = (...events: OrderEvent[]) =>
  events.reduce<OrderState>(nextState, { phase: 'idle' }).phase;
const started: OrderEvent = { type: 'started' };
const lapsed: OrderEvent = { type: 'lapsed' };
const broke: OrderEvent = { type: 'broke', error: new CheckoutError('network', 'no') };
const finals = ['paid', 'failed', 'expired', 'cancelled', 'refunded'] as const;

describe('nextState', () => {
  it('goes from idle through creating to awaiting and scanned, and back', () => {
    expect(walk(started)).to.equal('creating');
    expect(walk(started, reported('pending'))).to.equal('awaiting');
    expect(walk(started, reported('pending'), reported('scanned'))).to.equal('scanned');
    expect(walk(started, reported('scanned'), reported('pending'))).to.equal('awaiting');
  });

  for (const final of finals) {
    it(`keeps ${final} whatever is reported later`, () => {
      for (const later of orderStatuses) {
        expect(walk(started, reported('pending'), reported(final), reported(later))).to.equal(
          final,
        );
      }
      expect(walk(started, reported('pending'), reported(final), lapsed, broke)).to.equal(final);
    });
  }

  it('does not start beside an order that is open or paid', () => {
    expect(walk(started, reported('pending'), started)).to.equal('awaiting');
    expect(walk(started, reported('paid'), started)).to.equal('paid');
    expect(walk(started, reported('refunded'), started)).to.equal('refunded');
  });

  it('starts anew after an unpaid end or an error', () => {
    for (const end of ['failed', 'expired', 'cancelled'] as const) {
      expect(walk(started, reported(end), started)).to.equal('creating');
    }
    expect(walk(started, broke)).to.equal('error');
    expect(walk(started, broke, started)).to.equal('creating');
  });

  it('takes time being up for expired only while the order is open', () => {
    expect(walk(lapsed)).to.equal('idle');
    expect(walk(started, lapsed)).to.equal('creating');
    expect(walk(started, reported('scanned'), lapsed)).to.equal('expired');
  });

  it('breaks only while the order is created: later failures are survived', () => {
    expect(walk(started, reported('pending'), broke)).to.equal('awaiting');
  });

  it('ignores another order and an older word about this one', () => {
    const open = [started, reported('scanned', { now: 100 })];
    expect(walk(...open, reported('paid', { id: 'another' }))).to.equal('scanned');
    expect(walk(...open, reported('pending', { now: 99 }))).to.equal('scanned');
    expect(walk(...open, reported('paid', { now: 99 }))).to.equal('paid');
  });

  it('keeps what a later word leaves out', () => {
    const state = [started, reported('pending')].reduce(nextState, { phase: 'idle' });
    const next = nextState(state, {
      type: 'reported',
      order: { id: pendingOrder.id, status: 'scanned' },
    });
    expect(next).to.have.nested.property('order.tokenUrl', pendingOrder.tokenUrl);
  });

  it('is the same one when nothing follows', () => {
    const same = (event: OrderEvent, ...before: OrderEvent[]) => {
      const state = before.reduce<OrderState>(nextState, { phase: 'idle' });
      return nextState(state, event) === state;
    };
    const open = [started, reported('scanned', { now: 100 })];
    expect(same({ type: 'reset' })).to.equal(true);
    expect(same(lapsed)).to.equal(true);
    expect(same({ type: 'given-up' }, ...open)).to.equal(true);
    expect(same({ type: 'given-up' }, ...open, reported('expired'))).to.equal(true);
    expect(same({ type: 'given-up' }, ...open, lapsed)).to.equal(false);
    expect(same(reported('pending', { now: 100 }), ...open)).to.equal(false);
    expect(same(reported('pending', { now: 99 }), ...open)).to.equal(true);
    expect(same(reported('pending'), started, reported('scanned'))).to.equal(false);
    expect(same(reported('pending'), ...open, lapsed)).to.equal(true);
    expect(same(reported('paid'), ...open, lapsed)).to.equal(false);
  });

  it('resets from anywhere', () => {
    expect(walk(started, reported('paid'), { type: 'reset' })).to.equal('idle');
  });
});

describe('looksSame', () => {
  it('does not count the time of the answer', () => {
    const at = (now: number): OrderState => ({
      phase: 'awaiting',
      order: { ...pendingOrder, now },
    });
    expect(looksSame(at(1), at(2))).to.equal(true);
    expect(looksSame(at(1), { phase: 'scanned', order: pendingOrder })).to.equal(false);
    const other = { ...pendingOrder, subject: 'Cart 43' };
    expect(looksSame(at(1), { phase: 'awaiting', order: other })).to.equal(false);
    expect(looksSame({ phase: 'idle' }, { phase: 'creating' })).to.equal(false);
  });
});
