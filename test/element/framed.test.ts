import { expect } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import { exit } from '../../src/device/leave.ts';
import type { PaybyCheckout } from '../../src/index.ts';
import type { Order } from '../../src/protocol.ts';
import { FakeBackend, pendingOrder } from '../support/browser/fake-backend.ts';
import { settle } from '../support/browser/fake-clock.ts';
import { type Mounted, unmount } from '../support/browser/mount.ts';
import { waitUntil } from '../support/browser/wait-until.ts';
import {
  buttonOf,
  goAgain,
  mountIn,
  press,
  shown,
  stayHere,
  wayOf,
} from '../support/browser/way.ts';

const { isFramed, leave } = exit;
const away = 'Open it in its own tab, or scan the code';

afterEach(() => {
  Object.assign(exit, { isFramed, leave });
  goAgain();
  unmount();
});

describe('in a frame, as far as its browser lets it', () => {
  let left: [url: string, isPressed: boolean | undefined][] = [];
  let isLetOut = true;

  beforeEach(() => {
    left = [];
    isLetOut = true;
    exit.isFramed = () => true;
    exit.leave = (url, isPressed) => {
      left.push([url, isPressed]);
      return isLetOut;
    };
    stayHere();
  });

  it('goes by itself with the whole tab, once', async () => {
    const checkout = await mountIn('botim');
    checkout.element.start();
    await shown(checkout, /Opening the payment…/);
    expect(left).to.deep.equal([[pendingOrder.tokenUrl, undefined]]);
  });

  it('not let out by itself, it offers the link, and does not say that it is leaving', async () => {
    isLetOut = false;
    const checkout = await mountIn('botim');
    checkout.element.start();
    await shown(checkout, /Continue in BOTIM Pay in the app/);
    expect(left).to.have.length(1);
    expect(checkout.root.querySelector('[part=qr], .plate')).to.equal(null);
    isLetOut = true;
    expect(press(checkout)).to.equal(false);
    expect(left).to.deep.equal([
      [pendingOrder.tokenUrl, undefined],
      [pendingOrder.tokenUrl, true],
    ]);
    await shown(checkout, /Opening the payment…/);
  });

  it('takes the tab along when the link is pressed: the app’s page does not let itself be framed', async () => {
    const appLink = 'https://pay.botim.money/open';
    const checkout = await mountIn('phone', { appLink });
    checkout.element.start();
    await shown(checkout, /Save QR image/);
    expect(press(checkout), 'the link was followed inside the frame').to.equal(false);
    expect(left).to.deep.equal([[appLink, true]]);
    await shown(checkout, /Opening the payment…/);
  });

  it('leaves a press for another tab to the browser', async () => {
    const checkout = await mountIn('phone');
    checkout.element.start();
    await shown(checkout, /Save QR image/);
    expect(press(checkout, { ctrlKey: true })).to.equal(true);
    expect(left).to.deep.equal([]);
  });

  it('not let out at a press either, it says so and shows the code', async () => {
    isLetOut = false;
    const checkout = await mountIn('phone');
    checkout.element.start();
    await shown(checkout, /Save QR image/);
    expect(press(checkout)).to.equal(false);
    await shown(checkout, new RegExp(away));
    await waitUntil(() => checkout.root.querySelector('[part=qr] svg'), 'no code');
    expect(checkout.element.state.phase).to.equal('awaiting');
  });

  it('says nothing of that over the next order', async () => {
    isLetOut = false;
    const checkout = await mountIn('phone');
    checkout.element.start();
    await shown(checkout, /Save QR image/);
    press(checkout);
    await shown(checkout, new RegExp(away));
    checkout.element.order = { ...pendingOrder, id: 'M-next' };
    await shown(checkout, /Pay in the app, then come back/);
    expect(checkout.root.querySelector('[part=qr]')).to.equal(null);
  });

  it('shows the code it already shows, and does not hide it', async () => {
    isLetOut = false;
    const checkout = await mountIn('phone');
    checkout.element.start();
    await shown(checkout, /Save QR image/);
    buttonOf(checkout, 'Pay from another device').click();
    await checkout.element.updateComplete;
    press(checkout);
    await shown(checkout, new RegExp(away));
    expect(buttonOf(checkout, 'Pay from another device').getAttribute('aria-expanded')).to.equal(
      'true',
    );
  });
});

/** A window as a frame's script made it. */
type FrameWindow = Window & typeof globalThis;

/** A checkout in a frame of the browser's own, with a fake backend. */
async function mountFramed(
  sandbox: string | undefined,
  environment: PaybyCheckout['environment'],
  order: Partial<Order> = {},
  tokenHosts = '',
): Promise<Mounted & { frame: HTMLIFrameElement; inside: FrameWindow; rejections: unknown[] }> {
  const frame = document.createElement('iframe');
  if (sandbox !== undefined) frame.setAttribute('sandbox', sandbox);
  frame.style.cssText = 'position: fixed; inset: 0; width: 420px; height: 560px; border: 0';
  const script = new URL('/src/index.ts', location.href).href;
  frame.srcdoc = `<!doctype html><html lang="en"><body style="margin: 0"><script type="module" src="${script}"></script>`;
  const loaded = new Promise((resolve) => {
    frame.onload = resolve;
  });
  document.body.append(frame);
  await loaded;
  const inside = frame.contentWindow as FrameWindow | null;
  if (!inside) throw new Error('the frame has no window');
  const rejections: unknown[] = [];
  inside.addEventListener('unhandledrejection', ({ reason }) => void rejections.push(reason));
  const backend = new FakeBackend(order);
  inside.fetch = backend.fetch;
  const element = inside.document.createElement('payby-checkout');
  element.endpoint = '/api/payby/orders';
  element.environment = environment;
  element.tokenHosts = tokenHosts;
  const events: string[] = [];
  element.addEventListener('payby-error', (event) => void events.push(event.type));
  inside.document.body.append(element);
  await element.updateComplete;
  const root = element.shadowRoot;
  if (!root) throw new Error('the element has no shadow root');
  const text = () =>
    root.querySelector<HTMLElement>('[part=base]')?.innerText.replace(/\s+/g, ' ').trim() ?? '';
  const button = () => {
    throw new Error('not here');
  };
  return { element, backend, events, root, text, button, frame, inside, rejections };
}

describe('in a real frame', () => {
  let framed: Awaited<ReturnType<typeof mountFramed>> | undefined;

  afterEach(() => {
    framed?.frame.remove();
    framed = undefined;
    sessionStorage.clear();
  });

  const strict = 'allow-scripts allow-same-origin';

  for (const how of ['by script', 'by hand'] as const) {
    it(`whose sandbox allows neither leaving nor tabs, a press ${how} ends with the code and a note`, async () => {
      framed = await mountFramed(strict, 'phone');
      const { element, root, rejections } = framed;
      element.start();
      await shown(framed, /Save QR image/);
      const way = wayOf(framed);
      if (how === 'by script') way.click();
      else {
        const { left, top, width, height } = way.getBoundingClientRect();
        const x = Math.round(left + width / 2);
        const y = Math.round(top + height / 2);
        await sendMouse({ type: 'click', position: [x, y] });
      }
      await shown(framed, new RegExp(away));
      await waitUntil(() => root.querySelector('[part=qr] svg'), 'no code');
      await settle();
      expect(rejections).to.deep.equal([]);
      expect(element.state.phase).to.equal('awaiting');
      expect(framed.inside.location.href).to.equal('about:srcdoc');
    });
  }

  it('whose sandbox does not allow leaving, it stays where it is inside the app, with a link', async () => {
    framed = await mountFramed(strict, 'botim');
    const { element, rejections } = framed;
    const announced: string[] = [];
    element.addEventListener('payby-redirect', ({ url }) => void announced.push(url));
    element.start();
    await shown(framed, /Continue in BOTIM Pay in the app/);
    await waitUntil(() => announced.length === 1);
    await settle();
    expect(rejections).to.deep.equal([]);
    expect(framed.inside.location.href).to.equal('about:srcdoc');
  });

  it('without a sandbox, a press takes the whole tab along', async () => {
    const here = location.href.replace(/#.*/, '');
    const order = { tokenUrl: `${here}#left` };
    framed = await mountFramed(undefined, 'phone', order, 'localhost');
    framed.element.start();
    await shown(framed, /Save QR image/);
    wayOf(framed).click();
    await waitUntil(() => location.hash === '#left', 'the tab stayed where it was');
    expect(framed.inside.location.href).to.equal('about:srcdoc');
    await shown(framed, /Opening the payment…/);
    history.replaceState(null, '', here);
  });

  describe('that may not be left, but may open a tab', () => {
    /** What the frame asked for; `answer` stands in for the browser. */
    async function pressIn(answer: () => Window | null): Promise<string[]> {
      framed = await mountFramed(strict, 'phone');
      const opened: string[] = [];
      framed.inside.open = (url) => {
        opened.push(String(url));
        return answer();
      };
      framed.element.start();
      await shown(framed, /Save QR image/);
      wayOf(framed).click();
      await framed.element.updateComplete;
      await settle();
      expect(framed.rejections).to.deep.equal([]);
      return opened;
    }
    const tabOf = (tab: object) => tab as Window;

    it('opens one, which does not know who opened it', async () => {
      const tab: { opener: unknown } = { opener: 'this page' };
      expect(await pressIn(() => tabOf(tab))).to.deep.equal([pendingOrder.tokenUrl]);
      expect(tab.opener).to.equal(null);
      expect(framed?.text()).to.match(/Opening the payment…/);
    });

    it('takes a tab it cannot touch for one all the same', async () => {
      const tab = {
        set opener(_: unknown) {
          throw new DOMException('cross-origin', 'SecurityError');
        },
      };
      expect(await pressIn(() => tabOf(tab))).to.deep.equal([pendingOrder.tokenUrl]);
      expect(framed?.text()).to.match(/Opening the payment…/);
    });

    it('shows the note when the browser blocks it', async () => {
      await pressIn(() => null);
      expect(framed?.text()).to.match(new RegExp(away));
    });

    it('shows the note when the browser throws, as Firefox does', async () => {
      await pressIn(() => {
        throw new DOMException('no', 'InvalidAccessError');
      });
      expect(framed?.text()).to.match(new RegExp(away));
    });

    it('opens none by itself', async () => {
      framed = await mountFramed(strict, 'botim');
      const opened: unknown[] = [];
      framed.inside.open = (url) => {
        opened.push(url);
        return null;
      };
      const { element } = framed;
      const left = new Promise((resolve) => {
        element.addEventListener('payby-redirect', resolve);
      });
      element.start();
      await left;
      await settle();
      expect(opened).to.deep.equal([]);
    });
  });
});
