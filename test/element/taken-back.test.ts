import { expect } from '@open-wc/testing';
import { pendingOrder } from '../support/browser/fake-backend.ts';
import { mount, unmount } from '../support/browser/mount.ts';
import { waitUntil } from '../support/browser/wait-until.ts';

afterEach(unmount);

/** As frameworks take a property back: Preact by an empty text, the others by one of these. */
const nothings: readonly [name: string, value: undefined][] = [
  ['undefined', undefined],
  ['null', JSON.parse('null')],
  ['an empty text', JSON.parse('""')],
];

describe('a property that is taken back', () => {
  for (const [name, nothing] of nothings) {
    it(`by ${name} leaves no order`, async () => {
      const { element, events } = await mount({}, (one) => {
        one.order = pendingOrder;
      });
      await waitUntil(() => element.state.phase === 'awaiting', 'no order');
      element.order = nothing;
      expect(element.state.phase).to.equal('idle');
      expect(events).not.to.include('payby-error');
    });

    it(`by ${name} sends no details and no reference`, async () => {
      const { element, backend } = await mount({}, (one) => {
        one.details = { gift: true };
        one.reference = 'cart-42';
      });
      element.details = nothing;
      Object.assign(element, { reference: nothing });
      element.start();
      await waitUntil(() => element.state.phase === 'awaiting', 'no order');
      expect(backend.requests[0]?.body).to.deep.equal({ paySceneCode: 'DYNQR' });
    });
  }
});
