import { expect } from '@open-wc/testing';
import type { OrderStatus } from '../../src/protocol.ts';
import { pendingOrder } from '../support/browser/fake-backend.ts';
import { type Mounted, mount, unmount } from '../support/browser/mount.ts';
import { waitUntil } from '../support/browser/wait-until.ts';

afterEach(unmount);

const height = ({ root }: Mounted) =>
  root.querySelector('[part=base]')?.getBoundingClientRect().height ?? 0;

async function shown(checkout: Mounted, status: OrderStatus) {
  const { element, backend } = checkout;
  await waitUntil(() => backend.streams.length > 0, 'nobody follows');
  const payer = { mobileNumberMask: '+971-58*92' };
  backend.stream.send({ ...pendingOrder, status, payer });
  const phase = status === 'pending' ? 'awaiting' : status;
  await waitUntil(() => element.state.phase === phase, `never ${phase}`);
  await element.updateComplete;
}

describe('the card', () => {
  for (const width of [280, 320, 480, 600]) {
    for (const environment of ['desktop', 'phone', 'botim'] as const) {
      it(`keeps its height from order to result at ${width} px on ${environment}`, async () => {
        const checkout = await mount({}, (element) => {
          element.environment = environment;
          element.style.inlineSize = `${width}px`;
          element.addEventListener('payby-redirect', (event) => event.preventDefault());
        });
        checkout.element.start();
        await waitUntil(() => checkout.element.state.phase === 'awaiting', 'no order');
        const wanted = environment === 'desktop' ? '[part=qr] svg' : '[aria-expanded]';
        await waitUntil(() => checkout.root.querySelector(wanted), 'no stage');
        await checkout.element.updateComplete;
        const waiting = height(checkout);
        expect(waiting).to.be.above(300);
        const seen: Record<string, number> = {};
        for (const status of ['scanned', 'pending', 'paid'] as const) {
          await shown(checkout, status);
          // Browsers count in 64ths of a pixel.
          seen[status] = Math.round(Math.abs(height(checkout) - waiting));
        }
        expect(seen).to.deep.equal({ scanned: 0, pending: 0, paid: 0 });
      });
    }
  }

  it('does not move what is below it while the order is asked for, but for its subject', async () => {
    const checkout = await mount({}, (element) => {
      element.style.inlineSize = '420px';
    });
    let answer = (_: Response) => {};
    checkout.backend.create = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    checkout.element.start();
    await waitUntil(() => checkout.root.querySelector('[part=steps]'), 'no steps');
    await checkout.element.updateComplete;
    const asking = height(checkout);
    answer(new Response(JSON.stringify(pendingOrder), { status: 201 }));
    await waitUntil(() => checkout.element.state.phase === 'awaiting', 'no order');
    await checkout.element.updateComplete;
    expect(Math.abs(height(checkout) - asking)).to.be.below(2);
  });

  it('is as high as it needs to be after a reset, and when its width changes', async () => {
    const checkout = await mount({}, (element) => {
      element.style.inlineSize = '320px';
    });
    const idle = height(checkout);
    checkout.element.start();
    await shown(checkout, 'paid');
    expect(height(checkout)).to.be.above(idle + 100);
    checkout.element.reset();
    await checkout.element.updateComplete;
    expect(height(checkout)).to.equal(idle);
  });
});
