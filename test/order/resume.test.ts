import { expect } from '@open-wc/testing';
import type { Order } from '../../src/protocol.ts';
import {
  answer,
  FakeBackend,
  json,
  pendingOrder,
  problem,
  silence,
} from '../support/browser/fake-backend.ts';
import { settle } from '../support/browser/fake-clock.ts';
import { fakeStorage } from '../support/browser/fake-storage.ts';
import { OrderHarness } from '../support/browser/order-harness.ts';

const { tokenUrl, ...answeredLater } = pendingOrder;

/** The keys that orders were asked for with. */
const keys = ({ requests }: FakeBackend) =>
  requests.flatMap(({ method, headers }) =>
    method === 'POST' ? [headers.get('idempotency-key')] : [],
  );

/** A tab, its backend, and the checkouts that its pages show one after the other. */
class Tab {
  storage = fakeStorage();
  readonly backend: FakeBackend;
  #page: OrderHarness | undefined;

  constructor(order: Partial<Order> = {}) {
    this.backend = new FakeBackend(order);
  }

  /** Loads the page, anew if it was there; a checkout whose page is gone hears nothing more. */
  async load(settings: Partial<OrderHarness['settings']> = {}): Promise<OrderHarness> {
    this.#page?.controller.hostDisconnected();
    const page = this.another(settings);
    this.#page = page;
    page.controller.resume();
    await settle();
    return page;
  }

  /** One more checkout on the page. */
  another(settings: Partial<OrderHarness['settings']> = {}): OrderHarness {
    return new OrderHarness({}, settings, { backend: this.backend, storage: this.storage });
  }
}

describe('a checkout whose page is loaded again', () => {
  it('goes on with the same order, and creates none', async () => {
    const tab = new Tab();
    await (await tab.load()).start();
    const again = await tab.load();
    expect(again.phase).to.equal('awaiting');
    expect(again.order?.id).to.equal(pendingOrder.id);
    expect(tab.backend.count('create')).to.equal(1);
    expect(tab.backend.count('status')).to.equal(1);
  });

  it('knows its details in whichever order their keys come', async () => {
    const tab = new Tab();
    await (await tab.load({ details: { gift: true, items: [{ id: 1, count: 2 }] } })).start();
    const again = await tab.load({ details: { items: [{ count: 2, id: 1 }], gift: true } });
    expect(again.phase).to.equal('awaiting');
    expect(
      (await tab.load({ details: { items: [{ id: 2, count: 1 }], gift: true } })).phase,
    ).to.equal('idle');
    expect(tab.backend.count('create')).to.equal(1);
  });

  it('waits for the button where nothing was begun', async () => {
    const tab = new Tab();
    const page = await tab.load();
    expect(page.phase).to.equal('idle');
    expect(tab.backend.requests).to.deep.equal([]);
  });

  it('hears that it was paid while the page was away', async () => {
    const tab = new Tab();
    await (await tab.load()).start();
    tab.backend.order = { ...tab.backend.order, status: 'paid' };
    const again = await tab.load();
    expect(again.phases).to.deep.equal(['creating', 'paid']);
  });

  it('still shows the payment when it is loaded once more', async () => {
    const tab = new Tab();
    await (await tab.load()).start();
    tab.backend.order = { ...tab.backend.order, status: 'paid' };
    await tab.load();
    const again = await tab.load();
    expect(again.phase).to.equal('paid');
    expect(tab.backend.count('create')).to.equal(1);
  });

  for (const status of ['failed', 'expired', 'cancelled', 'refunded'] as const) {
    it(`begins anew once the backend has said ${status}`, async () => {
      const tab = new Tab();
      const first = await tab.load();
      await first.start();
      tab.backend.order = { ...tab.backend.order, status };
      await first.wake();
      expect(first.phase).to.equal(status);
      expect((await tab.load()).phase).to.equal('idle');
      expect(tab.storage.length).to.equal(0);
    });
  }

  it('believes the backend alone: what the tab kept cannot make an order paid', async () => {
    const tab = new Tab();
    await (await tab.load()).start();
    const name = tab.storage.key(0) ?? '';
    const kept = JSON.parse(tab.storage.getItem(name) ?? '');
    tab.storage.setItem(
      name,
      JSON.stringify({ ...kept, order: { ...kept.order, status: 'paid' } }),
    );
    tab.backend.status = silence;
    const again = await tab.load();
    expect(again.phase).to.equal('creating');
    expect(again.phases).to.not.include('paid');
  });

  it('draws no link from the tab’s storage that is not allowed', async () => {
    const tab = new Tab();
    await (await tab.load()).start();
    const name = tab.storage.key(0) ?? '';
    const kept = JSON.parse(tab.storage.getItem(name) ?? '');
    const order = { ...kept.order, tokenUrl: 'https://evil.example/' };
    tab.storage.setItem(name, JSON.stringify({ ...kept, order }));
    tab.backend.status = () => json(answeredLater);
    const again = await tab.load();
    expect(again.errors.map(({ code }) => code)).to.deep.equal(['token-url-blocked']);
    expect(again.order).to.equal(undefined);
  });

  it('keeps the links that a status answer does not repeat', async () => {
    const tab = new Tab({ statusUrl: '/elsewhere/status' });
    await (await tab.load()).start();
    tab.backend.status = () => json(answeredLater);
    const again = await tab.load();
    expect(again.phase).to.equal('awaiting');
    expect(again.order?.tokenUrl).to.equal(tokenUrl);
    const asked = tab.backend.requests.filter(({ method }) => method === 'GET');
    expect(asked.some(({ url }) => url.pathname === '/elsewhere/status')).to.equal(true);
  });

  it('asks again under the same key when it left before there was an answer', async () => {
    const tab = new Tab();
    const { create } = tab.backend;
    tab.backend.create = silence;
    await (await tab.load()).start();
    tab.backend.create = create;
    const again = await tab.load();
    expect(again.phase).to.equal('awaiting');
    const [first, second] = keys(tab.backend);
    expect(first).to.be.a('string');
    expect(second).to.equal(first);
  });

  it('asks for it by its key when the backend knows no order of that id', async () => {
    for (const status of [404, 410]) {
      const tab = new Tab();
      await (await tab.load()).start();
      tab.backend.status = () => problem(status, 'order-unknown');
      const again = await tab.load();
      expect(again.phase).to.equal('awaiting');
      const [first, second] = keys(tab.backend);
      expect(second).to.equal(first);
    }
  });

  it('does not take another order for it', async () => {
    const tab = new Tab();
    await (await tab.load()).start();
    tab.backend.status = () => json({ ...pendingOrder, id: 'other', status: 'paid' });
    const again = await tab.load();
    expect(again.phase).to.equal('error');
    expect(again.errors.map(({ code }) => code)).to.deep.equal(['order-invalid']);
  });

  it('that cannot reach the backend can be tried again, and finds the same order', async () => {
    const tab = new Tab();
    await (await tab.load()).start();
    const { status } = tab.backend;
    tab.backend.status = () => Promise.reject(new TypeError('no network'));
    const again = await tab.load();
    expect(again.phase).to.equal('error');
    tab.backend.status = status;
    await again.start();
    expect(again.phase).to.equal('awaiting');
    expect(tab.backend.count('create')).to.equal(1);
  });

  it('is another attempt for another reference, endpoint or details', async () => {
    const tab = new Tab();
    await (await tab.load({ details: { items: 1 } })).start();
    for (const other of [
      { details: { items: 2 } },
      { details: { items: 1 }, reference: 'cart-43' },
      { details: { items: 1 }, endpoint: '/api/other' },
    ]) {
      expect((await tab.load(other)).phase).to.equal('idle');
    }
    expect((await tab.load({ details: { items: 1 } })).phase).to.equal('awaiting');
  });

  it('begins anew without a reference', async () => {
    const tab = new Tab();
    await (await tab.load({ reference: '' })).start();
    expect(tab.storage.length).to.equal(0);
    expect((await tab.load({ reference: '' })).phase).to.equal('idle');
  });

  it('begins anew after a reset, and after the customer stopped it before there was an order', async () => {
    const tab = new Tab();
    const first = await tab.load();
    await first.start();
    first.controller.reset();
    expect((await tab.load()).phase).to.equal('idle');
    tab.backend.create = silence;
    const second = await tab.load();
    await second.start();
    await second.controller.cancel();
    expect((await tab.load()).phase).to.equal('idle');
  });

  it('begins anew after the backend refused', async () => {
    const tab = new Tab();
    tab.backend.create = () => problem(409, 'cart-empty');
    await (await tab.load()).start();
    expect((await tab.load()).phase).to.equal('idle');
  });

  it('does without a storage that throws, is full, or holds nonsense', async () => {
    const broken = new Tab();
    const refuse = () => {
      throw new DOMException('forbidden', 'SecurityError');
    };
    const page = broken.another();
    page.storage = refuse;
    page.controller.resume();
    await page.start();
    expect(page.phase).to.equal('awaiting');
    page.controller.reset();

    for (const nonsense of ['', '{', 'null', '[]', '{"key":1}', '{"key":"k","wish":0,"order":7}']) {
      const tab = new Tab();
      await (await tab.load()).start();
      tab.storage.setItem(tab.storage.key(0) ?? '', nonsense);
      const again = await tab.load();
      expect(again.phase).to.equal('idle');
      await again.start();
      expect(again.phase).to.equal('awaiting');
    }
  });

  it('asks by the key alone when the order that was kept is unreadable', async () => {
    const tab = new Tab();
    await (await tab.load()).start();
    const name = tab.storage.key(0) ?? '';
    const kept = JSON.parse(tab.storage.getItem(name) ?? '');
    for (const order of [7, {}, { id: 'x' }, { ...pendingOrder, id: '' }]) {
      tab.storage.setItem(name, JSON.stringify({ ...kept, order }));
      expect((await tab.load()).phase).to.equal('awaiting');
      expect(new Set(keys(tab.backend)).size).to.equal(1);
    }
  });

  it('works with the page’s own createOrder, by the URLs the order names', async () => {
    const tab = new Tab();
    const seen: string[] = [];
    const own = {
      endpoint: '',
      createOrder: async ({ idempotencyKey }: { idempotencyKey: string }) => {
        seen.push(idempotencyKey);
        return { ...pendingOrder, statusUrl: '/s', eventsUrl: '/s/events', cancelUrl: '/s/cancel' };
      },
    };
    await (await tab.load(own)).start();
    const again = await tab.load(own);
    expect(again.phase).to.equal('awaiting');
    expect(seen).to.have.length(1);
  });
});

describe('an order that was kept', () => {
  const loginPage = () =>
    answer('<html>Log in</html>', { status: 200, headers: { 'content-type': 'text/html' } });
  for (const [what, refuse] of [
    ['401', () => problem(401, 'session-over')],
    ['403', () => problem(403, 'forbidden')],
    ['409', () => problem(409, 'busy')],
    ['a login page', loginPage],
  ] as const) {
    it(`stays when the question for it is answered ${what}: it may have been paid`, async () => {
      const tab = new Tab();
      await (await tab.load()).start();
      const { status } = tab.backend;
      tab.backend.status = refuse;
      const refused = await tab.load();
      expect(refused.phase).to.equal('error');
      tab.backend.status = status;
      tab.backend.order = { ...tab.backend.order, status: 'paid' };
      await refused.start();
      expect(new Set(keys(tab.backend)).size).to.equal(1);
      expect(refused.phase).to.equal('paid');
    });
  }

  it('is asked for under the same key again while the backend is busy with that', async () => {
    const tab = new Tab();
    const { create } = tab.backend;
    tab.backend.create = () => problem(409, 'key-in-use');
    const page = await tab.load();
    await page.start();
    tab.backend.create = create;
    await page.start();
    expect(page.phase).to.equal('awaiting');
    expect(new Set(keys(tab.backend)).size).to.equal(1);
  });

  it('is not taken for one of another endpoint that is written the same', async () => {
    const tab = new Tab({ statusUrl: '/shop-a/orders/M965739182419' });
    const at = (shop: string) => ({
      endpoint: 'orders',
      base: `https://shop.example/${shop}/cart`,
      reference: '1',
    });
    await (await tab.load(at('shop-a'))).start();
    tab.backend.order = { ...tab.backend.order, status: 'paid' };
    expect((await tab.load(at('shop-b'))).phase).to.equal('idle');
    const written = { ...at('shop-a'), endpoint: 'https://shop.example/shop-a/orders' };
    expect((await tab.load(written)).phase).to.equal('paid');
  });

  it('is not taken for one that another page creates by itself', async () => {
    const tab = new Tab();
    const urls = { statusUrl: '/s', eventsUrl: '/s/events', cancelUrl: '/s/cancel' };
    const own = { endpoint: '', createOrder: async () => ({ ...pendingOrder, ...urls }) };
    await (await tab.load({ ...own, base: 'https://shop.example/donate' })).start();
    tab.backend.order = { ...tab.backend.order, status: 'paid' };
    const elsewhere = await tab.load({ ...own, base: 'https://shop.example/shop' });
    expect(elsewhere.phase).to.equal('idle');
  });

  it('and was paid is not made anew by itself when the backend has forgotten it', async () => {
    const tab = new Tab();
    const first = await tab.load();
    await first.start();
    tab.backend.order = { ...tab.backend.order, status: 'paid' };
    await first.wake();
    tab.backend.status = () => problem(404, 'order-unknown');
    expect((await tab.load()).phase).to.equal('error');
    expect(tab.backend.count('create')).to.equal(1);
  });

  it('has the time left that the backend’s present time says', async () => {
    const tab = new Tab();
    const start = Date.UTC(2026, 10, 22, 12);
    let now = start;
    const date = () => ({ date: new Date(now).toUTCString() });
    tab.backend.order = { ...tab.backend.order, expiresAt: start + 300_000 };
    tab.backend.create = () => json(tab.backend.answer(), 201, date());
    tab.backend.status = () => json(tab.backend.answer(), 200, date());
    await (await tab.load()).start();
    now = start + 240_000;
    expect((await tab.load()).controller.remaining).to.equal(60_000);
  });

  it('has nothing of its payer in the tab’s storage', async () => {
    const tab = new Tab();
    const page = await tab.load();
    await page.start();
    const payer = { mobileNumberMask: '+971-50***1234' };
    tab.backend.order = { ...tab.backend.order, status: 'scanned', payer };
    await page.wake();
    expect(page.phase).to.equal('scanned');
    expect(tab.storage.getItem(tab.storage.key(0) ?? '')).to.not.include('1234"}');
  });
});

describe('a report that took long to read', () => {
  it('is not taken for the order that came after', async () => {
    const page = new OrderHarness();
    await page.start();
    let come = () => {};
    const late = new Promise<void>((resolve) => {
      come = resolve;
    });
    const { loadDecoder } = page;
    page.loadDecoder = async () => {
      await late;
      return loadDecoder();
    };
    page.controller.hostDisconnected();
    page.controller.adopt({ ...pendingOrder, subject: null });
    page.controller.reset();
    page.controller.hostConnected();
    let respond = (_: Response) => {};
    page.backend.create = () =>
      new Promise((resolve) => {
        respond = resolve;
      });
    page.controller.start();
    come();
    await settle();
    respond(json({ ...pendingOrder, id: 'second' }, 201));
    await settle();
    expect(page.order?.id).to.equal('second');
  });
});

describe('two checkouts for one reference on one page', () => {
  it('make one order, and both show that it is paid', async () => {
    const tab = new Tab();
    const [one, other] = [await tab.load(), tab.another()];
    await one.start();
    await other.start();
    expect(tab.backend.count('create')).to.equal(1);
    tab.backend.order = { ...tab.backend.order, status: 'paid' };
    await one.wake();
    await other.wake();
    expect([one.phase, other.phase]).to.deep.equal(['paid', 'paid']);
  });

  it('that start at once ask under one key', async () => {
    const tab = new Tab();
    const [one, other] = [await tab.load(), tab.another()];
    one.controller.start();
    other.controller.start();
    await settle();
    expect(keys(tab.backend)).to.have.length(2);
    expect(new Set(keys(tab.backend)).size).to.equal(1);
    expect(one.order?.id).to.equal(other.order?.id);
  });

  it('do not undo each other: one that ends late leaves the other’s new attempt alone', async () => {
    const tab = new Tab();
    const [one, other] = [await tab.load(), tab.another()];
    await one.start();
    await other.start();
    tab.backend.order = { ...tab.backend.order, status: 'failed' };
    await one.wake();
    expect(one.phase).to.equal('failed');
    tab.backend.order = { ...pendingOrder, id: 'second' };
    await one.start();
    expect(one.order?.id).to.equal('second');
    // The other one hears of the first order's end only now.
    tab.backend.status = () => json({ ...pendingOrder, status: 'failed' });
    await other.wake();
    expect(other.phase).to.equal('failed');
    expect(JSON.parse(tab.storage.getItem(tab.storage.key(0) ?? '') ?? '').order.id).to.equal(
      'second',
    );
    tab.backend.status = () => json(tab.backend.answer());
    await other.start();
    expect(other.order?.id).to.equal('second');
    expect(tab.backend.count('create')).to.equal(2);
  });
});
