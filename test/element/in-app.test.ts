import { expect, waitUntil } from '@open-wc/testing';
import type { Environment } from '../../src/device/in-app.ts';
import { navigation } from '../../src/device/navigate.ts';
import { files } from '../../src/device/save-file.ts';
import { quietZone } from '../../src/element/qr-code.ts';
import { json, pendingOrder } from '../support/browser/fake-backend.ts';
import { heard, mount, unmount } from '../support/browser/mount.ts';

const { assign } = navigation;
let visited: string[] = [];

beforeEach(() => {
  visited = [];
  sessionStorage.clear();
  navigation.assign = (url) => void visited.push(url);
});
afterEach(() => {
  navigation.assign = assign;
  unmount();
});

describe('inside the app', () => {
  const inApp = (environment: Environment = 'botim') =>
    mount({}, (element) => {
      element.environment = environment;
    });

  it('announces the redirect, then goes to the tokenUrl, and loads no code', async () => {
    const checkout = await inApp();
    checkout.element.start();
    const event = await heard(checkout.element, 'payby-redirect');
    expect(event.cancelable).to.equal(true);
    expect(event.url).to.equal(pendingOrder.tokenUrl);
    await waitUntil(() => visited.length === 1);
    expect(visited).to.deep.equal([pendingOrder.tokenUrl]);
    await checkout.element.updateComplete;
    expect(checkout.root.querySelector('svg[aria-hidden] rect[clip-path]')).to.equal(null);
  });

  it('stays when the page prevents it, and offers the way as a link', async () => {
    const checkout = await inApp('payby');
    checkout.element.addEventListener('payby-redirect', (event) => event.preventDefault());
    checkout.element.start();
    await waitUntil(() => /Continue in PayBy/.test(checkout.text()));
    expect(visited).to.deep.equal([]);
    const way = checkout.root.querySelector<HTMLAnchorElement>('[part=app-link]');
    expect(way?.getAttribute('href')).to.equal(pendingOrder.tokenUrl);
  });

  it('goes there once per order: somebody who came back is not sent away again', async () => {
    const first = await inApp();
    first.element.start();
    await waitUntil(() => visited.length === 1);
    first.element.remove();
    const again = await inApp();
    again.element.start();
    await waitUntil(() => /Continue in BOTIM/.test(again.text()));
    expect(visited).to.have.length(1);
  });

  it('never goes to a host that is not allowed', async () => {
    const checkout = await inApp();
    checkout.backend.create = () => json({ ...pendingOrder, tokenUrl: 'https://evil.example/' });
    const error = heard(checkout.element, 'payby-error');
    checkout.element.start();
    expect((await error).code).to.equal('token-url-blocked');
    expect(visited).to.deep.equal([]);
    expect(checkout.events).to.not.include('payby-redirect');
  });

  it('shows the code when asked', async () => {
    const checkout = await inApp();
    checkout.element.addEventListener('payby-redirect', (event) => event.preventDefault());
    checkout.element.start();
    await waitUntil(() => /Pay from another device/.test(checkout.text()));
    checkout.button('quiet').click();
    await waitUntil(() => checkout.root.querySelector('[part=qr] svg'), 'no code', {
      timeout: 5000,
    });
  });

  it('in-app="qr" shows the code at once and stays', async () => {
    const checkout = await inApp();
    checkout.element.inApp = 'qr';
    checkout.element.start();
    await waitUntil(() => checkout.root.querySelector('[part=qr] svg'));
    expect(checkout.events).to.not.include('payby-redirect');
  });

  it('stays when a listener leaves the order', async () => {
    const checkout = await inApp();
    checkout.element.addEventListener('payby-redirect', () => checkout.element.reset());
    checkout.element.start();
    await heard(checkout.element, 'payby-redirect');
    await checkout.element.updateComplete;
    expect(visited).to.deep.equal([]);
  });

  it('falls back to its own detection when the page’s throws', async () => {
    const checkout = await mount({}, (element) => {
      element.detect = () => {
        throw new Error('no');
      };
    });
    checkout.element.start();
    await waitUntil(() => checkout.backend.streams.length === 1, 'nobody follows', {
      timeout: 5000,
    });
    expect(checkout.element.state.phase).to.equal('awaiting');
  });

  it('takes the page’s own detection', async () => {
    const checkout = await mount({}, (element) => {
      element.detect = () => 'botim';
    });
    checkout.element.start();
    await waitUntil(() => visited.length === 1);
  });
});

describe('in a phone’s browser', () => {
  it('offers the app first, by the appLink, and the code for a second device', async () => {
    const appLink = 'https://pay.botim.money/open?x=1';
    const checkout = await mount({ appLink }, (element) => {
      element.environment = 'phone';
    });
    checkout.element.start();
    await waitUntil(() => /Open BOTIM or PayBy.*Pay from another device/.test(checkout.text()));
    const way = checkout.root.querySelector<HTMLAnchorElement>('[part=app-link]');
    expect(way?.getAttribute('href')).to.equal(appLink);
    expect(checkout.root.querySelector('[part=qr]')).to.equal(null);
    expect(visited).to.deep.equal([]);
  });

  it('saves the code as a picture with its quiet zone', async () => {
    const { save } = files;
    const saved: [Blob, string][] = [];
    files.save = (file) => void saved.push([file, file.name]);
    const checkout = await mount({}, (element) => {
      element.environment = 'phone';
    });
    checkout.element.start();
    await waitUntil(() => /Save QR image/.test(checkout.text()));
    checkout.button('quiet').click();
    await waitUntil(() => saved.length === 1, 'nothing was saved', { timeout: 5000 });
    files.save = save;
    const [picture, name] = saved[0] ?? [];
    expect(name).to.equal('payment-M965739182419.png');
    expect(picture?.type).to.equal('image/png');
    const bitmap = await createImageBitmap(picture as Blob);
    const modules = bitmap.width / 16 - 2 * quietZone;
    expect((modules - 17) % 4).to.equal(0);
    const context = document.createElement('canvas').getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const brightness = (x: number, y: number) => context?.getImageData(x, y, 1, 1).data[0];
    expect(brightness(0, 0)).to.equal(255);
    expect(brightness(16 * quietZone - 1, 16 * quietZone)).to.equal(255);
    expect(brightness(16 * quietZone + 1, 16 * quietZone + 1)).to.be.below(50);
  });
});
