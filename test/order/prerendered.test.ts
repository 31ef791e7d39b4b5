import { expect } from '@open-wc/testing';
import { systemPorts } from '../../src/order/order-ports.ts';
import { FakeBackend, pendingOrder } from '../support/browser/fake-backend.ts';
import { settle } from '../support/browser/fake-clock.ts';
import { fakeStorage } from '../support/browser/fake-storage.ts';
import { OrderHarness } from '../support/browser/order-harness.ts';
import { replace } from '../support/browser/way.ts';

/** A checkout on a page that the browser has prepared, and nobody looks at yet. */
function prepared(shared: { backend?: FakeBackend; storage?: Storage } = {}): OrderHarness {
  const checkout = new OrderHarness({}, {}, shared);
  checkout.show = () => {};
  return checkout;
}

/** The customer comes to the page. */
async function show(checkout: OrderHarness): Promise<void> {
  const { show } = checkout;
  checkout.show = undefined;
  show?.();
  await settle();
}

describe('a page that is prepared before anybody looks at it', () => {
  it('makes no order until it is looked at, and then one', async () => {
    const checkout = prepared();
    await checkout.start();
    await checkout.start();
    expect(checkout.backend.requests).to.have.length(0);
    await show(checkout);
    expect(checkout.phase).to.equal('awaiting');
    expect(checkout.backend.count('create')).to.equal(1);
  });

  it('asks for nothing of an order that the page brings along until then', async () => {
    const checkout = prepared();
    checkout.controller.adopt(pendingOrder);
    await settle();
    expect(checkout.phase).to.equal('creating');
    await show(checkout);
    expect(checkout.phase).to.equal('awaiting');
    expect(checkout.backend.count('create')).to.equal(0);
  });

  it('goes on with the tab’s order only then', async () => {
    const [backend, storage] = [new FakeBackend(), fakeStorage()];
    await new OrderHarness({}, {}, { backend, storage }).start();
    const asked = backend.requests.length;
    const checkout = prepared({ backend, storage });
    checkout.controller.resume();
    await settle();
    expect(backend.requests).to.have.length(asked);
    await show(checkout);
    expect([checkout.phase, backend.count('create')]).to.deep.equal(['awaiting', 1]);
  });

  it('asks for nothing when the checkout is off the page by then', async () => {
    const checkout = prepared();
    await checkout.start();
    checkout.controller.hostDisconnected();
    await show(checkout);
    expect(checkout.backend.requests).to.have.length(0);
  });
});

describe('whether a page is prepared', () => {
  it('is what the browser says, and calls back once when it is looked at', () => {
    let shown = 0;
    const onShown = () => {
      shown += 1;
    };
    expect(systemPorts.isAhead(onShown)).to.equal(false);
    const putBack = replace(document, 'prerendering', true);
    try {
      expect(systemPorts.isAhead(onShown)).to.equal(true);
      expect(systemPorts.isAhead(onShown)).to.equal(true);
    } finally {
      putBack();
    }
    document.dispatchEvent(new Event('prerenderingchange'));
    document.dispatchEvent(new Event('prerenderingchange'));
    expect(shown).to.equal(1);
  });
});
