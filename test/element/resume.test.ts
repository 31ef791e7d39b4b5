import { expect } from '@open-wc/testing';
import { pendingOrder } from '../support/browser/fake-backend.ts';
import { type Mounted, mount, unmount } from '../support/browser/mount.ts';
import { waitUntil } from '../support/browser/wait-until.ts';

const phaseIs = ({ element }: Mounted, phase: string) =>
  waitUntil(() => element.state.phase === phase, `never ${phase}`);

/** The page is loaded anew: nothing of the old element lives on but what the tab has kept. */
async function reload(
  mounted: Mounted,
  set: Parameters<typeof mount>[1] = ({ reference }) => reference,
): Promise<Mounted> {
  mounted.element.remove();
  return mount({}, (element) => {
    element.reference = mounted.element.reference;
    set(element);
  });
}

const withReference = () =>
  mount({}, (element) => {
    element.reference = 'cart-42';
  });

afterEach(unmount);

describe('after a reload', () => {
  it('the order is on screen again without a press, and none was created', async () => {
    const before = await withReference();
    before.element.start();
    await phaseIs(before, 'awaiting');
    const after = await reload(before);
    await phaseIs(after, 'awaiting');
    expect(after.element.order?.id).to.equal(pendingOrder.id);
    expect(after.backend.count('create')).to.equal(0);
    expect(after.events).to.include('payby-order');
    await waitUntil(() => after.root.querySelector('[part=qr] svg'), 'no code');
  });

  it('an autostarted checkout makes no second order', async () => {
    const before = await withReference();
    before.element.autostart = true;
    before.element.start();
    await phaseIs(before, 'awaiting');
    const after = await reload(before, (element) => {
      element.autostart = true;
    });
    await phaseIs(after, 'awaiting');
    expect(after.backend.count('create')).to.equal(0);
  });

  it('a payment made meanwhile is told once', async () => {
    const before = await withReference();
    before.element.start();
    await phaseIs(before, 'awaiting');
    before.element.remove();
    const after = await mount({ status: 'paid' }, (element) => {
      element.reference = 'cart-42';
    });
    await phaseIs(after, 'paid');
    expect(after.events.filter((name) => name === 'payby-paid')).to.have.length(1);
  });

  it('a reference that the page sets later is still found', async () => {
    const before = await withReference();
    before.element.start();
    await phaseIs(before, 'awaiting');
    before.element.remove();
    const after = await mount();
    expect(after.element.state.phase).to.equal('idle');
    after.element.reference = 'cart-42';
    await phaseIs(after, 'awaiting');
    expect(after.backend.count('create')).to.equal(0);
  });

  it('an order that the page brings along counts, not the one that was kept', async () => {
    const before = await withReference();
    before.element.start();
    await phaseIs(before, 'awaiting');
    const after = await reload(before, (element) => {
      element.order = { ...pendingOrder, id: 'brought' };
    });
    await phaseIs(after, 'awaiting');
    expect(after.element.order?.id).to.equal('brought');
  });

  it('a tab whose storage is forbidden begins anew', async () => {
    const own = Object.getOwnPropertyDescriptor(window, 'sessionStorage');
    const before = await withReference();
    Object.defineProperty(window, 'sessionStorage', {
      configurable: true,
      get() {
        throw new DOMException('forbidden', 'SecurityError');
      },
    });
    try {
      before.element.start();
      await phaseIs(before, 'awaiting');
      const after = await reload(before);
      expect(after.element.state.phase).to.equal('idle');
      after.element.start();
      await phaseIs(after, 'awaiting');
    } finally {
      if (own) Object.defineProperty(window, 'sessionStorage', own);
    }
  });
});

describe('an element that is moved, or comes back from the back/forward cache', () => {
  it('goes on with its order', async () => {
    const checkout = await withReference();
    checkout.element.start();
    await phaseIs(checkout, 'awaiting');
    const elsewhere = document.createElement('section');
    document.body.append(elsewhere);
    elsewhere.append(checkout.element);
    checkout.backend.order = { ...checkout.backend.order, status: 'paid' };
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await phaseIs(checkout, 'paid');
    expect(checkout.backend.count('create')).to.equal(1);
    elsewhere.remove();
  });

  it('can be cancelled at once', async () => {
    const checkout = await withReference();
    checkout.element.start();
    await phaseIs(checkout, 'awaiting');
    const box = document.createElement('div');
    checkout.element.after(box);
    box.append(checkout.element);
    await checkout.element.cancel();
    expect(checkout.backend.count('cancel')).to.equal(1);
    expect(checkout.element.state.phase).to.equal('cancelled');
  });
});
