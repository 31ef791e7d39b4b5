import { expect } from '@open-wc/testing';
import type { PaybyCheckout } from '../../src/index.ts';
import type { Order } from '../../src/protocol.ts';
import { pendingOrder } from '../support/browser/fake-backend.ts';
import { settle } from '../support/browser/fake-clock.ts';
import { type Mounted, mount, unmount } from '../support/browser/mount.ts';
import { fakeSystemClock, restoreClock } from '../support/browser/system-clock.ts';
import { waitUntil } from '../support/browser/wait-until.ts';
import { goAgain, mountIn, press, shown, stayHere } from '../support/browser/way.ts';

const bridge = { appId: '200000123', token: '7ac14d5d372a459fbe948e83fcaae0cb' };

interface Call {
  name: unknown;
  data: unknown;
  callback(...said: unknown[]): void;
}

let visited: string[] = [];
let calls: Call[] = [];

/** The app puts its bridge into the page, as late as it likes. */
function appear(invoke?: () => void): void {
  const take = (name: unknown, data: unknown, callback: Call['callback']) => {
    calls.push({ name, data, callback });
    invoke?.();
  };
  Reflect.set(window, 'ToPayJSBridge', { invoke: take });
}

const announce = () => document.dispatchEvent(new Event('ToPayJSBridgeReady'));

/** How many listeners wait for the app's bridge. */
function countListeners(): { count(): number; stop(): void } {
  const { addEventListener } = document;
  const signals: (AbortSignal | undefined)[] = [];
  document.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    const [type, , options] = args;
    const signal = typeof options === 'object' ? options.signal : undefined;
    if (type === 'ToPayJSBridgeReady' && signal) signals.push(signal);
    addEventListener.apply(document, args);
  };
  return {
    count: () => signals.filter((signal) => !signal?.aborted).length,
    stop: () => void Reflect.deleteProperty(document, 'addEventListener'),
  };
}

const byBridge = (order: Partial<Order> = {}): Promise<Mounted> =>
  mountIn('payby', { bridge, ...order }, (element: PaybyCheckout) => {
    element.inApp = 'bridge';
  });

/** Waits, without its clock going on, until the checkout waits for the bridge. */
const waiting = (mounted: Mounted) => shown(mounted, /Continue in PayBy/);

beforeEach(() => {
  visited = stayHere();
  calls = [];
});
afterEach(() => {
  Reflect.deleteProperty(window, 'ToPayJSBridge');
  restoreClock();
  goAgain();
  unmount();
});

describe('in-app="bridge"', () => {
  it('opens the app’s own checkout with the order’s appId and token, once', async () => {
    appear();
    const checkout = await byBridge();
    checkout.element.start();
    await waitUntil(() => calls.length > 0);
    announce();
    await settle();
    expect(calls.map(({ name, data }) => [name, data])).to.deep.equal([['ToPayRequest', bridge]]);
    expect(visited).to.deep.equal([]);
    expect(checkout.events).to.not.include('payby-redirect');
  });

  it('does not open it again for somebody who came back', async () => {
    appear();
    const first = await byBridge();
    first.element.start();
    await waitUntil(() => calls.length === 1);
    first.element.remove();
    const again = await byBridge();
    again.element.start();
    await shown(again, /Not paid yet\?/);
    expect(calls).to.have.length(1);
    expect(visited).to.deep.equal([]);
  });

  it('opens it again when the link is pressed', async () => {
    appear();
    const checkout = await byBridge();
    checkout.element.start();
    await waitUntil(() => calls.length === 1);
    await shown(checkout, /Continue in PayBy/);
    expect(press(checkout), 'the link was followed').to.equal(false);
    expect(calls).to.have.length(2);
    expect(visited).to.deep.equal([]);
  });

  it('waits for a bridge that comes later', async () => {
    const clock = fakeSystemClock();
    const checkout = await byBridge();
    checkout.element.start();
    await waiting(checkout);
    await clock.advance(2900);
    expect(calls).to.deep.equal([]);
    expect(visited).to.deep.equal([]);
    appear();
    announce();
    await settle();
    await clock.advance(10_000);
    expect(calls.map(({ data }) => data)).to.deep.equal([bridge]);
    expect(visited).to.deep.equal([]);
  });

  it('takes a bridge that came without saying so', async () => {
    const clock = fakeSystemClock();
    const checkout = await byBridge();
    checkout.element.start();
    await waiting(checkout);
    appear();
    await clock.advance(3000);
    expect(calls).to.have.length(1);
    expect(visited).to.deep.equal([]);
  });

  it('redirects when there is none after 3 s', async () => {
    const clock = fakeSystemClock();
    const listeners = countListeners();
    const checkout = await byBridge();
    checkout.element.start();
    await waiting(checkout);
    await clock.advance(2999);
    expect(listeners.count()).to.equal(1);
    expect(checkout.events).to.not.include('payby-redirect');
    await clock.advance(1);
    expect(checkout.events).to.include('payby-redirect');
    expect(visited).to.deep.equal([pendingOrder.tokenUrl]);
    expect(listeners.count()).to.equal(0);
    appear();
    announce();
    await settle();
    expect(calls).to.deep.equal([]);
    listeners.stop();
  });

  it('redirects when the bridge throws', async () => {
    appear(() => {
      throw new Error('not now');
    });
    const checkout = await byBridge();
    checkout.element.start();
    await waitUntil(() => visited.length === 1);
    expect(visited).to.deep.equal([pendingOrder.tokenUrl]);
    expect(checkout.events).to.include('payby-redirect');
    expect(calls).to.have.length(1);
  });

  for (const [what, value] of [
    ['null', null],
    ['a string', 'bridge'],
    ['an object that cannot be called', { invoke: 'no' }],
  ] as const) {
    it(`redirects when what is there is ${what}`, async () => {
      Reflect.set(window, 'ToPayJSBridge', value);
      const clock = fakeSystemClock();
      const checkout = await byBridge();
      checkout.element.start();
      await waiting(checkout);
      await clock.advance(3000);
      expect(visited).to.deep.equal([pendingOrder.tokenUrl]);
    });
  }

  it('redirects at once when the order names no bridge', async () => {
    appear();
    const checkout = await mountIn('payby', {}, (element) => {
      element.inApp = 'bridge';
    });
    checkout.element.start();
    await waitUntil(() => visited.length === 1);
    expect(calls).to.deep.equal([]);
  });

  it('is not used unless the page asks for it', async () => {
    appear();
    const checkout = await mountIn('payby', { bridge });
    checkout.element.start();
    await waitUntil(() => visited.length === 1);
    expect(calls).to.deep.equal([]);
  });

  for (const said of ['{"status":"success"}', '{"status":"fail"}', 'PAID', undefined, { a: 1 }]) {
    it(`asks the backend when the app says ${JSON.stringify(said)}, and believes nothing else`, async () => {
      appear();
      const checkout = await byBridge();
      checkout.element.start();
      await waitUntil(() => calls.length === 1);
      await waitUntil(() => checkout.backend.streams.length === 1);
      const asked = checkout.backend.count('status');
      calls[0]?.callback(said);
      await waitUntil(() => checkout.backend.count('status') === asked + 1);
      await settle();
      expect(checkout.element.state.phase).to.equal('awaiting');
      expect(checkout.element.value).to.equal('');
      expect(checkout.events).to.not.include('payby-paid');
      expect(checkout.backend.count('create')).to.equal(1);
    });
  }

  it('is paid once the backend, asked on the app’s word, says so', async () => {
    appear();
    const checkout = await byBridge();
    checkout.element.start();
    await waitUntil(() => calls.length === 1);
    await waitUntil(() => checkout.backend.streams.length === 1);
    checkout.backend.order = { ...checkout.backend.order, status: 'paid' };
    calls[0]?.callback('{"status":"success"}');
    await waitUntil(() => checkout.events.includes('payby-paid'));
  });

  it('asks nobody when the app comes back to a checkout that is gone', async () => {
    appear();
    const checkout = await byBridge();
    checkout.element.start();
    await waitUntil(() => calls.length === 1);
    await waitUntil(() => checkout.backend.streams.length === 1);
    const asked = checkout.backend.requests.length;
    checkout.element.remove();
    calls[0]?.callback('{"status":"success"}');
    await settle();
    expect(checkout.backend.requests).to.have.length(asked);
  });

  it('taken off the page while it waits, it opens nothing, goes nowhere and leaves nothing behind', async () => {
    const clock = fakeSystemClock();
    const listeners = countListeners();
    const checkout = await byBridge();
    checkout.element.start();
    await waiting(checkout);
    expect(listeners.count()).to.equal(1);
    checkout.element.remove();
    await settle();
    expect(clock.pending).to.equal(0);
    expect(listeners.count()).to.equal(0);
    appear();
    announce();
    await clock.advance(10_000);
    expect(calls).to.deep.equal([]);
    expect(visited).to.deep.equal([]);
    listeners.stop();
  });

  it('moved about the page while it waits, it waits anew', async () => {
    const clock = fakeSystemClock();
    const checkout = await byBridge();
    const place = checkout.element.parentElement;
    checkout.element.start();
    await waiting(checkout);
    await clock.advance(1000);
    checkout.element.remove();
    place?.append(checkout.element);
    await settle();
    appear();
    announce();
    await settle();
    expect(calls).to.have.length(1);
  });

  it('stays when the order was left while it waited', async () => {
    const clock = fakeSystemClock();
    const checkout = await byBridge();
    checkout.element.start();
    await waiting(checkout);
    checkout.element.reset();
    appear();
    announce();
    await clock.advance(10_000);
    expect(calls).to.deep.equal([]);
    expect(visited).to.deep.equal([]);
    expect(checkout.events).to.not.include('payby-redirect');
  });

  it('stays when the order was paid while it waited', async () => {
    const clock = fakeSystemClock();
    const checkout = await byBridge();
    checkout.element.start();
    await waiting(checkout);
    checkout.element.order = { ...pendingOrder, status: 'paid' };
    await clock.advance(10_000);
    expect(checkout.element.state.phase).to.equal('paid');
    expect(visited).to.deep.equal([]);
  });

  it('a press while it waits opens the app’s own checkout in its place, not once more', async () => {
    const clock = fakeSystemClock();
    const checkout = await byBridge();
    checkout.element.start();
    await waiting(checkout);
    appear();
    expect(press(checkout)).to.equal(false);
    expect(calls).to.have.length(1);
    announce();
    await clock.advance(3000);
    expect(calls).to.have.length(1);
    expect(visited).to.deep.equal([]);
  });

  it('a press does not wait for a bridge that is not there: the link is followed', async () => {
    const clock = fakeSystemClock();
    const checkout = await byBridge();
    checkout.element.start();
    await waiting(checkout);
    expect(press(checkout)).to.equal(true);
    await shown(checkout, /Opening the payment…/);
    appear();
    announce();
    await clock.advance(3000);
    expect(calls).to.deep.equal([]);
    expect(visited, 'gone to a second time').to.deep.equal([]);
  });

  it('leaves a phone’s browser alone, whose link is followed at once', async () => {
    const checkout = await mountIn('phone', { bridge }, (element) => {
      element.inApp = 'bridge';
    });
    checkout.element.start();
    await shown(checkout, /Open BOTIM or PayBy Pay in the app/);
    expect(press(checkout)).to.equal(true);
    await shown(checkout, /Opening the payment…/);
  });
});

describe('a webview nobody knows', () => {
  it('is taken for the app once it announces its bridge, and the order on screen is gone to', async () => {
    const checkout = await mount();
    checkout.element.start();
    await waitUntil(() => checkout.root.querySelector('[part=qr] svg'), 'no code');
    expect(visited).to.deep.equal([]);
    appear();
    announce();
    await waitUntil(() => visited.length === 1, 'never went');
    expect(visited).to.deep.equal([pendingOrder.tokenUrl]);
    await shown(checkout, /Continue in PayBy/);
    expect(checkout.root.querySelector('[part=qr]')).to.equal(null);
  });

  it('opens the app’s own checkout then, where the page wants that', async () => {
    const checkout = await mount({ bridge }, (element) => {
      element.inApp = 'bridge';
    });
    checkout.element.start();
    await waitUntil(() => checkout.element.state.phase === 'awaiting');
    appear();
    announce();
    await waitUntil(() => calls.length === 1, 'never opened');
    expect(visited).to.deep.equal([]);
  });

  it('is not heard by a checkout that is off the page', async () => {
    const checkout = await mount();
    checkout.element.start();
    await waitUntil(() => checkout.element.state.phase === 'awaiting');
    checkout.element.remove();
    appear();
    announce();
    await import('../../src/element/app-part.ts');
    await settle();
    expect(visited).to.deep.equal([]);
    expect(checkout.events).to.not.include('payby-redirect');
  });

  it('is what the page says it is, whatever announces itself', async () => {
    const checkout = await mountIn('phone');
    checkout.element.start();
    await shown(checkout, /Open BOTIM or PayBy/);
    appear();
    announce();
    await settle();
    expect(visited).to.deep.equal([]);
    expect(checkout.text()).to.match(/Open BOTIM or PayBy/);
  });
});
