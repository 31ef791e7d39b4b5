import { expect } from '@open-wc/testing';
import { asCheckoutError, CheckoutError } from '../../src/order/checkout-error.ts';
import { answer, json, pendingOrder, problem, silence } from '../support/browser/fake-backend.ts';
import { settle } from '../support/browser/fake-clock.ts';
import { OrderHarness } from '../support/browser/order-harness.ts';

const offline = () => Promise.reject(new TypeError('Failed to fetch'));
const messages = ({ errors }: OrderHarness) => errors.map(({ message }) => message);
const order = 'https://shop.example/api/payby/orders/M965739182419';

describe('what is sent to the backend', () => {
  it('is a POST for an order and to cancel, a GET to ask, and comes from no cache', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    await checkout.controller.check();
    await checkout.controller.cancel();
    const seen = checkout.backend.requests.map(({ method, url, cache, headers }) => [
      `${method} ${url.pathname}`,
      headers.get('accept'),
      cache,
    ]);
    expect(seen).to.deep.equal([
      ['POST /api/payby/orders', 'application/json', 'no-store'],
      ['GET /api/payby/orders/M965739182419/events', 'text/event-stream', 'no-store'],
      ['GET /api/payby/orders/M965739182419', null, 'no-store'],
      ['POST /api/payby/orders/M965739182419/cancel', null, 'no-store'],
    ]);
    const bodies = checkout.backend.requests.map(({ body }) => body);
    expect(bodies).to.deep.equal([
      { paySceneCode: 'DYNQR', reference: 'cart-42' },
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('names no reference and no details where the page gives none', async () => {
    const checkout = new OrderHarness({}, { reference: '' });
    await checkout.start();
    expect(checkout.backend.requests[0]?.body).to.deep.equal({ paySceneCode: 'DYNQR' });
  });

  it('carries what the page adds, also by a function that is asked each time', async () => {
    let calls = 0;
    const requestInit = async () => ({
      cache: 'reload' as const,
      headers: { 'x-shop': `${++calls}`, accept: 'text/html' },
    });
    const checkout = new OrderHarness({}, { requestInit, updates: 'poll' });
    await checkout.start();
    await checkout.controller.check();
    const seen = checkout.backend.requests.map(({ cache, headers }) => [
      cache,
      headers.get('x-shop'),
      headers.get('accept'),
    ]);
    expect(seen).to.deep.equal([
      ['reload', '1', 'application/json'],
      ['reload', '2', 'text/html'],
    ]);
  });

  it('is nothing when details cannot be written as JSON', async () => {
    for (const details of [{ price: 5n }, Object.assign([], { toJSON: () => 1n })]) {
      const checkout = new OrderHarness({}, { details });
      await checkout.start();
      const [error] = checkout.errors;
      expect(error?.code).to.equal('configuration');
      expect(error?.retryable).to.equal(false);
      expect(error?.message).to.match(
        /^<payby-checkout>: details cannot be sent as JSON \(TypeError: .*\)\.$/,
      );
      expect(error?.cause).to.be.instanceOf(TypeError);
      expect(checkout.backend.requests).to.have.length(0);
    }
  });
});

describe('an error says', () => {
  it('who did not answer, and within what time', async () => {
    const checkout = new OrderHarness();
    checkout.backend.create = silence;
    await checkout.start();
    await checkout.clock.advance(30_000);
    expect(messages(checkout)).to.deep.equal([
      'POST https://shop.example/api/payby/orders did not answer within 30 s.',
    ]);
  });

  it('who could not be reached, and why', async () => {
    const checkout = new OrderHarness();
    checkout.backend.create = offline;
    await checkout.start();
    expect(messages(checkout)).to.deep.equal([
      'POST https://shop.example/api/payby/orders could not be reached; check its URL, CORS and network.',
    ]);
    expect(checkout.errors[0]?.cause).to.be.instanceOf(TypeError);
  });

  it('what the page’s own createOrder threw, unless that is an error of the checkout already', async () => {
    const own = new CheckoutError('network', 'the cart is not reached', { retryable: false });
    const cause = new Error('no cart');
    for (const thrown of [own, cause]) {
      const checkout = new OrderHarness({}, { createOrder: () => Promise.reject(thrown) });
      await checkout.start();
      const [error] = checkout.errors;
      if (thrown === own) expect(error).to.equal(own);
      else expect(error).to.include({ code: 'order-rejected', retryable: true, cause });
    }
  });

  it('the code and the detail of a problem, and tells the customer of the detail only what is theirs', async () => {
    const backendSays = { code: 'cart-empty', detail: 'Your cart is empty.', title: 'Empty' };
    for (const [status, detail] of [
      [422, 'Your cart is empty.'],
      [499, 'Your cart is empty.'],
      [500, undefined],
      [503, undefined],
    ] as const) {
      const checkout = new OrderHarness();
      checkout.backend.create = () => json(backendSays, status);
      await checkout.start();
      expect(messages(checkout)).to.deep.equal([
        `POST https://shop.example/api/payby/orders answered ${status}: cart-empty, Your cart is empty.`,
      ]);
      expect(checkout.errors[0]?.detail).to.equal(detail);
      expect(checkout.errors[0]?.httpStatus).to.equal(status);
    }
  });

  it('no more of a problem than fits, and nothing that is no text', async () => {
    const said = async (body: unknown) => {
      const checkout = new OrderHarness();
      checkout.backend.create = () => json(body, 422);
      await checkout.start();
      return messages(checkout)[0]?.replace(/^.* answered 422/, '');
    };
    expect(await said({ code: 'x'.repeat(201) })).to.equal(`: ${'x'.repeat(200)}.`);
    expect(await said({ code: 5, detail: {}, title: 'Unused' })).to.equal('.');
    expect(await said({ title: 'The title' })).to.equal(': The title.');
    expect(await said({ detail: 'v1.2 only.' })).to.equal(': v1.2 only.');
    expect(await said(null)).to.equal('.');
    const empty = new OrderHarness();
    empty.backend.create = () => new Response(null, { status: 422 });
    await empty.start();
    expect(messages(empty)[0]).to.match(/ answered 422\.$/);
  });

  it('what came instead of JSON', async () => {
    const checkout = new OrderHarness();
    checkout.backend.create = () => answer('', { status: 200 });
    await checkout.start();
    expect(messages(checkout)).to.deep.equal([
      'POST https://shop.example/api/payby/orders answered no content type, which is not JSON; answer the order as JSON.',
    ]);
  });

  it('which order was answered instead of this one', async () => {
    const checkout = new OrderHarness({}, { updates: 'poll' });
    await checkout.start();
    checkout.backend.status = () => json({ ...pendingOrder, id: 'other', status: 'paid' });
    await checkout.clock.advance(2500);
    expect(checkout.phase).to.equal('awaiting');
    expect(messages(checkout)).to.deep.equal([
      `GET ${order} answered order "other", not "M965739182419".`,
    ]);
  });

  it('which link is not allowed, and no more of it than fits', async () => {
    const long = `https://evil.example/${'x'.repeat(200)}`;
    const checkout = new OrderHarness({ appLink: long });
    await checkout.start();
    expect(messages(checkout)).to.deep.equal([
      `order.appLink: "${long.slice(0, 100)}" is not an https URL of payby.com, test2pay.com, botim.money; add its host to token-hosts if you trust it.`,
    ]);
    const other = new OrderHarness({ tokenUrl: 'https://evil.example/' });
    await other.start();
    expect(messages(other)[0]).to.match(/^order\.tokenUrl: "https:\/\/evil\.example\/" is not/);
  });

  it('what was thrown where nothing should be, and stays what it is', () => {
    const cause = new TypeError('no such thing');
    const error = asCheckoutError(cause);
    expect(error).to.include({ code: 'order-invalid', retryable: false, cause });
    expect(error.message).to.equal('<payby-checkout>: TypeError: no such thing');
    expect(asCheckoutError(error)).to.equal(error);
  });

  it('that a part of the script did not come', async () => {
    const checkout = new OrderHarness();
    checkout.loadOpenOrder = offline;
    await checkout.start();
    const [error] = checkout.errors;
    expect(error?.message).to.equal('A part of the checkout’s script could not be loaded.');
    expect(error?.cause).to.be.instanceOf(TypeError);
    expect(error?.name).to.equal('CheckoutError');
  });
});

describe('a text of many bytes', () => {
  const text = JSON.stringify({ ...pendingOrder, subject: 'سلة ٤٢' });
  const pieces = (size: number): Response => {
    const bytes = new TextEncoder().encode(text);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) {
          controller.enqueue(bytes.slice(at, at + size));
        }
        controller.close();
      },
    });
    return new Response(body, { status: 201 });
  };

  it('is read whole wherever it is cut', async () => {
    for (const size of [1, 2, 3]) {
      const checkout = new OrderHarness();
      checkout.backend.create = () => pieces(size);
      await checkout.start();
      for (let turn = 0; turn < 200 && checkout.phase === 'creating'; turn += 1) await settle();
      expect(checkout.order?.subject).to.equal('سلة ٤٢');
    }
  });

  it('is read in the stream, too, wherever it is cut', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    for (const byte of new TextEncoder().encode(`data: ${text}\n\n`)) {
      checkout.backend.stream.bytes(Uint8Array.of(byte));
    }
    for (let turn = 0; turn < 200 && checkout.order?.subject !== 'سلة ٤٢'; turn += 1)
      await settle();
    expect(checkout.order?.subject).to.equal('سلة ٤٢');
  });

  it('is an order up to 64 KiB, and no further', async () => {
    const of = (size: number) => {
      const rest = JSON.stringify({ ...pendingOrder, more: '' }).length;
      return answer(JSON.stringify({ ...pendingOrder, more: 'x'.repeat(size - rest) }), {});
    };
    for (const [size, phase] of [
      [65_536, 'awaiting'],
      [65_537, 'error'],
    ] as const) {
      const checkout = new OrderHarness();
      checkout.backend.create = () => of(size);
      await checkout.start();
      expect(checkout.phase).to.equal(phase);
    }
  });
});

describe('a refusal', () => {
  it('is worth another try when the backend was busy, slow or broken', async () => {
    const worth: Record<number, boolean> = {
      400: false,
      403: false,
      408: true,
      409: false,
      425: true,
      429: true,
      499: false,
      500: true,
      503: true,
    };
    for (const [status, retryable] of Object.entries(worth)) {
      const checkout = new OrderHarness();
      checkout.backend.create = () => problem(Number(status), 'no');
      await checkout.start();
      expect(checkout.errors[0]?.retryable, status).to.equal(retryable);
    }
  });
});
