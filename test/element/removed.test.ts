import { expect } from '@open-wc/testing';
import { navigation } from '../../src/device/navigate.ts';
import { pendingOrder, silence } from '../support/browser/fake-backend.ts';
import { settle } from '../support/browser/fake-clock.ts';
import { heard, mount, unmount } from '../support/browser/mount.ts';

describe('a checkout that is taken off the page', () => {
  const { assign } = navigation;
  beforeEach(() => sessionStorage.clear());
  afterEach(() => {
    navigation.assign = assign;
    unmount();
  });

  it('asks for nothing, also after its order was set again', async () => {
    const { element, backend } = await mount();
    backend.cancel = silence;
    element.start();
    await heard(element, 'payby-order');
    element.remove();
    element.order = { ...pendingOrder };
    await settle();
    void element.cancel();
    await settle();
    expect(backend.count('cancel')).to.equal(0);
  });

  for (const name of ['payby-order', 'payby-change', 'payby-redirect'] as const) {
    it(`does not leave the page, when a listener of ${name} has removed it`, async () => {
      const visited: string[] = [];
      navigation.assign = (url) => void visited.push(url);
      const { element } = await mount({}, (checkout) => {
        checkout.environment = 'botim';
        checkout.addEventListener(name, () => checkout.order && checkout.remove());
      });
      element.start();
      await heard(element, name === 'payby-redirect' ? name : 'payby-order');
      await settle();
      expect(visited).to.deep.equal([]);
    });
  }
});
