import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import {
  type AcquireOrder,
  acquireOrderSchema,
  createRequestSchema,
  decodeOrder,
  isFinal,
  orderSchema,
  orderStatuses,
  ProtocolError,
  parse,
  paybyHeadSchema,
  statusOf,
} from '../src/protocol.ts';

const folder = new URL('./support/samples/', import.meta.url);
const sample = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const now = Date.UTC(2026, 10, 22, 10);

const acquireOrder: AcquireOrder = {
  merchantOrderNo: 'M1',
  status: 'CREATED',
  totalAmount: { amount: 12.34, currency: 'AED' },
};

const protocolError = (code: string, path: string, paybyCode?: string) => (error: unknown) => {
  assert.ok(error instanceof ProtocolError, String(error));
  assert.deepEqual([error.code, error.path, error.paybyCode], [code, path, paybyCode]);
  assert.ok(error.message.startsWith(`${path}: `), error.message);
  return true;
};

describe('PayBy’s samples', () => {
  for (const name of readdirSync(folder)) {
    const { head, body, acquireOrder: notified } = sample(name);
    const order = body?.acquireOrder ?? notified;
    if (head) it(`${name}: its head parses`, () => void parse(paybyHeadSchema, head, 'head'));
    if (order) {
      it(`${name}: its order parses, and no field is lost`, () => {
        assert.deepEqual(parse(acquireOrderSchema, order, 'acquireOrder'), order);
      });
    }
  }

  it('may say null where they could say nothing', () => {
    const order = { ...acquireOrder, failDes: null, paymentInfo: { paidTime: null } };
    const parsed = parse(acquireOrderSchema, order, 'acquireOrder');
    assert.equal(parsed.failDes, undefined);
    assert.equal(parsed.paymentInfo?.paidTime, undefined);
    assert.equal(statusOf({ ...parsed, status: 'PAID_SUCCESS' }, now), 'paid');
    const missing = { ...order, totalAmount: null };
    assert.throws(
      () => parse(acquireOrderSchema, missing, 'acquireOrder'),
      protocolError('order-invalid', 'acquireOrder.totalAmount'),
    );
  });

  it('may say of a reversal true instead of "true"', () => {
    const order = { ...acquireOrder, status: 'PAID_SUCCESS', revoked: true };
    assert.equal(decodeOrder({ acquireOrder: order }, now).order.status, 'refunded');
  });

  it('decode to the contract’s orders', () => {
    const { order } = decodeOrder(sample('dynqr-order.response.json'), 1765054600318);
    assert.deepEqual(order, {
      id: 'a3a6d66f-ccfe-442e-a981-2e7b2170dee4',
      status: 'pending',
      amount: { amount: 1.01, currency: 'AED' },
      tokenUrl:
        'https://qr.payby.com?BIZ_TYPE=202&ft=7ac14d5d372a459fbe948e83fcaae0cb&t=1765054600668',
      subject: 'Your subject',
      expiresAt: 1765061800318,
    });
    const statuses = [
      ['paid-order.response.json', 'paid'],
      ['payment.notification.json', 'paid'],
      ['revoke-order.response.json', 'refunded'],
      ['cancel-order.response.json', 'expired'],
    ] as const;
    for (const [name, status] of statuses) {
      assert.equal(decodeOrder(sample(name), now).order.status, status, name);
    }
    const cancelled = sample('cancel-order.response.json');
    assert.equal(decodeOrder(cancelled, 1581422748669).order.status, 'failed');
  });
});

describe('pass-through', () => {
  const forms: [string, (wrapper: string) => unknown][] = [
    [
      'PayBy’s whole answer',
      (wrapper) => ({
        head: { applyStatus: 'SUCCESS', code: '0' },
        body: { acquireOrder, [wrapper]: { tokenUrl: 'https://qr.payby.com?ft=1' } },
      }),
    ],
    [
      'its body in a wrapper without a head',
      (wrapper) => ({
        body: { acquireOrder, [wrapper]: { tokenUrl: 'https://qr.payby.com?ft=1' } },
      }),
    ],
    [
      'its body alone',
      (wrapper) => ({ acquireOrder, [wrapper]: { tokenUrl: 'https://qr.payby.com?ft=1' } }),
    ],
  ];
  for (const [name, form] of forms) {
    for (const wrapper of ['interActionParams', 'interactionParams']) {
      it(`takes ${name}, with ${wrapper}`, () => {
        const { order, unknownStatus } = decodeOrder(form(wrapper), now);
        assert.equal(unknownStatus, undefined);
        assert.deepEqual(order, {
          id: 'M1',
          status: 'pending',
          amount: { amount: 12.34, currency: 'AED' },
          tokenUrl: 'https://qr.payby.com?ft=1',
        });
      });
    }
  }

  it('takes the contract’s own order, and drops what is not in it', () => {
    const order = { id: 'o1', status: 'scanned', payer: { mobileNumberMask: '+971-58*92' } };
    assert.deepEqual(decodeOrder({ ...order, secret: 1 }, now), { order });
  });

  it('says why PayBy failed an order', () => {
    const failed = { ...acquireOrder, status: 'FAILURE', failCode: 'RISK', failDes: 'Refused' };
    const { order } = decodeOrder({ acquireOrder: failed }, now);
    assert.equal(order.status, 'failed');
    assert.deepEqual(order.failure, { code: 'RISK', message: 'Refused' });
  });

  it('tells all of an order that the contract has a place for', () => {
    const { order } = decodeOrder(
      {
        acquireOrder: {
          ...acquireOrder,
          status: 'SETTLED',
          subject: 'Cart 42',
          subjectAr: 'سلة ٤٢',
          expiredTime: now + 1,
          paymentInfo: { paidTime: now - 1, paidAmount: { amount: 10, currency: 'AED' } },
        },
        interActionParams: { tokenUrl: 'https://qr.payby.com?ft=1' },
      },
      now,
    );
    assert.deepEqual(order, {
      id: 'M1',
      status: 'paid',
      amount: { amount: 12.34, currency: 'AED' },
      subject: 'Cart 42',
      subjectAr: 'سلة ٤٢',
      expiresAt: now + 1,
      paidAt: now - 1,
    });
    const { order: odd, unknownStatus } = decodeOrder(
      {
        acquireOrder: { ...acquireOrder, status: 'HELD', paymentInfo: {}, failDes: 'no code' },
        interActionParams: { tokenUrl: 'https://qr.payby.com?ft=1' },
      },
      now,
    );
    assert.equal(unknownStatus, 'HELD');
    assert.deepEqual(odd, {
      id: 'M1',
      status: 'pending',
      amount: { amount: 12.34, currency: 'AED' },
      tokenUrl: 'https://qr.payby.com?ft=1',
    });
  });

  it('says what PayBy refused, in PayBy’s words', () => {
    const said = (head: object) => {
      try {
        decodeOrder({ head }, now);
      } catch (error) {
        return error instanceof ProtocolError ? [error.name, error.message] : error;
      }
    };
    assert.deepEqual(said({ applyStatus: 'FAIL', code: '62016', msg: 'EXISTS' }), [
      'ProtocolError',
      'head: PayBy answered FAIL 62016 EXISTS',
    ]);
    assert.deepEqual(said({ applyStatus: 'FAIL', code: '0' }), [
      'ProtocolError',
      'head: PayBy answered FAIL 0',
    ]);
  });

  it('turns a refusal of PayBy’s into an error with its code', () => {
    const head = { applyStatus: 'FAIL', code: '62016', msg: 'MERCHANT_ORDER_NO_EXIST' };
    assert.throws(
      () => decodeOrder({ head }, now),
      protocolError('order-rejected', 'head', '62016'),
    );
    const half = { head: { applyStatus: 'SUCCESS', code: '500' }, body: { acquireOrder } };
    assert.throws(() => decodeOrder(half, now), protocolError('order-rejected', 'head', '500'));
  });
});

describe('statuses', () => {
  it('map as PayBy documents them', () => {
    const map: [Partial<AcquireOrder>, string | undefined][] = [
      [{ status: 'CREATED' }, 'pending'],
      [{ status: 'PAID_SUCCESS' }, 'paid'],
      [{ status: 'SETTLED' }, 'paid'],
      [{ status: 'SETTLED_SUCCESS' }, 'paid'],
      [{ status: 'FAILURE' }, 'failed'],
      [{ status: 'FAILURE', expiredTime: now + 1 }, 'failed'],
      [{ status: 'FAILURE', expiredTime: now }, 'expired'],
      [{ status: 'FAILURE', revoked: 'true', paymentInfo: {} }, 'refunded'],
      [{ status: 'SETTLED', revoked: 'true', paymentInfo: {} }, 'refunded'],
      [{ status: 'FAILURE', revoked: 'true' }, 'cancelled'],
      [{ status: 'PAID_SUCCESS', revoked: 'true' }, 'refunded'],
      [{ status: 'SETTLED', revoked: 'true' }, 'refunded'],
      [{ status: 'CREATED', revoked: 'false' }, 'pending'],
      [{ status: 'AUTHORIZATION' }, undefined],
      [{ status: 'VOID' }, undefined],
      [{ status: 'UNPAID_SUCCESS' }, undefined],
      [{ status: 'NOT_SETTLED' }, undefined],
      [{ status: 'PAID_SUCCESS_REVERSED' }, undefined],
      [{ status: 'CREATED', expiredTime: now - 1 }, 'pending'],
      [{ status: 'CREATED', revoked: 'TRUE' }, 'pending'],
    ];
    for (const [change, status] of map) {
      assert.equal(statusOf({ ...acquireOrder, ...change }, now), status, JSON.stringify(change));
    }
  });

  it('that nobody knows are never paid: they wait, and say so', () => {
    for (const status of [
      'PAID',
      'paid',
      'SUCCESS',
      'PAID_SUCCESS ',
      'SETTLED_FAILED',
      'constructor',
    ]) {
      const payby = decodeOrder({ acquireOrder: { ...acquireOrder, status } }, now);
      assert.deepEqual([payby.order.status, payby.unknownStatus], ['pending', status]);
    }
    for (const status of ['PAID', 'succeeded', 'Paid', 'PAID_SUCCESS', 'toString']) {
      const own = decodeOrder({ id: 'o1', status }, now);
      assert.deepEqual([own.order.status, own.unknownStatus], ['pending', status]);
    }
  });

  it('are final unless the customer still has to do something', () => {
    assert.deepEqual(orderStatuses.filter(isFinal), [
      'paid',
      'failed',
      'expired',
      'cancelled',
      'refunded',
    ]);
  });
});

describe('errors', () => {
  const bad: [unknown, string][] = [
    [null, 'order'],
    ['paid', 'order'],
    [[], 'order'],
    [{}, 'order.id'],
    [{ status: 'paid' }, 'order.id'],
    [{ id: '', status: 'paid' }, 'order.id'],
    [{ id: 'o1' }, 'order.status'],
    [{ id: 'o1', status: 1 }, 'order.status'],
    [{ acquireOrder: 1 }, 'acquireOrder'],
    [{ acquireOrder: { ...acquireOrder, merchantOrderNo: 1 } }, 'acquireOrder.merchantOrderNo'],
    [{ acquireOrder: { ...acquireOrder, status: undefined } }, 'acquireOrder.status'],
    [
      { acquireOrder: { ...acquireOrder, totalAmount: { amount: 1 } } },
      'acquireOrder.totalAmount.currency',
    ],
    [{ acquireOrder, interActionParams: { tokenUrl: 1 } }, 'interActionParams.tokenUrl'],
    [{ head: { code: '0' } }, 'head.applyStatus'],
    [{ head: { applyStatus: 'SUCCESS', code: '0' } }, 'acquireOrder'],
  ];
  for (const [value, path] of bad) {
    it(`name ${path} for ${JSON.stringify(value)}`, () => {
      assert.throws(() => decodeOrder(value, now), protocolError('order-invalid', path));
    });
  }

  const decorative: [object, string][] = [
    [{ amount: { amount: '12.34', currency: 'AED' } }, 'order.amount.amount'],
    [{ amount: { amount: -1, currency: 'AED' } }, 'order.amount.amount'],
    [{ amount: { amount: 1, currency: 'dirham' } }, 'order.amount.currency'],
    [{ amount: { amount: 1, currency: 'AEDX' } }, 'order.amount.currency'],
    [{ amount: { amount: 1, currency: 'xAED' } }, 'order.amount.currency'],
    [{ expiresAt: '2026-11-22' }, 'order.expiresAt'],
    [{ paidAt: 1.76e18 }, 'order.paidAt'],
    [{ subject: '' }, 'order.subject'],
    [{ tokenUrl: 5 }, 'order.tokenUrl'],
    [{ bridge: { appId: '2000' } }, 'order.bridge.token'],
    [{ failure: { message: 'no' } }, 'order.failure.code'],
  ];
  for (const [field, path] of decorative) {
    it(`name ${path} in ${JSON.stringify(field)}, leave it out, and hide no payment`, () => {
      const paid = { id: 'o1', status: 'paid' } as const;
      const decoded = decodeOrder({ ...paid, ...field }, now);
      assert.deepEqual(decoded.order, paid);
      assert.deepEqual(
        decoded.leftOut?.map((error) => error.path),
        [path],
      );
    });
  }

  it('are not made of null, and several fields may be left out', () => {
    const value = { id: 'o1', status: 'paid', subject: null, tokenUrl: null, now: 'x', paidAt: {} };
    const { order: read, leftOut } = decodeOrder(value, now);
    assert.deepEqual(read, { id: 'o1', status: 'paid' });
    assert.deepEqual(leftOut?.map(({ path }) => path).sort(), ['order.now', 'order.paidAt']);
  });

  it('of a link hide no payment in PayBy’s own JSON', () => {
    const paid = { ...acquireOrder, status: 'PAID_SUCCESS' };
    for (const interActionParams of [null, 5, { tokenUrl: 1 }, { tokenUrl: null }]) {
      const { order: read } = decodeOrder({ acquireOrder: paid, interActionParams }, now);
      assert.equal(read.status, 'paid');
    }
  });

  it('say what was expected and what came', () => {
    const said = (schema: v.GenericSchema, value: unknown, name = 'x') => {
      try {
        return parse(schema, value, name);
      } catch (error) {
        return error instanceof ProtocolError ? error.message : error;
      }
    };
    const long = 'y'.repeat(100);
    assert.equal(said(v.number(), long), `x: expected number, got "${long.slice(0, 79)}`);
    const check = v.check<string, string>(() => false, 'no good');
    assert.equal(said(v.pipe(v.string(), check), long), `x: no good, got "${long.slice(0, 79)}`);
    assert.equal(
      said(v.object({ a: v.number() }), { a: null }, ''),
      'a: expected number, got null',
    );
    assert.match(String(said(orderSchema, { id: 'o1', status: 1 })), /^x\.status: .*, got 1$/);
    assert.throws(() => parse(orderSchema, { id: 'o1', status: 'gone' }, 'order'), {
      message: /^order\.status: expected \(?"pending" \| .*, got "gone"$/,
    });
  });

  it('refuse a create request for another scene, and a price is not even read', () => {
    assert.throws(
      () => parse(createRequestSchema, { paySceneCode: 'JSAPI' }, 'request'),
      protocolError('order-invalid', 'request.paySceneCode'),
    );
    const priced = { paySceneCode: 'DYNQR', reference: '42', amount: '0.01' };
    assert.deepEqual(parse(createRequestSchema, priced, 'request'), {
      paySceneCode: 'DYNQR',
      reference: '42',
    });
  });
});

describe('on a page that has put a fallback on all objects', () => {
  for (const status of ['paid', 'PAID_SUCCESS']) {
    it(`an order without a status is not ${status}`, () => {
      Object.defineProperty(Object.prototype, 'fallback', { value: status, configurable: true });
      try {
        assert.throws(() => decodeOrder({ id: 'M1' }, now), ProtocolError);
        const { status: _, ...rest } = acquireOrder;
        assert.throws(() => decodeOrder({ acquireOrder: rest }, now), ProtocolError);
        assert.throws(() => parse(paybyHeadSchema, {}, 'head'), ProtocolError);
      } finally {
        Reflect.deleteProperty(Object.prototype, 'fallback');
      }
    });
  }
});
