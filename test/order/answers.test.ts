import { expect } from '@open-wc/testing';
import { CheckoutError } from '../../src/order/checkout-error.ts';
import { ServerClock } from '../../src/order/server-clock.ts';
import { json, pendingOrder } from '../support/browser/fake-backend.ts';
import { FakeClock, settle } from '../support/browser/fake-clock.ts';
import { OrderHarness } from '../support/browser/order-harness.ts';

/** PayBy's own JSON of an order, as a page's server may pass it on. */
const acquireOrder = (merchantOrderNo: string, status: string) => ({
  merchantOrderNo,
  status,
  totalAmount: { amount: 12.34, currency: 'AED' },
});

describe('an order that the page brings along again', () => {
  const forms: [string, (id: string, status: string) => unknown][] = [
    [
      'PayBy’s whole answer',
      (id, status) => ({ body: { acquireOrder: acquireOrder(id, status) } }),
    ],
    ['PayBy’s order', (id, status) => ({ acquireOrder: acquireOrder(id, status) })],
    [
      'the contract’s order',
      (id, status) => ({ id, status: status === 'CREATED' ? 'pending' : 'paid' }),
    ],
  ];
  for (const [name, form] of forms) {
    it(`is a report of the one on screen when it is ${name} of that id`, async () => {
      const checkout = new OrderHarness();
      await checkout.start();
      checkout.controller.adopt(form(pendingOrder.id, 'PAID_SUCCESS'));
      await settle();
      expect(checkout.phases).to.deep.equal(['creating', 'awaiting', 'paid']);
    });

    it(`is another one, and the only one then, when it is ${name} of another id`, async () => {
      const checkout = new OrderHarness();
      await checkout.start();
      const { stream } = checkout.backend;
      checkout.controller.adopt(form('another', 'PAID_SUCCESS'));
      await settle();
      expect(checkout.phases).to.deep.equal(['creating', 'awaiting', 'idle', 'creating', 'paid']);
      expect(checkout.order?.id).to.equal('another');
      expect(stream.isAborted).to.equal(true);
    });
  }

  it('is another one while the first is still being read, unless it says the same', async () => {
    const checkout = new OrderHarness();
    checkout.controller.adopt({ ...pendingOrder });
    checkout.controller.adopt({ ...pendingOrder });
    checkout.controller.adopt({ ...pendingOrder, id: 'another' });
    await settle();
    expect(checkout.order?.id).to.equal('another');
    expect(checkout.phases).to.deep.equal(['creating', 'idle', 'creating', 'awaiting']);
  });

  it('without an id is another one as soon as the last is over', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    checkout.backend.stream.send({ ...pendingOrder, status: 'paid' });
    await settle();
    checkout.controller.adopt({ status: 'paid' });
    await settle();
    expect(checkout.phase).to.equal('error');
    expect(checkout.errors.map(({ message }) => message)).to.deep.equal([
      '<payby-checkout>: order.id: expected "id", got undefined.',
    ]);
  });
});

describe('the first answer', () => {
  it('needs a link only while nobody has scanned it', async () => {
    for (const [status, phase] of [
      ['pending', 'error'],
      ['scanned', 'scanned'],
      ['paid', 'paid'],
      ['failed', 'failed'],
    ] as const) {
      const checkout = new OrderHarness();
      checkout.backend.create = () => json({ id: 'x', status });
      await checkout.start();
      expect(checkout.phase).to.equal(phase);
    }
  });

  it('keeps the link into the app that is allowed', async () => {
    const appLink = 'https://pay.botim.money/open?x=1';
    const checkout = new OrderHarness({ appLink });
    await checkout.start();
    expect(checkout.order?.appLink).to.equal(appLink);
    const without = new OrderHarness();
    await without.start();
    expect(without.order).to.not.have.any.keys('appLink', 'now');
  });

  it('tells the time by its Date header, unless the order tells it itself', async () => {
    const checkout = new OrderHarness();
    const at = checkout.clock.epoch() - 3_600_000;
    const headers = { date: new Date(at).toUTCString() };
    checkout.backend.create = () => json({ ...pendingOrder, expiresAt: at + 60_000 }, 201, headers);
    await checkout.start();
    expect(checkout.controller.remaining).to.equal(60_000);
    const itself = new OrderHarness();
    const order = { ...pendingOrder, now: at + 1000, expiresAt: at + 60_000 };
    itself.backend.create = () => json(order, 201, headers);
    await itself.start();
    expect(itself.controller.remaining).to.equal(59_000);
  });

  it('is an error of the checkout’s own when PayBy refused, with PayBy’s words', async () => {
    const checkout = new OrderHarness();
    checkout.backend.create = () =>
      json({ head: { applyStatus: 'FAIL', code: '62016', msg: 'EXISTS' } });
    await checkout.start();
    const [error] = checkout.errors;
    expect(error).to.be.instanceOf(CheckoutError);
    expect(error?.message).to.equal(
      'POST https://shop.example/api/payby/orders: head: PayBy answered FAIL 62016 EXISTS.',
    );
  });
});

describe('the server’s clock', () => {
  it('is the device’s until an answer tells the time, and goes on from the newest one', async () => {
    const clock = new FakeClock();
    const server = new ServerClock(clock);
    const end = clock.epoch() + 60_000;
    expect(server.remaining(undefined)).to.equal(undefined);
    expect(server.remaining(end)).to.equal(60_000);
    server.sync(undefined);
    expect(server.remaining(end)).to.equal(60_000);
    server.sync(clock.epoch() + 10_000);
    expect(server.remaining(end)).to.equal(50_000);
    await clock.advance(5000);
    expect(server.remaining(end)).to.equal(45_000);
    server.sync(end - 52_000);
    expect(server.remaining(end)).to.equal(45_000);
    server.sync(undefined);
    expect(server.remaining(end)).to.equal(45_000);
    server.sync(end - 20_000);
    expect(server.remaining(end)).to.equal(20_000);
    server.sync(end + 1);
    expect(server.remaining(end)).to.equal(0);
  });
});

/** Lets time pass while the stream says nothing but that it is there. */
async function listen({ backend, clock }: OrderHarness, ms: number): Promise<void> {
  const end = clock.now() + ms;
  while (clock.now() < end) {
    await clock.advance(Math.min(20_000, end - clock.now()));
    backend.stream.comment();
    await settle();
  }
}

describe('time that is up', () => {
  /** A checkout whose stream has told all there is, of an order with so much time left, ms. */
  async function openFor(ms: number | undefined): Promise<OrderHarness> {
    const checkout = new OrderHarness();
    const { clock, backend } = checkout;
    backend.now = () => clock.epoch();
    if (ms) backend.order = { ...backend.order, expiresAt: clock.epoch() + ms };
    await checkout.start();
    backend.stream.send(backend.answer());
    await settle();
    return checkout;
  }

  it('begins anew when the backend, asked again, gives more of it', async () => {
    const checkout = await openFor(30_000);
    const { clock, backend } = checkout;
    await listen(checkout, 29_999);
    backend.order = { ...backend.order, expiresAt: clock.epoch() + 90_000 };
    await listen(checkout, 60_000);
    expect(checkout.phase).to.equal('awaiting');
    expect(checkout.controller.remaining).to.equal(30_000);
    await listen(checkout, 30_000 + 19_999);
    expect(checkout.phase).to.equal('awaiting');
    await listen(checkout, 2);
    expect(checkout.phase).to.equal('expired');
  });

  it('is far away without a question, and comes all the same', async () => {
    const checkout = await openFor(4_000_000);
    await listen(checkout, 3_999_999);
    expect(checkout.backend.count('status')).to.equal(0);
    expect(checkout.phase).to.equal('awaiting');
    await listen(checkout, 20_001);
    expect(checkout.phase).to.equal('expired');
  });

  it('is never for an order without an end', async () => {
    const checkout = await openFor(undefined);
    await listen(checkout, 4_000_000);
    expect(checkout.backend.count('status')).to.equal(0);
    expect(checkout.phase).to.equal('awaiting');
  });

  it('leaves nothing running when the page is left as the backend is asked', async () => {
    const checkout = new OrderHarness();
    const { clock, backend } = checkout;
    backend.order = { ...backend.order, expiresAt: clock.epoch() + 30_000 };
    await checkout.start();
    backend.stream.send(backend.answer());
    await clock.advance(33_500);
    checkout.controller.hostDisconnected();
    await settle();
    expect(clock.pending).to.equal(0);
    const asked = backend.requests.length;
    await clock.advance(700_000);
    expect(backend.requests).to.have.length(asked);
    expect(checkout.phase).to.equal('awaiting');
  });
});

describe('asking at intervals', () => {
  it('begins with short ones, however long the page has been open', async () => {
    const checkout = new OrderHarness({}, { updates: 'poll' });
    await checkout.clock.advance(900_000);
    await checkout.start();
    await checkout.clock.advance(10_000);
    expect(checkout.backend.count('status')).to.equal(4);
  });
});
