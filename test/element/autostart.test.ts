import { expect } from '@open-wc/testing';
import type { PaybyCheckout } from '../../src/index.ts';
import { pendingOrder } from '../support/browser/fake-backend.ts';
import { type Mounted, mount, unmount } from '../support/browser/mount.ts';
import { waitUntil } from '../support/browser/wait-until.ts';

const phase = (mounted: Mounted, wanted: string) =>
  waitUntil(() => mounted.element.state.phase === wanted, `never became ${wanted}`);

afterEach(unmount);

describe('autostart', () => {
  it('starts by itself, once', async () => {
    const checkout = await mount({}, (element) => {
      element.autostart = true;
    });
    await phase(checkout, 'awaiting');
    checkout.element.reference = 'other';
    await checkout.element.updateComplete;
    expect(checkout.backend.count('create')).to.equal(1);
  });

  it('waits for an endpoint that is set later', async () => {
    const checkout = await mount({}, (element) => {
      element.autostart = true;
      element.endpoint = '';
    });
    await phase(checkout, 'error');
    checkout.element.endpoint = '/orders';
    await phase(checkout, 'awaiting');
  });

  it('asks for its order before it shows anything, and not in one with that', async () => {
    let isShown: boolean | undefined;
    const checkout = await mount({}, (element) => {
      element.autostart = true;
      const look = () => {
        isShown = element.shadowRoot?.querySelector('[part=base]') !== null;
      };
      element.addEventListener('payby-change', () => queueMicrotask(look), { once: true });
    });
    expect(isShown).to.equal(false);
    await phase(checkout, 'awaiting');
    expect(checkout.backend.count('create')).to.equal(1);
  });

  for (const [what, stop] of [
    ['cancels', (checkout: PaybyCheckout) => checkout.cancel()],
    ['resets', (checkout: PaybyCheckout) => checkout.reset()],
  ] as const) {
    it(`asks for nothing more when the page ${what} it at once`, async () => {
      const checkout = await mount({}, (element) => {
        element.autostart = true;
        element.addEventListener('payby-change', () => void stop(element), { once: true });
      });
      await checkout.element.updateComplete;
      expect(checkout.element.state.phase).to.equal('idle');
      expect(checkout.backend.count('create')).to.be.at.most(1);
      checkout.element.requestUpdate();
      await checkout.element.updateComplete;
      expect(checkout.element.state.phase).to.equal('idle');
    });
  }

  describe('with properties that were set before the script came', () => {
    /** An element that knows nothing of its class until it is on the page. */
    async function upgraded(properties: Partial<PaybyCheckout>): Promise<Mounted> {
      const checkout = await mount();
      const { ownerDocument } = document.createElement('template').content;
      const element = ownerDocument.createElement('payby-checkout');
      element.setAttribute('endpoint', '/api/payby/orders');
      element.setAttribute('autostart', '');
      Object.assign(element, properties);
      checkout.element.replaceWith(element);
      const upgraded = { ...checkout, element: element as PaybyCheckout };
      await phase(upgraded, 'awaiting');
      return upgraded;
    }

    it('asks for what they say', async () => {
      const { backend } = await upgraded({ reference: 'cart-7', details: { table: 4 } });
      expect(backend.count('create')).to.equal(1);
      expect(backend.requests[0]?.body).to.deep.include({
        reference: 'cart-7',
        details: { table: 4 },
      });
    });

    it('asks createOrder, and not the endpoint', async () => {
      const { backend } = await upgraded({ createOrder: async () => ({ ...pendingOrder }) });
      expect(backend.count('create')).to.equal(0);
    });

    it('asks for nothing when there is an order', async () => {
      const { backend } = await upgraded({ order: { ...pendingOrder } });
      expect(backend.count('create')).to.equal(0);
    });
  });

  it('starts when a page mends the setup as soon as it is told', async () => {
    const checkout = await mount({}, (element) => {
      element.autostart = true;
      element.endpoint = '';
      const mend = () => {
        element.endpoint = '/orders';
      };
      element.addEventListener('payby-error', mend, { once: true });
    });
    await phase(checkout, 'awaiting');
    expect(checkout.backend.count('create')).to.equal(1);
  });

  it('tells once of a setup that cannot work', async () => {
    const checkout = await mount({}, (element) => {
      element.autostart = true;
      Object.assign(element, { createOrder: 'not a function' });
    });
    await phase(checkout, 'error');
    await checkout.element.updateComplete;
    expect(checkout.events.filter((event) => event === 'payby-error')).to.have.length(1);
  });

  it('waits until it is not disabled any more, and starts once', async () => {
    const checkout = await mount({}, (element) => {
      element.autostart = true;
      element.disabled = true;
    });
    expect(checkout.element.state.phase).to.equal('idle');
    expect(checkout.button().disabled).to.equal(true);
    checkout.element.disabled = false;
    await phase(checkout, 'awaiting');
    checkout.element.reset();
    checkout.element.disabled = true;
    await checkout.element.updateComplete;
    checkout.element.disabled = false;
    await checkout.element.updateComplete;
    expect(checkout.element.state.phase).to.equal('idle');
    expect(checkout.backend.count('create')).to.equal(1);
  });

  it('waits for its fieldset, and not once autostart was taken back', async () => {
    const checkout = await mount({}, (element) => {
      element.autostart = true;
      element.disabled = true;
    });
    const fieldset = document.createElement('fieldset');
    fieldset.disabled = true;
    checkout.element.before(fieldset);
    fieldset.append(checkout.element);
    checkout.element.disabled = false;
    await checkout.element.updateComplete;
    expect(checkout.element.state.phase).to.equal('idle');
    checkout.element.autostart = false;
    await checkout.element.updateComplete;
    fieldset.disabled = false;
    await checkout.element.updateComplete;
    expect(checkout.element.state.phase).to.equal('idle');
    fieldset.disabled = true;
    checkout.element.autostart = true;
    await checkout.element.updateComplete;
    fieldset.disabled = false;
    await phase(checkout, 'awaiting');
  });

  it('does not undo a cancel when the page renders its setup anew', async () => {
    const checkout = await mount({}, (element) => {
      element.autostart = true;
      element.createOrder = async () => ({ ...pendingOrder });
    });
    await phase(checkout, 'awaiting');
    checkout.element.reset();
    checkout.element.createOrder = async () => ({ ...pendingOrder });
    await checkout.element.updateComplete;
    expect(checkout.element.state.phase).to.equal('idle');
  });
});
