import { expect } from '@open-wc/testing';
import { bareOrder, plainOrder } from '../../src/order/plain-order.ts';
import { decodeOrder, type Order, orderStatuses } from '../../src/protocol.ts';
import { pendingOrder } from '../support/browser/fake-backend.ts';

const complete: Required<Order> = {
  id: 'M965739182419',
  status: 'pending',
  tokenUrl: pendingOrder.tokenUrl ?? '',
  appLink: 'https://pay.botim.money/open',
  bridge: { appId: '200000000001', token: '7ac14d5d' },
  amount: { amount: 12.34, currency: 'AED' },
  subject: 'Cart 42',
  subjectAr: 'سلة',
  expiresAt: 1795373497821,
  paidAt: 1795373497821,
  now: 1795373197821,
  payer: { mobileNumberMask: '+971-58*92' },
  failure: { code: 'X' },
  statusUrl: '/s',
  eventsUrl: '/e',
  cancelUrl: '/c',
};

/** Values of every kind, to stand in every field. */
const odd = [null, 0, -1, 1e300, '', ' ', '..', 'x', true, [], {}, { amount: '1' }, { code: 5 }];

describe('plainOrder', () => {
  it('reads an order that keeps the contract, field by field, as the schemas do', () => {
    for (const status of orderStatuses) {
      const order = { ...complete, status };
      expect(plainOrder({ ...order, more: 'of the shop’s own' })).to.deep.equal(order);
      expect(decodeOrder(order, 0).order).to.deep.equal(order);
    }
  });

  it('never takes for plain what the schemas read otherwise', () => {
    for (const field of Object.keys(complete)) {
      for (const value of [...odd, ...Object.values(complete)]) {
        const answer = { ...complete, [field]: value };
        const plain = plainOrder(answer);
        if (!plain) continue;
        const { order, leftOut, unknownStatus } = decodeOrder(answer, 0);
        expect([leftOut, unknownStatus], `${field}: ${JSON.stringify(value)}`).to.deep.equal([
          undefined,
          undefined,
        ]);
        expect(plain).to.deep.equal(order);
      }
    }
  });

  it('takes every number and currency that the contract allows, and no other', () => {
    const withAmount = (amount: unknown, currency: unknown = 'AED') =>
      plainOrder({ ...complete, amount: { amount, currency } }) !== undefined;
    expect([0, 0.01, 8.64e15].map((amount) => withAmount(amount))).to.deep.equal([
      true,
      true,
      true,
    ]);
    expect(['AED', 'AEDX', 'xAED', 'aed', 'AE'].map((code) => withAmount(1, code))).to.deep.equal([
      true,
      false,
      false,
      false,
      false,
    ]);
    expect([-0.01, 8.65e15, '1'].map((amount) => withAmount(amount))).to.deep.equal([
      false,
      false,
      false,
    ]);
    expect(plainOrder({ ...complete, bridge: { appId: 'x' } })).to.equal(undefined);
    expect(plainOrder({ ...complete, expiresAt: 0 })).to.have.property('expiresAt', 0);
  });

  it('without the schemas takes what is right of an answer, if it names an order', () => {
    const answer = { ...complete, subject: 5, amount: { amount: '1', currency: 'AED' }, more: 1 };
    const { subject, amount, ...rest } = complete;
    expect(bareOrder(answer)).to.deep.equal(rest);
    for (const value of [null, undefined, 5, 'x', [], {}, { id: 'x' }, { id: 5, status: 'paid' }]) {
      expect(bareOrder(value)).to.equal(undefined);
    }
  });

  it('leaves PayBy’s own JSON and everything unreadable to the schemas', () => {
    const others = [null, 5, 'x', [], {}, { id: 'x' }, { status: 'paid' }, { head: {}, body: {} }];
    for (const value of others) expect(plainOrder(value)).to.equal(undefined);
  });
});
