import { expect } from '@open-wc/testing';
import { files } from '../../src/device/save-file.ts';
import { sharing } from '../../src/device/share.ts';
import { quietZone } from '../../src/element/qr-code.ts';
import { PaybyErrorEvent } from '../../src/index.ts';
import { pendingOrder } from '../support/browser/fake-backend.ts';
import { settle } from '../support/browser/fake-clock.ts';
import { heard, type Mounted, unmount } from '../support/browser/mount.ts';
import { fakeSystemClock, restoreClock } from '../support/browser/system-clock.ts';
import { waitUntil } from '../support/browser/wait-until.ts';
import {
  buttonOf,
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
const { save } = files;
const { isThere } = sharing;

beforeEach(() => {
  visited = stayHere();
});
afterEach(() => {
  for (const back of undo) back();
  undo = [];
  files.save = save;
  sharing.isThere = isThere;
  restoreClock();
  goAgain();
  unmount();
});

async function open(order = {}): Promise<Mounted> {
  const checkout = await mountIn('phone', order);
  checkout.element.start();
  await shown(checkout, /Save QR image/);
  return checkout;
}

const code = ({ root }: Mounted) => waitUntil(() => root.querySelector('[part=qr] svg'), 'no code');
const errorsOf = ({ element }: Mounted) => {
  const codes: string[] = [];
  element.addEventListener('payby-error', (event) => void codes.push(event.code));
  return codes;
};

describe('in a phone’s browser', () => {
  it('offers the app first, by the appLink, and the code for a second device', async () => {
    const appLink = 'https://pay.botim.money/open?x=1';
    const checkout = await open({ appLink });
    expect(checkout.text()).to.match(/Open BOTIM or PayBy.*Save QR image.*Pay from another device/);
    expect(wayOf(checkout).getAttribute('href')).to.equal(appLink);
    expect(checkout.root.querySelector('[part=qr], .plate')).to.equal(null);
    expect(checkout.events).to.not.include('payby-redirect');
    expect(visited).to.deep.equal([]);
  });

  it('offers it by the tokenUrl when there is no appLink', async () => {
    const checkout = await open();
    expect(wayOf(checkout).getAttribute('href')).to.equal(pendingOrder.tokenUrl);
  });

  it('leaves the link to the browser, says so, and some seconds later that it is not paid yet', async () => {
    const checkout = await open();
    const clock = fakeSystemClock();
    expect(press(checkout), 'the link was not followed').to.equal(true);
    await shown(checkout, /Opening the payment…/);
    await clock.advance(3999);
    expect(checkout.text()).to.match(/Opening the payment…/);
    await clock.advance(1);
    await checkout.element.updateComplete;
    expect(checkout.text()).to.match(/Not paid yet\? Continue where you left off/);
    expect(visited, 'left twice').to.deep.equal([]);
    expect(press(checkout), 'no second try').to.equal(true);
    await shown(checkout, /Opening the payment…/);
  });

  for (const key of ['ctrlKey', 'metaKey', 'shiftKey'] as const) {
    it(`leaves a press with ${key} to the browser, and stays as it is`, async () => {
      const checkout = await open();
      expect(press(checkout, { [key]: true })).to.equal(true);
      await checkout.element.updateComplete;
      expect(checkout.text()).to.match(/Pay in the app, then come back/);
    });
  }

  it('taken off the page after the press, it leaves no timer behind', async () => {
    const checkout = await open();
    await waitUntil(() => checkout.backend.streams.length === 1);
    const clock = fakeSystemClock();
    press(checkout);
    expect(clock.pending).to.equal(1);
    checkout.element.remove();
    expect(clock.pending).to.equal(0);
  });

  it('says nothing of the last order’s way when there is another order', async () => {
    const checkout = await open();
    fakeSystemClock();
    press(checkout);
    await shown(checkout, /Opening the payment…/);
    checkout.element.order = { ...pendingOrder, id: 'M-next' };
    await shown(checkout, /Pay in the app, then come back/);
    expect(checkout.text()).to.not.match(/Opening the payment…/);
  });

  it('shows the code for another device and hides it again, and keeps the focus', async () => {
    const checkout = await open();
    const toggle = () => buttonOf(checkout, 'Pay from another device');
    expect(toggle().getAttribute('aria-expanded')).to.equal('false');
    toggle().focus();
    toggle().click();
    await code(checkout);
    expect(toggle().getAttribute('aria-expanded')).to.equal('true');
    expect(checkout.root.activeElement).to.equal(toggle());
    toggle().click();
    await checkout.element.updateComplete;
    expect(checkout.root.querySelector('[part=qr]')).to.equal(null);
    expect(toggle().getAttribute('aria-expanded')).to.equal('false');
    expect(checkout.root.activeElement).to.equal(toggle());
  });

  it('does not show the next order’s code because the last one’s was asked for', async () => {
    const checkout = await open();
    buttonOf(checkout, 'Pay from another device').click();
    await code(checkout);
    checkout.element.order = { ...pendingOrder, id: 'M-next' };
    await shown(checkout, /Save QR image/);
    expect(checkout.root.querySelector('[part=qr]')).to.equal(null);
  });
});

describe('the picture of the code', () => {
  it('is saved as a PNG with its quiet zone, named after the order', async () => {
    const saved: File[] = [];
    files.save = (file) => void saved.push(file);
    const checkout = await open();
    buttonOf(checkout, 'Save QR image').click();
    await waitUntil(() => saved.length === 1, 'nothing was saved');
    const [picture] = saved;
    if (!picture) throw new Error('no picture');
    expect(picture.name).to.equal('payment-M965739182419.png');
    expect(picture.type).to.equal('image/png');
    const bytes = new Uint8Array(await picture.arrayBuffer());
    expect([...bytes.slice(1, 4)].map((byte) => String.fromCharCode(byte)).join('')).to.equal(
      'PNG',
    );
    const bitmap = await createImageBitmap(picture);
    const modules = bitmap.width / 16 - 2 * quietZone;
    expect((modules - 17) % 4).to.equal(0);
    const context = document.createElement('canvas').getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const brightness = (x: number, y: number) => context?.getImageData(x, y, 1, 1).data[0];
    expect(brightness(0, 0)).to.equal(255);
    expect(brightness(16 * quietZone - 1, 16 * quietZone)).to.equal(255);
    expect(brightness(16 * quietZone + 1, 16 * quietZone + 1)).to.be.below(50);
  });

  it('that cannot be saved is qr-failed: the code is shown, to be pressed and held', async () => {
    files.save = () => {
      throw new DOMException('not here', 'NotAllowedError');
    };
    const checkout = await open();
    const error = heard(checkout.element, 'payby-error');
    buttonOf(checkout, 'Save QR image').click();
    const event = await error;
    expect(event).to.be.instanceOf(PaybyErrorEvent);
    expect(event.code).to.equal('qr-failed');
    expect(event.phase).to.equal('awaiting');
    await shown(checkout, /Press and hold the code to save it/);
    await code(checkout);
    expect(checkout.element.state.phase).to.equal('awaiting');
  });

  it('saved at the second try, it is not to be pressed and held any more', async () => {
    files.save = () => {
      throw new Error('no');
    };
    const checkout = await open();
    buttonOf(checkout, 'Save QR image').click();
    await shown(checkout, /Press and hold the code/);
    files.save = () => {};
    buttonOf(checkout, 'Save QR image').click();
    await shown(checkout, /Pay in the app, then come back/);
  });

  it('that fails once the order is gone tells nobody', async () => {
    let fail = () => {};
    sharing.isThere = () => true;
    undo.push(
      replace(navigator, 'share', () => {
        return new Promise((_, reject) => {
          fail = () => reject(new DOMException('no', 'NotAllowedError'));
        });
      }),
    );
    const asked = new Promise<void>((resolve) => {
      undo.push(
        replace(navigator, 'canShare', () => {
          resolve();
          return true;
        }),
      );
    });
    const checkout = await open();
    const errors = errorsOf(checkout);
    buttonOf(checkout, 'Share').click();
    await asked;
    checkout.element.reset();
    checkout.element.order = { ...pendingOrder, id: 'M-next' };
    await shown(checkout, /Save QR image/);
    fail();
    await settle();
    await checkout.element.updateComplete;
    expect(errors).to.deep.equal([]);
    expect(checkout.text()).to.not.match(/Press and hold/);
    expect(checkout.root.querySelector('[part=qr]')).to.equal(null);
  });
});

describe('sharing on a phone', () => {
  /** What the device was asked to share; it does `then`. */
  function device(canShare: ((data: ShareData) => boolean) | undefined, then = async () => {}) {
    const shared: ShareData[] = [];
    const share = (data: ShareData) => {
      shared.push(data);
      return then();
    };
    undo.push(replace(navigator, 'share', share), replace(navigator, 'canShare', canShare));
    return shared;
  }

  it('is offered only where the device can', async () => {
    undo.push(replace(navigator, 'share', undefined));
    const without = await open();
    expect(without.text()).to.not.match(/Share/);
    unmount();
    device(() => true);
    const checkout = await open();
    expect(checkout.text()).to.match(/Save QR image.*Share/);
  });

  it('hands on the picture where the device takes pictures', async () => {
    const shared = device(({ files: pictures }) => pictures?.[0]?.type === 'image/png');
    const checkout = await open();
    buttonOf(checkout, 'Share').click();
    await waitUntil(() => shared.length === 1, 'nothing was shared');
    const [data] = shared;
    expect(data?.files?.map(({ name }) => name)).to.deep.equal(['payment-M965739182419.png']);
    expect(data?.title).to.equal('Pay with BOTIM or PayBy');
    expect(data?.url).to.equal(undefined);
  });

  for (const [what, canShare] of [
    ['takes no pictures', () => false],
    ['cannot be asked', undefined],
  ] as const) {
    it(`hands on the tokenUrl where the device ${what}`, async () => {
      const shared = device(canShare);
      const checkout = await open({ appLink: 'https://pay.botim.money/open' });
      buttonOf(checkout, 'Share').click();
      await waitUntil(() => shared.length === 1, 'nothing was shared');
      expect(shared).to.deep.equal([
        { title: 'Pay with BOTIM or PayBy', url: pendingOrder.tokenUrl },
      ]);
    });
  }

  for (const [what, name] of [
    ['a customer who thinks better of it', 'AbortError'],
    ['a second press while the device still asks', 'InvalidStateError'],
  ] as const) {
    it(`says nothing of ${what}`, async () => {
      const shared = device(
        () => true,
        () => Promise.reject(new DOMException('no', name)),
      );
      const checkout = await open();
      const errors = errorsOf(checkout);
      buttonOf(checkout, 'Share').click();
      await waitUntil(() => shared.length === 1, 'nothing was shared');
      await settle();
      await checkout.element.updateComplete;
      expect(errors).to.deep.equal([]);
      expect(checkout.text()).to.match(/Pay in the app, then come back/);
      expect(checkout.root.querySelector('[part=qr], .plate')).to.equal(null);
    });
  }

  it('that fails is qr-failed: the code is shown, to be pressed and held', async () => {
    device(
      () => true,
      () => Promise.reject(new DOMException('no', 'NotAllowedError')),
    );
    const checkout = await open();
    const error = heard(checkout.element, 'payby-error');
    buttonOf(checkout, 'Share').click();
    expect((await error).code).to.equal('qr-failed');
    await shown(checkout, /Press and hold the code to save it/);
    await code(checkout);
  });
});
