import { expect } from '@open-wc/testing';
import type { PaybyErrorEvent } from '../../src/index.ts';
import type { OrderStatus } from '../../src/protocol.ts';
import { pendingOrder } from '../support/browser/fake-backend.ts';
import type { FakeClock } from '../support/browser/fake-clock.ts';
import { type Mounted, mount, unmount } from '../support/browser/mount.ts';
import { fakeSystemClock, restoreClock } from '../support/browser/system-clock.ts';
import { waitUntil } from '../support/browser/wait-until.ts';
import { goAgain, replace, shown, stayHere } from '../support/browser/way.ts';

const pause = 4000;
let visited: string[] = [];
let clock: FakeClock;

let speak = () => {};

beforeEach(() => {
  visited = stayHere();
  speak = replace(console, 'warn', () => {});
});
afterEach(() => {
  speak();
  restoreClock();
  goAgain();
  unmount();
});

/** An order that has come to its end before the clock was stopped. */
async function ended(returnUrl: string, status: OrderStatus = 'paid'): Promise<Mounted> {
  const checkout = await mount({}, (element) => {
    element.returnUrl = returnUrl;
  });
  await import('../../src/element/follow-part.ts');
  clock = fakeSystemClock();
  checkout.element.order = { ...pendingOrder, status };
  await shown(checkout, /Order M965739182419|no money was taken|returned to you/);
  return checkout;
}

const onward = ({ root }: Mounted) =>
  root.querySelector<HTMLAnchorElement>('a[part=button]')?.getAttribute('href');

describe('return-url', () => {
  it('is gone to some seconds after the payment, as an absolute address', async () => {
    const checkout = await ended('/thanks?order=1#top');
    expect(checkout.text()).to.match(/Paid .*Order M965739182419/);
    await clock.advance(pause - 1);
    expect(visited).to.deep.equal([]);
    await clock.advance(1);
    expect(visited).to.deep.equal([new URL('/thanks?order=1#top', location.href).href]);
    await clock.advance(60_000);
    expect(visited, 'gone to once').to.have.length(1);
  });

  it('is a link at once, for who will not wait', async () => {
    const checkout = await ended('/thanks');
    await shown(checkout, /Continue$/);
    expect(onward(checkout)).to.equal(new URL('/thanks', location.href).href);
    expect(visited).to.deep.equal([]);
  });

  it('is relative to the page’s own base', async () => {
    const base = document.createElement('base');
    base.href = 'https://shop.example/cart/';
    const checkout = await ended('thanks');
    document.head.append(base);
    checkout.element.requestUpdate();
    await checkout.element.updateComplete;
    expect(onward(checkout)).to.equal('https://shop.example/cart/thanks');
    await clock.advance(pause);
    base.remove();
    expect(visited).to.deep.equal(['https://shop.example/cart/thanks']);
  });

  it('waits from the payment on, not from when the order came', async () => {
    const checkout = await mount({}, (element) => {
      element.setAttribute('return-url', '/thanks');
    });
    checkout.element.start();
    await waitUntil(() => checkout.backend.streams.length === 1);
    clock = fakeSystemClock();
    await clock.advance(pause * 2);
    expect(visited).to.deep.equal([]);
    checkout.backend.stream.send({ ...pendingOrder, status: 'paid' });
    await shown(checkout, /Continue$/);
    await clock.advance(pause - 1);
    expect(visited).to.deep.equal([]);
    await clock.advance(1);
    expect(visited).to.have.length(1);
  });

  it('is left out where the page names none', async () => {
    const checkout = await ended('');
    expect(onward(checkout)).to.equal(undefined);
    await clock.advance(pause * 2);
    expect(visited).to.deep.equal([]);
  });

  for (const status of ['failed', 'expired', 'cancelled', 'refunded'] as const) {
    it(`is not for an order that is ${status}`, async () => {
      const checkout = await ended('/thanks', status);
      expect(onward(checkout)).to.equal(undefined);
      await clock.advance(pause * 2);
      expect(visited).to.deep.equal([]);
    });
  }

  for (const url of [
    'javascript:alert(1)',
    ' \tjava\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'blob:https://shop.example/1',
    'file:///etc/passwd',
    'https://',
  ]) {
    it(`refuses ${JSON.stringify(url)}: told once, and the page is not left`, async () => {
      const errors: PaybyErrorEvent[] = [];
      const listen = (event: PaybyErrorEvent) => void errors.push(event);
      document.body.addEventListener('payby-error', listen);
      const checkout = await ended(url);
      checkout.element.requestUpdate();
      await checkout.element.updateComplete;
      await clock.advance(pause * 2);
      document.body.removeEventListener('payby-error', listen);
      expect(errors.map(({ code }) => code)).to.deep.equal(['configuration']);
      expect(errors[0]?.message).to.match(/return-url [\s\S]* is not an http\(s\) URL/);
      expect(checkout.element.state.phase).to.equal('paid');
      expect(checkout.root.querySelector('a')).to.equal(null);
      expect(visited).to.deep.equal([]);
    });
  }

  it('is not gone to after a reset', async () => {
    const checkout = await ended('/thanks');
    await clock.advance(pause - 1);
    checkout.element.reset();
    await checkout.element.updateComplete;
    await clock.advance(pause);
    expect(visited).to.deep.equal([]);
    expect(clock.pending).to.equal(0);
  });

  it('is not gone to once the element is off the page, and no timer is left behind', async () => {
    const checkout = await ended('/thanks');
    expect(clock.pending).to.equal(1);
    checkout.element.remove();
    expect(clock.pending).to.equal(0);
    await clock.advance(pause * 2);
    expect(visited).to.deep.equal([]);
  });

  it('is gone to, after another pause, when the element is put back', async () => {
    const checkout = await ended('/thanks');
    const place = checkout.element.parentElement;
    checkout.element.remove();
    place?.append(checkout.element);
    await checkout.element.updateComplete;
    await clock.advance(pause);
    expect(visited).to.have.length(1);
  });

  it('may be named or taken back during the pause', async () => {
    const checkout = await ended('/thanks');
    checkout.element.returnUrl = '';
    await checkout.element.updateComplete;
    await clock.advance(pause);
    expect(visited).to.deep.equal([]);
    checkout.element.returnUrl = '/later';
    await shown(checkout, /Continue$/);
    await clock.advance(pause);
    expect(visited).to.deep.equal([new URL('/later', location.href).href]);
  });

  it('is not gone to again for an order that was gone on from', async () => {
    for (const goOn of ['waits', 'presses'] as const) {
      sessionStorage.clear();
      visited.length = 0;
      const first = await ended('/thanks');
      if (goOn === 'waits') await clock.advance(pause);
      else {
        const link = first.root.querySelector<HTMLAnchorElement>('a[part=button]');
        link?.addEventListener('click', (event) => event.preventDefault());
        link?.click();
      }
      const before = visited.length;
      first.element.remove();
      restoreClock();
      const back = await ended('/thanks');
      await clock.advance(pause * 2);
      expect(visited).to.have.length(before);
      expect(onward(back)).to.equal(new URL('/thanks', location.href).href);
      restoreClock();
    }
  });
});
