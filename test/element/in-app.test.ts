import { expect } from '@open-wc/testing';
import { pendingOrder } from '../support/browser/fake-backend.ts';
import { settle } from '../support/browser/fake-clock.ts';
import { heard, mount, unmount } from '../support/browser/mount.ts';
import { fakeSystemClock, restoreClock } from '../support/browser/system-clock.ts';
import { waitUntil } from '../support/browser/wait-until.ts';
import {
  arriveBy,
  buttonOf,
  forbidStorage,
  goAgain,
  mountIn,
  press,
  replace,
  shown,
  stayHere,
  wayOf,
} from '../support/browser/way.ts';

let visited: string[] = [];
let undo: (() => void)[] = [];

beforeEach(() => {
  visited = stayHere();
});
afterEach(() => {
  for (const back of undo) back();
  undo = [];
  restoreClock();
  goAgain();
  unmount();
});

/** An order that no other test has left for: some of them are remembered without storage. */
let orders = 0;
const another = () => {
  orders += 1;
  return { id: `M-in-app-${orders}` };
};

describe('inside the app', () => {
  it('announces the redirect, then goes to the tokenUrl, and loads no code', async () => {
    const checkout = await mountIn('botim');
    const early: string[][] = [];
    checkout.element.addEventListener('payby-redirect', () => early.push([...visited]));
    checkout.element.start();
    const event = await heard(checkout.element, 'payby-redirect');
    expect(event.cancelable).to.equal(true);
    expect(event.url).to.equal(pendingOrder.tokenUrl);
    expect(early, 'left before it was announced').to.deep.equal([[]]);
    await waitUntil(() => visited.length === 1);
    expect(visited).to.deep.equal([pendingOrder.tokenUrl]);
    await checkout.element.updateComplete;
    expect(checkout.root.querySelector('[part=qr], .plate')).to.equal(null);
  });

  it('says that it is leaving, and some seconds later that it is not paid yet', async () => {
    const checkout = await mountIn('botim');
    const clock = fakeSystemClock();
    checkout.element.start();
    await shown(checkout, /Opening the payment…/);
    await clock.advance(3999);
    expect(checkout.text()).to.match(/Opening the payment…/);
    await clock.advance(1);
    await checkout.element.updateComplete;
    expect(checkout.text()).to.match(/Not paid yet\? Continue where you left off/);
    expect(visited).to.have.length(1);
  });

  it('stays when the page prevents it, and offers the way as a link', async () => {
    const checkout = await mountIn('payby');
    checkout.element.addEventListener('payby-redirect', (event) => event.preventDefault());
    checkout.element.start();
    await shown(checkout, /Continue in PayBy Pay in the app/);
    expect(visited).to.deep.equal([]);
    expect(wayOf(checkout).getAttribute('href')).to.equal(pendingOrder.tokenUrl);
    expect(press(checkout)).to.equal(true);
  });

  it('goes and links to the tokenUrl also when the order has an appLink, which is for browsers', async () => {
    const checkout = await mountIn('botim', { appLink: 'https://pay.botim.money/open?x=1' });
    checkout.element.start();
    await shown(checkout, /Continue in BOTIM/);
    expect(visited).to.deep.equal([pendingOrder.tokenUrl]);
    expect(wayOf(checkout).getAttribute('href')).to.equal(pendingOrder.tokenUrl);
  });

  it('asks the page once per order, also when it said no', async () => {
    const checkout = await mountIn('payby');
    checkout.element.addEventListener('payby-redirect', (event) => event.preventDefault());
    checkout.element.start();
    await shown(checkout, /Continue in PayBy/);
    document.dispatchEvent(new Event('ToPayJSBridgeReady'));
    await settle();
    expect(checkout.events.filter((name) => name === 'payby-redirect')).to.have.length(1);
  });

  it('goes there once per order: somebody who came back is not sent away again', async () => {
    const first = await mountIn('botim');
    first.element.start();
    await waitUntil(() => visited.length === 1);
    first.element.remove();
    const again = await mountIn('botim');
    again.element.start();
    await shown(again, /Continue in BOTIM Not paid yet\? Continue where you left off/);
    expect(again.events).to.not.include('payby-redirect');
    expect(visited).to.have.length(1);
    expect(press(again)).to.equal(true);
  });

  it('goes to the next order’s payment too', async () => {
    const checkout = await mountIn('botim');
    checkout.element.order = pendingOrder;
    await waitUntil(() => visited.length === 1);
    checkout.element.order = { ...pendingOrder, ...another(), tokenUrl: 'https://qr.payby.com/2' };
    await waitUntil(() => visited.length === 2);
    expect(visited[1]).to.equal('https://qr.payby.com/2');
  });

  for (const type of ['back_forward', 'reload'] as const) {
    it(`stays after a ${type} where the tab’s storage is forbidden`, async () => {
      undo = [forbidStorage(), arriveBy(type)];
      const checkout = await mountIn('botim', another());
      checkout.element.start();
      await shown(checkout, /Continue in BOTIM Not paid yet\?/);
      expect(checkout.events).to.not.include('payby-redirect');
      expect(visited).to.deep.equal([]);
    });
  }

  it('goes where the storage is forbidden and the page was come to by a link, and only once', async () => {
    undo = [forbidStorage(), arriveBy('navigate')];
    const order = another();
    const first = await mountIn('botim', order);
    first.element.start();
    await waitUntil(() => visited.length === 1);
    first.element.remove();
    const again = await mountIn('botim', order);
    again.element.start();
    await shown(again, /Not paid yet\?/);
    expect(visited).to.have.length(1);
  });

  it('stays after the back button where the storage is full', async () => {
    const setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    undo = [replace(Storage.prototype, 'setItem', setItem), arriveBy('back_forward')];
    const checkout = await mountIn('botim', another());
    checkout.element.start();
    await shown(checkout, /Continue in BOTIM/);
    expect(visited).to.deep.equal([]);
  });

  it('stays after the back button also when the page has made a new order by then', async () => {
    const first = await mountIn('botim', another());
    first.element.start();
    await waitUntil(() => visited.length === 1);
    first.element.remove();
    undo = [arriveBy('back_forward')];
    const again = await mountIn('botim', another());
    again.element.start();
    await shown(again, /Continue in BOTIM Pay in the app, then come back/);
    expect(visited).to.have.length(1);
  });

  it('goes after the back button when it was not left for the app before', async () => {
    undo = [arriveBy('back_forward')];
    const checkout = await mountIn('botim', another());
    checkout.element.start();
    await waitUntil(() => visited.length === 1);
  });

  it('shows the code when asked, and hides it again', async () => {
    const checkout = await mountIn('botim');
    checkout.element.addEventListener('payby-redirect', (event) => event.preventDefault());
    checkout.element.start();
    await shown(checkout, /Pay from another device/);
    buttonOf(checkout, 'Pay from another device').click();
    await waitUntil(() => checkout.root.querySelector('[part=qr] svg'), 'no code');
    buttonOf(checkout, 'Pay from another device').click();
    await checkout.element.updateComplete;
    expect(checkout.root.querySelector('[part=qr]')).to.equal(null);
  });

  it('offers no picture to save or share: the app has the payment itself', async () => {
    const checkout = await mountIn('botim');
    checkout.element.start();
    await shown(checkout, /Continue in BOTIM/);
    expect(checkout.text()).to.not.match(/Save QR image|Share/);
  });

  it('in-app="qr" shows the code at once and stays, without a button that could not hide it', async () => {
    const checkout = await mountIn('botim', {}, (element) => {
      element.inApp = 'qr';
    });
    checkout.element.start();
    await waitUntil(() => checkout.root.querySelector('[part=qr] svg'), 'no code');
    await shown(checkout, /Continue in BOTIM/);
    expect(checkout.events).to.not.include('payby-redirect');
    expect(checkout.text()).to.not.match(/Pay from another device/);
  });

  it('stays when a listener leaves the order', async () => {
    const checkout = await mountIn('botim');
    checkout.element.addEventListener('payby-redirect', () => checkout.element.reset());
    checkout.element.start();
    await heard(checkout.element, 'payby-redirect');
    await checkout.element.updateComplete;
    expect(visited).to.deep.equal([]);
  });

  it('stays when a listener brings another order along, and goes to that one', async () => {
    const checkout = await mountIn('botim');
    const next = { ...pendingOrder, ...another(), tokenUrl: 'https://qr.payby.com/next' };
    const change = () => {
      checkout.element.order = next;
    };
    checkout.element.addEventListener('payby-redirect', change, { once: true });
    checkout.element.start();
    await waitUntil(() => visited.length > 0);
    expect(visited).to.deep.equal(['https://qr.payby.com/next']);
  });

  it('stays when it was taken off the page before its part of the script came, and goes when it is back', async () => {
    const checkout = await mountIn('botim');
    const { element } = checkout;
    const place = element.parentElement;
    element.addEventListener('payby-order', () => element.remove(), { once: true });
    element.start();
    await heard(element, 'payby-order');
    await settle();
    await import('../../src/element/app-part.ts');
    await settle();
    expect(visited).to.deep.equal([]);
    expect(checkout.events).to.not.include('payby-redirect');
    place?.append(element);
    await waitUntil(() => visited.length === 1);
  });

  it('falls back to its own detection when the page’s throws', async () => {
    const checkout = await mount({}, (element) => {
      element.detect = () => {
        throw new Error('no');
      };
    });
    checkout.element.start();
    await waitUntil(() => checkout.backend.streams.length === 1, 'nobody follows');
    expect(checkout.element.state.phase).to.equal('awaiting');
    expect(visited).to.deep.equal([]);
  });

  it('takes the page’s own detection', async () => {
    const checkout = await mount({}, (element) => {
      element.detect = () => 'botim';
    });
    checkout.element.start();
    await waitUntil(() => visited.length === 1);
  });
});
