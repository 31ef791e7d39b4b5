import { expect } from '@open-wc/testing';
import {
  FakeBackend,
  json,
  pendingOrder,
  problem,
  silence,
} from '../support/browser/fake-backend.ts';
import { settle } from '../support/browser/fake-clock.ts';
import { fakeStorage } from '../support/browser/fake-storage.ts';
import { OrderHarness } from '../support/browser/order-harness.ts';

/** The keys that orders were asked for with. */
const keys = ({ requests }: FakeBackend) =>
  requests.flatMap(({ method, url, headers }) =>
    method === 'POST' && url.pathname.endsWith('/orders') ? [headers.get('idempotency-key')] : [],
  );

/** A checkout on a page that is loaded again and again, in one tab, from one backend. */
function openTab() {
  const shared = { backend: new FakeBackend(), storage: fakeStorage() };
  let page: OrderHarness | undefined;
  return {
    backend: shared.backend,
    async load(): Promise<OrderHarness> {
      page?.controller.hostDisconnected();
      page = new OrderHarness({}, {}, shared);
      page.controller.resume();
      await settle();
      return page;
    },
  };
}

/** Lets an order's time pass without a word of the backend's about it. */
async function lapse(checkout: OrderHarness): Promise<void> {
  const { backend, clock } = checkout;
  backend.order = { ...pendingOrder, expiresAt: clock.epoch() + 30_000 };
  await checkout.start();
  await clock.advance(60_000);
  expect(checkout.controller.state).to.include({ phase: 'expired', isLapsed: true });
}

describe('one attempt', () => {
  it('has one key, and the next has another: after an order that only lapsed, too', async () => {
    const checkout = new OrderHarness();
    await lapse(checkout);
    checkout.backend.order = { ...pendingOrder, id: 'another' };
    await checkout.start();
    expect(checkout.order?.id).to.equal('another');
    const [first, second, ...others] = keys(checkout.backend);
    expect(first).to.match(/^\d{1,10}(-\d{1,10}){3}$/);
    expect(second).to.match(/^\d{1,10}(-\d{1,10}){3}$/);
    expect(second).to.not.equal(first);
    expect(others).to.deep.equal([]);
  });

  it('is not taken up by itself once its order lapsed: that takes a press', async () => {
    const checkout = new OrderHarness();
    await lapse(checkout);
    const asked = checkout.backend.count('create');
    checkout.controller.resume();
    await settle();
    expect(checkout.backend.count('create')).to.equal(asked);
    expect(checkout.phase).to.equal('expired');
  });

  it('whose order answers nonsense after a reload is asked for by its key alone', async () => {
    const tab = openTab();
    await (await tab.load()).start();
    tab.backend.status = () => json({ ...pendingOrder, id: 'other', status: 'paid' });
    const page = await tab.load();
    expect(page.phase).to.equal('error');
    expect(page.errors.map(({ code }) => code)).to.deep.equal(['order-invalid']);
    await page.start();
    expect(page.phase).to.equal('awaiting');
    const [first, second] = keys(tab.backend);
    expect(second).to.equal(first);
  });

  it('is asked for by its key alone also when the page is loaded again after that', async () => {
    const tab = openTab();
    await (await tab.load()).start();
    tab.backend.status = () => json({ ...pendingOrder, id: 'other', status: 'paid' });
    await tab.load();
    const asked = tab.backend.count('status');
    expect((await tab.load()).phase).to.equal('awaiting');
    expect(tab.backend.count('status')).to.equal(asked);
    const [first, second] = keys(tab.backend);
    expect(second).to.equal(first);
  });

  it('that was paid and is unknown now ends with an error, and a press makes another', async () => {
    const tab = openTab();
    const page = await tab.load();
    await page.start();
    tab.backend.stream.send({ ...pendingOrder, status: 'paid' });
    await settle();
    tab.backend.status = () => problem(404, 'order-not-found');
    const again = await tab.load();
    expect(again.phase).to.equal('error');
    const told = again.errors.map(({ code, message, retryable }) => [code, message, retryable]);
    expect(told).to.deep.equal([
      ['order-rejected', 'Order M965739182419, paid before, is unknown now.', false],
    ]);
    expect(tab.backend.count('create')).to.equal(1);
    await again.start();
    const [first, second] = keys(tab.backend);
    expect(second).to.match(/^\d{1,10}(-\d{1,10}){3}$/);
    expect(second).to.not.equal(first);
  });

  it('keeps its key over a refusal when there is an order that may be paid', async () => {
    const tab = openTab();
    await (await tab.load()).start();
    tab.backend.status = () => problem(403, 'forbidden');
    const page = await tab.load();
    expect(page.phase).to.equal('error');
    expect(page.errors[0]?.httpStatus).to.equal(403);
    tab.backend.status = () => json({ ...pendingOrder, status: 'paid' });
    await page.start();
    expect(page.phase).to.equal('paid');
    expect(keys(tab.backend)).to.have.length(1);
  });

  it('hands a page’s own createOrder what was asked for, and nothing that was not', async () => {
    const seen: object[] = [];
    const createOrder = async (request: object) => {
      seen.push(request);
      return { ...pendingOrder };
    };
    await new OrderHarness({}, { createOrder }).start();
    await new OrderHarness({}, { createOrder, reference: '', details: { gift: 1 } }).start();
    expect(seen[0]).to.have.all.keys('paySceneCode', 'reference', 'idempotencyKey', 'signal');
    expect(seen[1]).to.have.all.keys('paySceneCode', 'details', 'idempotencyKey', 'signal');
  });

  it('begins when the checkout is on the page, and not before', async () => {
    const checkout = new OrderHarness();
    checkout.controller.hostDisconnected();
    await checkout.start();
    expect(checkout.phase).to.equal('creating');
    expect(checkout.backend.requests).to.deep.equal([]);
    checkout.controller.hostConnected();
    await settle();
    expect(checkout.phase).to.equal('awaiting');
    expect(checkout.backend.count('create')).to.equal(1);
  });
});

describe('a given order that cannot be read', () => {
  it('makes room for one that is created, when it is pressed', async () => {
    const checkout = new OrderHarness();
    checkout.controller.adopt({ id: 'x', status: 'pending' });
    await settle();
    expect(checkout.phase).to.equal('error');
    await checkout.start();
    expect(checkout.phase).to.equal('awaiting');
    expect(checkout.backend.count('create')).to.equal(1);
    expect(checkout.controller.given).to.equal(undefined);
  });

  it('is nothing that the tab keeps for later', async () => {
    const storage = fakeStorage();
    const checkout = new OrderHarness({}, {}, { storage });
    checkout.controller.adopt({ ...pendingOrder });
    await settle();
    expect(checkout.phase).to.equal('awaiting');
    expect(storage.length).to.equal(0);
  });
});

describe('a part that explains answers', () => {
  it('and hangs leaves no timer when the page is left', async () => {
    const checkout = new OrderHarness();
    checkout.loadDecoder = () => new Promise(() => {});
    checkout.backend.create = () => json({ acquireOrder: {} });
    await checkout.start();
    expect(checkout.clock.pending).to.equal(1);
    checkout.controller.hostDisconnected();
    await settle();
    expect(checkout.clock.pending).to.equal(0);
  });

  it('and does not come in time is told, beside the payment that is plain without it', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    checkout.loadDecoder = () => new Promise(() => {});
    checkout.backend.stream.send({ ...pendingOrder, status: 'paid', subject: 5 });
    await checkout.clock.advance(9999);
    expect(checkout.phase).to.equal('awaiting');
    await checkout.clock.advance(1);
    expect(checkout.phase).to.equal('paid');
    expect(checkout.errors.map(({ code, message }) => [code, message])).to.deep.equal([
      ['network', 'A part of the checkout’s script could not be loaded.'],
    ]);
  });
});

describe('the page', () => {
  it('is asked to draw anew at every change of what it shows', async () => {
    let updates = 0;
    const checkout = new OrderHarness();
    checkout.onUpdate = () => {
      updates += 1;
    };
    const during = async (work: () => unknown) => {
      const before = updates;
      await work();
      await settle();
      return updates > before;
    };
    expect(await during(() => checkout.start())).to.equal(true);
    const { backend, controller } = checkout;
    const scanned = { ...pendingOrder, status: 'scanned' };
    expect(await during(() => backend.stream.send(scanned))).to.equal(true);
    expect(await during(() => backend.stream.close())).to.equal(true);
    backend.cancel = silence;
    expect(await during(() => void controller.cancel())).to.equal(true);
    expect(await during(() => controller.reset())).to.equal(true);
    expect(await during(() => controller.reset())).to.equal(false);
  });
});

describe('an attempt that is stopped as soon as it has begun', () => {
  it('leaves the attempt at another reference its key', async () => {
    const checkout = new OrderHarness({}, { reference: 'A' });
    const { backend, controller, settings } = checkout;
    const { create } = backend;
    backend.create = () => problem(503, 'unavailable');
    await checkout.start();
    backend.create = create;
    settings.reference = 'B';
    controller.moveOn();
    controller.start();
    controller.reset();
    await settle();
    settings.reference = 'A';
    await checkout.start();
    const [first, other, second, ...others] = keys(backend);
    expect(second).to.equal(first);
    expect(other).to.not.equal(first);
    expect(others).to.deep.equal([]);
  });

  for (const stop of ['cancel', 'reset'] as const) {
    it(`is not taken up after a ${stop}, though the page had been reloaded before it`, async () => {
      const shared = { backend: new FakeBackend(), storage: fakeStorage() };
      const before = new OrderHarness({}, {}, shared);
      await before.start();
      before.controller.hostDisconnected();
      const checkout = new OrderHarness({}, {}, shared);
      checkout.controller.resume();
      expect(checkout.phase).to.equal('creating');
      void checkout.controller[stop]();
      await settle();
      const after = new OrderHarness({}, {}, shared);
      after.controller.resume();
      await settle();
      expect(after.phase).to.equal('idle');
    });
  }
});
