import { expect } from '@open-wc/testing';
import { pendingOrder } from '../support/browser/fake-backend.ts';
import { mount, unmount } from '../support/browser/mount.ts';
import { waitUntil } from '../support/browser/wait-until.ts';

const { attachInternals } = HTMLElement.prototype;

afterEach(() => {
  unmount();
  HTMLElement.prototype.attachInternals = attachInternals;
});

/** What the emulations of browsers that unit tests run in have. */
const emulated = { 'no internals of elements': undefined, 'internals without methods': () => ({}) };

for (const [what, attach] of Object.entries(emulated)) {
  describe(`where there are ${what}`, () => {
    it('the checkout is shown, paid and asked for its validity all the same', async () => {
      Object.assign(HTMLElement.prototype, { attachInternals: attach });
      const { element } = await mount({}, (it) => {
        it.required = true;
      });
      expect(element.checkValidity()).to.equal(false);
      expect(element.form).to.equal(null);
      element.order = { ...pendingOrder, status: 'paid' };
      await waitUntil(() => element.state.phase === 'paid');
      await element.updateComplete;
      expect([element.checkValidity(), element.reportValidity()]).to.deep.equal([true, true]);
      expect([element.validationMessage, element.willValidate]).to.deep.equal(['', false]);
    });
  });
}
