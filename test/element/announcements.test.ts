import { expect } from '@open-wc/testing';
import { announcement } from '../../src/element/announcement.ts';
import { type Announced, laterAnnouncement } from '../../src/element/later-announcement.ts';
import type { Order } from '../../src/protocol.ts';
import { pendingOrder, problem } from '../support/browser/fake-backend.ts';
import { type Mounted, mount, unmount } from '../support/browser/mount.ts';
import { waitUntil } from '../support/browser/wait-until.ts';
import { en } from '../support/english.ts';

afterEach(unmount);

/** Everything a screen reader is told from now on: one entry for each change of the live region. */
function listen({ root }: Mounted): string[] {
  const region = root.querySelector('[role=status]');
  if (!region) throw new Error('there is no live region');
  const told: string[] = [];
  const observer = new MutationObserver(() => {
    const isThere = region.isConnected ? '' : ' (in a region that is gone)';
    told.push(`${region.textContent?.trim() ?? ''}${isThere}`);
  });
  observer.observe(region, { childList: true, characterData: true, subtree: true });
  return told;
}

const heard = (told: string[], last: string) =>
  waitUntil(() => told.at(-1) === last, `never told "${last}", but ${told.join(' | ')}`);
const reported = async ({ backend }: Mounted, order: Partial<Order>) => {
  await waitUntil(() => backend.streams.length > 0);
  backend.stream.send({ ...pendingOrder, ...order });
};

describe('a screen reader is told once of every change', () => {
  it('from the button to the receipt', async () => {
    const checkout = await mount();
    const told = listen(checkout);
    checkout.button().click();
    await heard(told, 'Waiting for payment');
    await reported(checkout, { status: 'scanned', payer: { mobileNumberMask: '+971-58*92' } });
    await heard(told, 'Confirm in your app');
    await reported(checkout, { status: 'paid' });
    await heard(told, 'Paid');
    await waitUntil(() => /Order M965739182419/.test(checkout.text()));
    const expected = [
      'Preparing your payment…',
      'Waiting for payment',
      'Confirm in your app',
      'Paid',
    ];
    expect(told).to.deep.equal(expected);
  });

  it('when somebody scanned and left again', async () => {
    const checkout = await mount();
    checkout.element.start();
    await reported(checkout, { status: 'scanned' });
    await waitUntil(() => checkout.element.state.phase === 'scanned');
    await checkout.element.updateComplete;
    const told = listen(checkout);
    await reported(checkout, { status: 'pending' });
    await heard(told, 'Waiting for payment');
    expect(told).to.have.length(1);
  });

  const ends = ['failed', 'expired', 'cancelled', 'refunded'] as const;
  for (const status of ends) {
    it(`of an order that ends ${status}`, async () => {
      const checkout = await mount();
      checkout.element.start();
      await waitUntil(() => /Waiting/.test(checkout.text()));
      const told = listen(checkout);
      await reported(checkout, { status });
      await heard(told, `${en.phases[status]}\n${en[`${status}Hint`]}`);
      await waitUntil(() => checkout.root.querySelector('.badge'));
      expect(told).to.have.length(1);
    });
  }

  it('of an error, each time that it happens', async () => {
    const checkout = await mount();
    checkout.backend.create = () => problem(503, 'unavailable');
    const told = listen(checkout);
    const error = `${en.errorTitle}\n${en.errors['order-rejected']}`;
    checkout.button().click();
    await heard(told, error);
    await checkout.element.updateComplete;
    checkout.button().click();
    await waitUntil(() => told.length === 4, `told ${told.join(' | ')}`);
    expect(told).to.deep.equal([en.creating, error, en.creating, error]);
  });

  it('that cancelling did not work, each time', async () => {
    const checkout = await mount();
    checkout.backend.cancel = () => problem(409, 'order-paid');
    checkout.element.start();
    await waitUntil(() => /Waiting/.test(checkout.text()));
    const told = listen(checkout);
    for (let time = 0; time < 2; time += 1) {
      await waitUntil(() => /^Cancel$/.test(checkout.button('quiet').innerText));
      checkout.button('quiet').click();
      await waitUntil(() => told.filter((text) => text === en.notCancelled).length === time + 1);
    }
  });

  it('in the language it is worded in, whatever that of the page', async () => {
    const { element, root } = await mount({}, (checkout) => {
      checkout.lang = 'xx-YY';
    });
    element.start();
    const region = root.querySelector('[role=status]');
    await waitUntil(() => region?.textContent?.trim() === 'Waiting for payment');
    expect(region?.closest('[lang]')?.getAttribute('lang')).to.equal('en');
  });

  it('and of nothing when the page renders the same again', async () => {
    const checkout = await mount();
    checkout.element.start();
    await waitUntil(() => /Waiting/.test(checkout.text()));
    const told = listen(checkout);
    await reported(checkout, { status: 'pending' });
    checkout.element.requestUpdate();
    await checkout.element.updateComplete;
    checkout.element.theme = 'dark';
    await checkout.element.updateComplete;
    expect(told).to.deep.equal([]);
  });
});

describe('the time left', () => {
  const said = (seconds: number | undefined, more: Partial<Announced> = {}) => {
    const remaining = seconds === undefined ? undefined : seconds * 1000;
    const state = { phase: 'awaiting', order: pendingOrder } as const;
    const announced: Announced = { state, health: 'live', remaining, cancelling: 'no', ...more };
    return laterAnnouncement(announced, en) ?? announcement(announced.state, en);
  };

  it('is told at five minutes, at one and at thirty seconds, and not in between', () => {
    const told = Array.from({ length: 400 }, (_, passed) => said(400 - passed));
    const changes = told.filter((text, second) => text !== told[second - 1]);
    expect(changes).to.deep.equal([
      'Waiting for payment',
      '5 minutes left',
      '1 minute left',
      '30 seconds left',
    ]);
    expect(told.indexOf('5 minutes left')).to.equal(100);
    expect(told.indexOf('1 minute left')).to.equal(340);
    expect(told.indexOf('30 seconds left')).to.equal(370);
  });

  it('does not talk into the confirmation of somebody who has scanned', () => {
    const state = { phase: 'scanned', order: pendingOrder } as const;
    expect(said(20, { state })).to.equal('Confirm in your app');
  });

  it('gives way to trouble, and ends with a last question', () => {
    expect(said(20, { health: 'offline' })).to.equal(en.offline);
    expect(said(0)).to.equal(en.checking);
    expect(said(undefined)).to.equal('Waiting for payment');
  });
});
