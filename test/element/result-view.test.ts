import { expect, fixture } from '@open-wc/testing';
import { resultView } from '../../src/element/views/result.ts';
import { pendingOrder } from '../support/browser/fake-backend.ts';
import { en } from '../support/english.ts';

const text = async (order: typeof pendingOrder) => {
  const actions = { start: () => {}, cancel: () => {} };
  const state = { phase: 'expired', order } as const;
  const view = {
    state,
    environment: 'desktop',
    isDisabled: false,
    t: en,
    dir: 'ltr',
    actions,
    onward: undefined,
    onLeave: () => {},
  } as const;
  const card = await fixture<HTMLElement>(resultView(view, 'expired', order));
  return card.textContent ?? '';
};

describe('an expired order', () => {
  it('took no money when the backend says so', async () => {
    expect(await text({ ...pendingOrder, status: 'expired' })).to.match(/no money was taken/);
  });

  it('says nothing of money when only the time says so', async () => {
    const said = await text(pendingOrder);
    expect(said).to.match(/ask the shop before paying again/);
    expect(said).to.not.match(/no money/);
  });
});
