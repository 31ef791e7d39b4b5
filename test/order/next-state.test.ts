import { expect } from '@open-wc/testing';
import { looksSame, nextState, type OrderNews } from '../../src/order/next-state.ts';
import type { OrderState } from '../../src/order/order-state.ts';
import { type Order, type OrderStatus, orderStatuses } from '../../src/protocol.ts';
import { pendingOrder } from '../support/browser/fake-backend.ts';

const reported = (status: OrderStatus, more: Partial<Order> = {}): OrderNews => ({
  type: 'reported',
  order: { ...pendingOrder, status, ...more },
});
const walk = (...news: OrderNews[]) =>
  news.reduce<OrderState>(nextState, { phase: 'creating' }).phase;
const lapsed: OrderNews = { type: 'lapsed' };
const finals = ['paid', 'failed', 'expired', 'cancelled', 'refunded'] as const;

describe('nextState', () => {
  it('goes from creating to awaiting and scanned, and back', () => {
    expect(walk(reported('pending'))).to.equal('awaiting');
    expect(walk(reported('pending'), reported('scanned'))).to.equal('scanned');
    expect(walk(reported('scanned'), reported('pending'))).to.equal('awaiting');
  });

  for (const final of finals) {
    it(`keeps ${final} whatever is reported later`, () => {
      for (const later of orderStatuses) {
        expect(walk(reported('pending'), reported(final), reported(later))).to.equal(final);
      }
      expect(walk(reported('pending'), reported(final), lapsed)).to.equal(final);
    });
  }

  it('takes time being up for expired only while the order is open', () => {
    expect(nextState({ phase: 'idle' }, lapsed).phase).to.equal('idle');
    expect(walk(lapsed)).to.equal('creating');
    expect(walk(reported('scanned'), lapsed)).to.equal('expired');
  });

  it('hears of no order where there is none', () => {
    expect(nextState({ phase: 'idle' }, reported('paid')).phase).to.equal('idle');
  });

  it('ignores another order and an older word about this one', () => {
    const open = reported('scanned', { now: 100 });
    expect(walk(open, reported('paid', { id: 'another' }))).to.equal('scanned');
    expect(walk(open, reported('pending', { now: 99 }))).to.equal('scanned');
    expect(walk(open, reported('paid', { now: 99 }))).to.equal('paid');
  });

  it('keeps what a later word leaves out', () => {
    const state = nextState({ phase: 'creating' }, reported('pending'));
    const next = nextState(state, {
      type: 'reported',
      order: { id: pendingOrder.id, status: 'scanned' },
    });
    expect(next).to.have.nested.property('order.tokenUrl', pendingOrder.tokenUrl);
  });

  it('is the same one when nothing follows', () => {
    const same = (news: OrderNews, ...before: OrderNews[]) => {
      const state = before.reduce<OrderState>(nextState, { phase: 'creating' });
      return nextState(state, news) === state;
    };
    const open = reported('scanned', { now: 100 });
    expect(same(lapsed)).to.equal(true);
    expect(same({ type: 'given-up' }, open)).to.equal(true);
    expect(same({ type: 'given-up' }, open, reported('expired'))).to.equal(true);
    expect(same({ type: 'given-up' }, open, lapsed)).to.equal(false);
    expect(same(reported('pending', { now: 100 }), open)).to.equal(false);
    expect(same(reported('pending', { now: 99 }), open)).to.equal(true);
    expect(same(reported('pending'), reported('scanned'))).to.equal(false);
    expect(same(reported('pending'), open, lapsed)).to.equal(true);
    expect(same(reported('paid'), open, lapsed)).to.equal(false);
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
