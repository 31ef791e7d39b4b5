import { expect } from '@open-wc/testing';
import type { OrderRequest } from '../../src/order/create-order.ts';
import { answer, json, pendingOrder, problem, silence } from '../support/browser/fake-backend.ts';
import { settle } from '../support/browser/fake-clock.ts';
import { OrderHarness } from '../support/browser/order-harness.ts';

describe('creating an order', () => {
  it('asks the endpoint with an idempotency key and no price', async () => {
    const checkout = new OrderHarness({}, { details: { gift: true } });
    await checkout.start();
    const [request] = checkout.backend.requests;
    expect(request?.method).to.equal('POST');
    expect(request?.url.href).to.equal('https://shop.example/api/payby/orders');
    expect(request?.headers.get('idempotency-key')).to.match(/^\d{1,10}(-\d{1,10}){3}$/);
    expect(request?.headers.get('content-type')).to.equal('application/json');
    expect(request?.body).to.deep.equal({
      paySceneCode: 'DYNQR',
      reference: 'cart-42',
      details: { gift: true },
    });
    expect(checkout.phases).to.deep.equal(['creating', 'awaiting']);
  });

  it('makes one order however often it is started', async () => {
    const checkout = new OrderHarness();
    checkout.controller.start();
    checkout.controller.start();
    await settle();
    checkout.controller.start();
    await settle();
    expect(checkout.backend.count('create')).to.equal(1);
  });

  for (const end of ['failed', 'expired', 'cancelled'] as const) {
    it(`starts anew after ${end}`, async () => {
      const checkout = new OrderHarness();
      const { backend } = checkout;
      backend.create = () => json(backend.answer({ status: end }));
      await checkout.start();
      expect(checkout.phase).to.equal(end);
      backend.create = () => json(backend.answer({ id: 'another' }));
      await checkout.start();
      expect(checkout.phases.slice(-2)).to.deep.equal(['creating', 'awaiting']);
    });
  }

  for (const end of ['paid', 'refunded'] as const) {
    it(`does not start beside an order that is ${end}; reset() makes room`, async () => {
      const checkout = new OrderHarness();
      const { backend, controller } = checkout;
      backend.create = () => json(backend.answer({ status: end }));
      await checkout.start();
      await checkout.start();
      expect([checkout.phase, backend.count('create')]).to.deep.equal([end, 1]);
      controller.reset();
      expect(checkout.phase).to.equal('idle');
      await checkout.start();
      expect(backend.count('create')).to.equal(2);
    });
  }

  it('keeps the idempotency key over retries and takes a new one after an unpaid end', async () => {
    const checkout = new OrderHarness();
    const { backend, controller } = checkout;
    const create = backend.create;
    backend.create = () => problem(503, 'payby-unavailable');
    await checkout.start();
    backend.create = create;
    await checkout.start();
    await controller.cancel();
    await settle();
    expect(checkout.phase).to.equal('cancelled');
    await checkout.start();
    const keys = backend.requests
      .filter(({ method, url }) => method === 'POST' && url.pathname.endsWith('/orders'))
      .map(({ headers }) => headers.get('idempotency-key'));
    expect(keys).to.have.length(3);
    expect(keys[0]).to.equal(keys[1]);
    expect(keys[2]).to.not.equal(keys[1]);
  });

  it('takes another key for another wish, and after a refusal for good', async () => {
    const checkout = new OrderHarness();
    const { backend, controller, settings } = checkout;
    const { create } = backend;
    backend.create = silence;
    await checkout.start();
    await controller.cancel();
    settings.reference = 'cart-43';
    backend.create = () => problem(422, 'idempotency-key-reused');
    await checkout.start();
    backend.create = create;
    await checkout.start();
    const keys = backend.requests.flatMap(({ url, headers }) =>
      url.pathname.endsWith('/orders') ? [headers.get('idempotency-key')] : [],
    );
    expect(new Set(keys).size).to.equal(3);
    expect(checkout.phase).to.equal('awaiting');
  });

  it('is given up after 30 s also when the page’s requestInit hangs', async () => {
    const requestInit = () => new Promise<RequestInit>(() => {});
    const checkout = new OrderHarness({}, { requestInit });
    await checkout.start();
    await checkout.clock.advance(30_000);
    expect(checkout.errors.map(({ code }) => code)).to.deep.equal(['timeout']);
  });

  it('gives up after 30 s, and the retry can succeed', async () => {
    const checkout = new OrderHarness();
    const { create } = checkout.backend;
    checkout.backend.create = silence;
    await checkout.start();
    await checkout.clock.advance(29_999);
    expect(checkout.phase).to.equal('creating');
    await checkout.clock.advance(1);
    expect(checkout.phase).to.equal('error');
    expect(checkout.errors.map(({ code, retryable }) => [code, retryable])).to.deep.equal([
      ['timeout', true],
    ]);
    checkout.backend.create = create;
    await checkout.start();
    expect(checkout.phase).to.equal('awaiting');
  });

  it('cancelled before the answer, goes back to idle and shows no order that comes late', async () => {
    const checkout = new OrderHarness();
    let respond: (response: Response) => void = () => {};
    checkout.backend.create = () => new Promise((resolve) => (respond = resolve));
    await checkout.start();
    await checkout.controller.cancel();
    respond(json(pendingOrder));
    await settle();
    expect(checkout.phases).to.deep.equal(['creating', 'idle']);
  });

  it('aborts the request on disconnect, and asks again with the same key when connected', async () => {
    const checkout = new OrderHarness();
    const { create } = checkout.backend;
    checkout.backend.create = silence;
    await checkout.start();
    checkout.controller.hostDisconnected();
    await settle();
    expect(checkout.backend.requests[0]?.signal.aborted).to.equal(true);
    expect(checkout.clock.pending).to.equal(0);
    checkout.backend.create = create;
    checkout.controller.hostConnected();
    await settle();
    expect(checkout.phase).to.equal('awaiting');
    const [first, second] = checkout.backend.requests.map(({ headers }) =>
      headers.get('idempotency-key'),
    );
    expect(first).to.equal(second);
  });

  it('lets the page create the order, and hands it the key', async () => {
    const seen: unknown[] = [];
    const checkout = new OrderHarness(
      {},
      {
        createOrder: async ({ idempotencyKey, paySceneCode, reference }) => {
          seen.push(paySceneCode, reference, /^\d{1,10}(-\d{1,10}){3}$/.test(idempotencyKey));
          return { ...pendingOrder };
        },
      },
    );
    await checkout.start();
    expect(seen).to.deep.equal(['DYNQR', 'cart-42', true]);
    expect(checkout.phase).to.equal('awaiting');
    expect(checkout.backend.count('create')).to.equal(0);
  });

  it('understands PayBy’s own answer passed through, by the server’s Date', async () => {
    const checkout = new OrderHarness();
    const date = checkout.clock.epoch() - 3_600_000;
    const body = {
      head: { applyStatus: 'SUCCESS', code: '0', msg: 'SUCCESS' },
      body: {
        acquireOrder: {
          merchantOrderNo: 'a3a6d66f',
          status: 'CREATED',
          totalAmount: { amount: 1.01, currency: 'AED' },
          expiredTime: date + 60_000,
        },
        interactionParams: { tokenUrl: pendingOrder.tokenUrl },
      },
    };
    checkout.backend.create = () => json(body, 200, { date: new Date(date).toUTCString() });
    await checkout.start();
    expect(checkout.order?.id).to.equal('a3a6d66f');
    expect(checkout.controller.remaining).to.equal(60_000);
  });
});

function cycle(): object {
  const ring: { next?: object } = {};
  ring.next = ring;
  return ring;
}

function throwNow(): never {
  throw new Error('no token');
}

describe('an answer that cannot be used', () => {
  const bad: [string, () => Response | Promise<Response>, string, boolean, RegExp][] = [
    ['400', () => problem(400, 'request-invalid'), 'order-rejected', false, /answered 400/],
    ['401', () => problem(401, 'unauthorized'), 'order-rejected', false, /answered 401/],
    ['404', () => answer('nope', { status: 404 }), 'order-rejected', false, /answered 404\./],
    ['409', () => problem(409, 'idempotency-key-reused'), 'order-rejected', false, /key-reused/],
    ['429', () => problem(429, 'slow', { 'retry-after': '3' }), 'order-rejected', true, /429/],
    ['500', () => answer('<h1>oops', { status: 500 }), 'order-rejected', true, /answered 500\./],
    [
      'HTML',
      () => answer('<!doctype html>', { status: 200, headers: { 'content-type': 'text/html' } }),
      'order-invalid',
      false,
      /answered text\/html, which is not JSON/,
    ],
    ['no tokenUrl', () => json({ id: 'x', status: 'pending' }), 'order-invalid', false, /tokenUrl/],
    [
      'an id of the wrong kind',
      () => json({ ...pendingOrder, id: 42 }),
      'order-invalid',
      false,
      /order\.id: expected string, got 42/,
    ],
    ['an array', () => json([]), 'order-invalid', false, /expected an object/],
    [
      'a script URL',
      () => json({ ...pendingOrder, tokenUrl: 'javascript:alert(1)' }),
      'token-url-blocked',
      false,
      /"javascript:alert\(1\)".*token-hosts/,
    ],
    [
      'a foreign host',
      () => json({ ...pendingOrder, tokenUrl: 'https://evil.example/' }),
      'token-url-blocked',
      false,
      /evil\.example/,
    ],
    [
      'PayBy’s refusal',
      () => json({ head: { applyStatus: 'FAIL', code: '62016', msg: 'MERCHANT_ORDER_NO_EXIST' } }),
      'order-rejected',
      true,
      /62016 MERCHANT_ORDER_NO_EXIST/,
    ],
    [
      '10 MB',
      () => answer(' '.repeat(10_000_000), { status: 200 }),
      'order-invalid',
      false,
      /65536/,
    ],
    [
      'nothing at all',
      () => Promise.reject(new TypeError('Failed to fetch')),
      'network',
      true,
      /could not be reached/,
    ],
  ];

  for (const [name, create, code, retryable, message] of bad) {
    it(`${name} is ${code}, and the next try can succeed`, async () => {
      const checkout = new OrderHarness();
      const good = checkout.backend.create;
      checkout.backend.create = create;
      await checkout.start();
      expect(checkout.phase).to.equal('error');
      const [error] = checkout.errors;
      expect(error?.code).to.equal(code);
      expect(error?.retryable).to.equal(retryable);
      expect(error?.message).to.match(message);
      expect(checkout.errors).to.have.length(1);
      expect(checkout.clock.pending).to.equal(0);
      checkout.backend.create = good;
      await checkout.start();
      expect(checkout.phase).to.equal('awaiting');
    });
  }

  it('no endpoint is configuration, and nothing is sent', async () => {
    const checkout = new OrderHarness({}, { endpoint: '' });
    await checkout.start();
    expect(checkout.errors[0]?.code).to.equal('configuration');
    expect(checkout.errors[0]?.message).to.match(/set endpoint=/);
    expect(checkout.backend.requests).to.have.length(0);
    checkout.settings.endpoint = '/orders';
    await checkout.start();
    expect(checkout.phase).to.equal('awaiting');
  });

  it('createOrder that throws or answers nonsense is an error', async () => {
    const broken = new OrderHarness(
      {},
      { createOrder: () => Promise.reject(new Error('no cart')) },
    );
    await broken.start();
    expect(broken.errors[0]?.code).to.equal('order-rejected');
    expect(broken.errors[0]?.message).to.match(/createOrder threw: Error: no cart/);
    const odd = new OrderHarness({}, { createOrder: async () => 'ok' });
    await odd.start();
    expect(odd.errors[0]?.code).to.equal('order-invalid');
    expect(odd.errors[0]?.message).to.match(/^createOrder: order: expected an object, got string/);
  });

  const nonsense: [string, unknown, RegExp][] = [
    ['nothing', undefined, /^createOrder gave nothing; return the order\.$/],
    ['null', null, /^createOrder: order: expected an object, got /],
    ['HTML', '<!doctype html>', /^createOrder: order: expected an object, got string/],
    ['a list', [], /^createOrder: order: expected an object, got /],
    ['a Response', new Response('{}'), /^createOrder gave a Response; .*return response\.json\(\)/],
    [
      'PayBy’s refusal',
      { head: { applyStatus: 'FAIL', code: '62016', msg: 'MERCHANT_ORDER_NO_EXIST' } },
      /^createOrder: head: PayBy answered FAIL 62016 MERCHANT_ORDER_NO_EXIST/,
    ],
  ];
  for (const [name, value, message] of nonsense) {
    it(`createOrder that gives ${name} is an error that says so, and can be tried again`, async () => {
      const checkout = new OrderHarness({}, { createOrder: async () => value });
      await checkout.start();
      expect(checkout.errors.map(({ message }) => message).join()).to.match(message);
      checkout.settings.createOrder = async () => ({ ...pendingOrder });
      await checkout.start();
      expect(checkout.phase).to.equal('awaiting');
    });
  }

  it('createOrder that throws at once, or that is no function, is an error', async () => {
    const throwing = () => {
      throw new Error('no cart');
    };
    const broken = new OrderHarness({}, { createOrder: throwing });
    await broken.start();
    expect(broken.errors[0]?.message).to.equal('createOrder threw: Error: no cart');
    const odd = new OrderHarness({}, { createOrder: JSON.parse('"/orders"') });
    await odd.start();
    expect(odd.errors[0]?.code).to.equal('configuration');
    expect(odd.errors[0]?.message).to.match(/createOrder is a string, not a function/);
  });

  it('createOrder that does not settle within 30 s is given up, and told so by its signal', async () => {
    const keys: string[] = [];
    const signals: AbortSignal[] = [];
    const createOrder = ({ idempotencyKey, signal }: OrderRequest) => {
      keys.push(idempotencyKey);
      signals.push(signal);
      return new Promise<unknown>(() => {});
    };
    const checkout = new OrderHarness({}, { createOrder });
    await checkout.start();
    await checkout.clock.advance(29_999);
    expect(checkout.phase).to.equal('creating');
    await checkout.clock.advance(1);
    expect(checkout.errors.map(({ code, message }) => [code, message])).to.deep.equal([
      ['timeout', 'createOrder did not answer within 30 s.'],
    ]);
    expect(signals[0]?.aborted).to.equal(true);
    await checkout.start();
    expect(keys[1], 'the same attempt').to.equal(keys[0]);
    await checkout.controller.cancel();
    await settle();
    expect([signals[1]?.aborted, checkout.clock.pending]).to.deep.equal([true, 0]);
  });

  for (const [name, details] of [
    ['numbers too large for it', { price: 10n }],
    ['a cycle', cycle()],
  ] as const) {
    it(`details that cannot be JSON for ${name} are configuration, and nothing is sent`, async () => {
      const checkout = new OrderHarness({}, { details });
      await checkout.start();
      expect(checkout.errors[0]?.code).to.equal('configuration');
      expect(checkout.errors[0]?.message).to.match(/details cannot be sent as JSON/);
      expect(checkout.backend.requests).to.have.length(0);
    });
  }

  const inits: [string, () => unknown, RegExp][] = [
    ['throws', throwNow, /^requestInit threw: Error: no token$/],
    ['rejects', async () => throwNow(), /^requestInit threw: Error: no token$/],
    ['gives headers that are none', () => ({ headers: 5 }), /^requestInit threw: TypeError/],
  ];
  for (const [name, requestInit, message] of inits) {
    it(`requestInit that ${name} is an error that says so, and nothing is sent`, async () => {
      const checkout = new OrderHarness({}, { requestInit: requestInit as () => RequestInit });
      await checkout.start();
      expect(checkout.errors.map(({ code }) => code)).to.deep.equal(['network']);
      expect(checkout.errors[0]?.message).to.match(message);
      expect(checkout.errors[0]?.retryable).to.equal(true);
      expect(checkout.backend.requests).to.have.length(0);
    });
  }

  it('requestInit that gives nothing, or text, adds nothing', async () => {
    for (const requestInit of [() => undefined, () => 'x']) {
      const checkout = new OrderHarness({}, { requestInit: requestInit as () => RequestInit });
      await checkout.start();
      expect(checkout.phase).to.equal('awaiting');
    }
  });

  it('requestInit that throws once an order is on screen is told once; the payment is heard of', async () => {
    const checkout = new OrderHarness();
    const { backend, settings, clock } = checkout;
    settings.updates = 'poll';
    await checkout.start();
    let isBroken = true;
    settings.requestInit = () => (isBroken ? throwNow() : {});
    checkout.controller.refollow();
    await clock.advance(60_000);
    expect(checkout.phase).to.equal('awaiting');
    expect(checkout.errors.map(({ message }) => message)).to.deep.equal([
      'requestInit threw: Error: no token',
    ]);
    isBroken = false;
    backend.order = { ...backend.order, status: 'paid' };
    await clock.advance(10_000);
    expect(checkout.phase).to.equal('paid');
  });

  it('a field that only informs is left out and told, and hides nothing', async () => {
    const checkout = new OrderHarness();
    const answer = { ...pendingOrder, subject: null, amount: { amount: '1', currency: 'AED' } };
    checkout.backend.create = () => json(answer);
    await checkout.start();
    expect(checkout.phase).to.equal('awaiting');
    expect(checkout.order).to.not.have.any.keys('amount', 'subject');
    expect(checkout.errors.map(({ message }) => message)).to.deep.equal([
      'POST https://shop.example/api/payby/orders: order.amount.amount: expected number, got "1".',
    ]);
  });

  it('an appLink to a foreign host is left out and reported; the order works', async () => {
    const checkout = new OrderHarness({ appLink: 'https://evil.example/' });
    await checkout.start();
    expect(checkout.phase).to.equal('awaiting');
    expect(checkout.order?.appLink).to.equal(undefined);
    expect(checkout.errors.map(({ code }) => code)).to.deep.equal(['token-url-blocked']);
  });
});
