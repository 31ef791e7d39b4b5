import { expect } from '@open-wc/testing';
import { json, pendingOrder } from '../support/browser/fake-backend.ts';
import { settle } from '../support/browser/fake-clock.ts';
import { heard, type Mounted, mount, unmount } from '../support/browser/mount.ts';
import { fakeSystemClock, restoreClock } from '../support/browser/system-clock.ts';
import { waitUntil } from '../support/browser/wait-until.ts';
import {
  goAgain,
  mountIn,
  press,
  replace,
  shown,
  stayHere,
  wayOf,
} from '../support/browser/way.ts';

const evil = [
  'javascript:alert(1)//.payby.com',
  ' javascript:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'blob:https://qr.payby.com/1',
  'botim://pay?x=1',
  'intent://pay#Intent;scheme=botim;end',
  'http://qr.payby.com/',
  '//qr.payby.com/',
  '/pay',
  'https://evil.example/',
  'https://evil.example/?https://qr.payby.com/',
  'https://qr.payby.com@evil.example/',
  'https://evil.example\\@qr.payby.com/',
  'https://user:password@qr.payby.com/',
  'https://qr.payby.com.evil.example/',
  'https://evil-payby.com/',
  'https://evilpayby.com/',
  'https://payby.com.ae/',
  'https://qr.pаyby.com/', // with a Cyrillic а
  'https://qr.payby.com:444/',
  'http://localhost/',
];

let visited: string[] = [];
let speak = () => {};

beforeEach(() => {
  visited = stayHere();
  speak = replace(console, 'warn', () => {});
});
afterEach(() => {
  speak();
  Reflect.deleteProperty(window, 'ToPayJSBridge');
  restoreClock();
  goAgain();
  unmount();
});

/** Addresses that the card links to. */
const links = ({ root }: Mounted) =>
  [...root.querySelectorAll('[href]')].map((link) => link.getAttribute('href'));

describe('an order whose tokenUrl leads elsewhere', () => {
  for (const tokenUrl of evil) {
    it(`is not gone to inside the app: ${tokenUrl}`, async () => {
      const checkout = await mountIn('botim', { tokenUrl });
      const error = heard(checkout.element, 'payby-error');
      checkout.element.start();
      expect((await error).code).to.equal('token-url-blocked');
      await checkout.element.updateComplete;
      await settle();
      expect(visited).to.deep.equal([]);
      expect(checkout.events).to.not.include('payby-redirect');
      expect(links(checkout)).to.deep.equal([]);
    });
  }

  const [bad = ''] = evil;

  it('is not linked to in a phone’s browser, whose good appLink does not make up for it', async () => {
    const order = { tokenUrl: bad, appLink: 'https://pay.botim.money/open' };
    const checkout = await mountIn('phone', order);
    const error = heard(checkout.element, 'payby-error');
    checkout.element.start();
    expect((await error).code).to.equal('token-url-blocked');
    await checkout.element.updateComplete;
    expect(links(checkout)).to.deep.equal([]);
  });

  it('is not gone to when the page brings it along', async () => {
    const checkout = await mountIn('botim');
    const error = heard(checkout.element, 'payby-error');
    checkout.element.order = { ...pendingOrder, tokenUrl: bad };
    expect((await error).code).to.equal('token-url-blocked');
    expect(visited).to.deep.equal([]);
  });

  it('is not gone to when the page’s createOrder answers it', async () => {
    const checkout = await mountIn('botim', {}, (element) => {
      element.createOrder = async () => ({ ...pendingOrder, tokenUrl: bad });
    });
    const error = heard(checkout.element, 'payby-error');
    checkout.element.start();
    expect((await error).code).to.equal('token-url-blocked');
    expect(visited).to.deep.equal([]);
  });

  it('is not gone to when the bridge is wanted and does not come', async () => {
    const order = { tokenUrl: bad, bridge: { appId: '1', token: '2' } };
    const checkout = await mountIn('payby', order, (element) => {
      element.inApp = 'bridge';
    });
    const clock = fakeSystemClock();
    const error = heard(checkout.element, 'payby-error');
    checkout.element.start();
    expect((await error).code).to.equal('token-url-blocked');
    await clock.advance(10_000);
    expect(visited).to.deep.equal([]);
  });

  it('is not gone to when the tab’s storage was tampered with before a reload', async () => {
    const first = await mount({}, (element) => {
      element.reference = 'cart-42';
      element.environment = 'desktop';
    });
    first.element.start();
    await waitUntil(() => first.element.state.phase === 'awaiting');
    first.element.remove();
    const kept = Object.entries(sessionStorage).filter(([, value]) => value.includes('tokenUrl'));
    expect(kept).to.have.length(1);
    for (const [name, value] of kept) {
      const pending = JSON.parse(value);
      pending.order.tokenUrl = bad;
      sessionStorage.setItem(name, JSON.stringify(pending));
    }
    const again = await mountIn('botim');
    again.backend.status = () => json({ id: pendingOrder.id, status: 'pending' });
    const error = heard(again.element, 'payby-error');
    again.element.reference = 'cart-42';
    expect((await error).code).to.equal('token-url-blocked');
    await settle();
    expect(visited).to.deep.equal([]);
    expect(links(again)).to.deep.equal([]);
  });

  it('does not replace a good one by a later answer', async () => {
    const checkout = await mountIn('phone');
    checkout.element.start();
    await waitUntil(() => checkout.backend.streams.length === 1);
    const error = heard(checkout.element, 'payby-error');
    checkout.backend.stream.send({ ...pendingOrder, tokenUrl: bad });
    expect((await error).code).to.equal('token-url-blocked');
    await checkout.element.updateComplete;
    expect(wayOf(checkout).getAttribute('href')).to.equal(pendingOrder.tokenUrl);
  });
});

describe('an order whose appLink leads elsewhere', () => {
  for (const appLink of evil) {
    it(`is linked to by its tokenUrl: ${appLink}`, async () => {
      const checkout = await mountIn('phone', { appLink });
      const error = heard(checkout.element, 'payby-error');
      checkout.element.start();
      expect((await error).code).to.equal('token-url-blocked');
      await shown(checkout, /Save QR image/);
      expect(links(checkout)).to.deep.equal([pendingOrder.tokenUrl]);
      expect(press(checkout)).to.equal(true);
      expect(visited).to.deep.equal([]);
    });
  }
});
