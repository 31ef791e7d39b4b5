import { expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import { drawQrCode, quietZone } from '../../src/element/qr-code.ts';
import { QrController } from '../../src/element/qr-controller.ts';
import type { CheckoutError } from '../../src/order/checkout-error.ts';
import { pendingOrder } from '../support/browser/fake-backend.ts';
import { FakeClock, settle } from '../support/browser/fake-clock.ts';
import { heard, mount, unmount } from '../support/browser/mount.ts';

afterEach(unmount);

const link = pendingOrder.tokenUrl ?? '';

describe('drawQrCode', () => {
  it('draws whole modules with a quiet zone of four on opaque white', async () => {
    const svg = await drawQrCode(link, false);
    const [, , size] = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number);
    const modules = Number(size) / 10 - 2 * quietZone;
    expect((modules - 17) % 4).to.equal(0);
    const background = svg.querySelector('rect[fill="#ffffff"]');
    expect(background?.getAttribute('width')).to.equal(String(size));
    expect(svg.getAttribute('aria-hidden')).to.equal('true');
  });

  it('needs no image and no style attribute, so that a strict policy lets it pass', async () => {
    const svg = await drawQrCode(link, true);
    expect(svg.querySelector('image, [style]')).to.equal(null);
  });

  it('corrects more errors when a logo will cover the middle', async () => {
    const plain = await drawQrCode(link, false);
    const logo = await drawQrCode(link, true);
    const size = (svg: SVGElement) => Number(svg.getAttribute('viewBox')?.split(' ')[2]);
    expect(size(logo)).to.be.greaterThan(size(plain));
  });

  it('fails for a link no code can hold', async () => {
    let thrown: unknown;
    await drawQrCode(`https://qr.payby.com?${'x'.repeat(3000)}`, false).catch((error: unknown) => {
      thrown = error;
    });
    expect(String(thrown)).to.match(/overflow/i);
  });
});

class Host extends LitElement {}
customElements.define('qr-test-host', Host);

describe('a code that cannot be drawn', () => {
  const failing = (draw: () => Promise<SVGElement>) => {
    const errors: CheckoutError[] = [];
    const clock = new FakeClock();
    const host = new Host();
    const qr = new QrController(host, (error) => void errors.push(error), draw, clock);
    return { errors, clock, qr };
  };

  it('is qr-failed, also when the library throws a string', async () => {
    const { errors, qr } = failing(() => Promise.reject('code length overflow'));
    qr.show(link, false);
    await settle();
    expect(qr.state.status).to.equal('failed');
    expect(errors.map(({ code }) => code)).to.deep.equal(['qr-failed']);
  });

  it('is qr-failed when it never comes', async () => {
    const { errors, clock, qr } = failing(() => new Promise(() => {}));
    qr.show(link, false);
    await clock.advance(10_000);
    expect(errors.map(({ code }) => code)).to.deep.equal(['qr-failed']);
  });

  it('is shown after all when it comes late', async () => {
    let arrive: (svg: SVGElement) => void = () => {};
    const { clock, qr } = failing(
      () =>
        new Promise((resolve) => {
          arrive = resolve;
        }),
    );
    qr.show(link, false);
    await clock.advance(10_000);
    expect(qr.state.status).to.equal('failed');
    arrive(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));
    await settle();
    expect(qr.state.status).to.equal('drawn');
  });

  it('leaves no timer behind on disconnect', async () => {
    const { clock, qr } = failing(() => new Promise(() => {}));
    qr.show(link, false);
    qr.hostDisconnected();
    expect(clock.pending).to.equal(0);
  });

  it('leaves a link in its place, and the checkout goes on', async () => {
    // With a logo a code holds 1,663 bytes at the most.
    const tokenUrl = `https://qr.payby.com/?${'x'.repeat(1900)}`;
    const checkout = await mount({ tokenUrl }, (element) => {
      const logo = document.createElement('span');
      logo.slot = 'logo';
      element.append(logo);
    });
    const error = heard(checkout.element, 'payby-error');
    checkout.element.start();
    expect((await error).code).to.equal('qr-failed');
    await checkout.element.updateComplete;
    const way = checkout.root.querySelector<HTMLAnchorElement>('[part=app-link]');
    expect(way?.getAttribute('href')).to.equal(tokenUrl);
    expect(checkout.element.state.phase).to.equal('awaiting');
  });
});
