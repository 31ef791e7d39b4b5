import { expect } from '@open-wc/testing';
import { pendingOrder } from '../support/browser/fake-backend.ts';
import { heard, type Mounted, mount, unmount } from '../support/browser/mount.ts';
import { waitUntil } from '../support/browser/wait-until.ts';
import { replace, shown } from '../support/browser/way.ts';

let warnings: string[] = [];
let speak = () => {};

beforeEach(() => {
  warnings = [];
  speak = replace(console, 'warn', (text: string) => void warnings.push(text));
});
afterEach(() => {
  speak();
  unmount();
});

/** Without the hint where more is said. */
const told = () => warnings.map((text) => text.replace(/ See payby-checkout\/docs\/.*/, ''));

/** A checkout with an order on screen, and all that is said of its settings. */
async function started(attributes: Record<string, string>): Promise<Mounted> {
  const checkout = await mount({}, (element) => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  });
  checkout.element.start();
  await waitUntil(() => checkout.element.state.phase === 'awaiting', 'no order');
  return checkout;
}

const toldAll = (count: number) => waitUntil(() => warnings.length >= count, 'not all was told');

describe('a setting with a value that there is not', () => {
  const wrong: [string, string, string][] = [
    ['display', 'modal', 'display="modal" is none of inline, dialog; "inline" is used.'],
    ['updates', 'push', 'updates="push" is none of auto, sse, poll; "auto" is used.'],
    [
      'environment',
      'tablet',
      'environment="tablet" is none of auto, desktop, phone, botim, payby; "auto" is used.',
    ],
    ['in-app', 'open', 'in-app="open" is none of redirect, bridge, qr; "redirect" is used.'],
    ['theme', 'night', 'theme="night" is none of auto, light, dark; the page’s own is used.'],
    [
      'autostart',
      'false',
      'autostart="false" means true, as any value of a boolean attribute does; leave the attribute out.',
    ],
    [
      'token-hosts',
      'ok.example:8443 https://pay.example/',
      'token-hosts: "https://pay.example/" is not a host and allows nothing; give its name alone, such as pay.example.',
    ],
    [
      'token-hosts',
      '*.pay.example',
      'token-hosts: "*.pay.example" is not a host and allows nothing; give its name alone, such as pay.example.',
    ],
  ];
  for (const [name, value, sentence] of wrong) {
    it(`${name}="${value}" is told with what is used instead, and the payment goes on`, async () => {
      const { backend, element } = await started({ [name]: value });
      await toldAll(1);
      expect(told()).to.deep.equal([`<payby-checkout>: ${sentence}`]);
      await waitUntil(() => backend.streams.length > 0, 'nobody follows');
      backend.stream.send({ ...pendingOrder, status: 'paid' });
      await waitUntil(() => element.state.phase === 'paid', 'not paid');
    });
  }

  it('is told once for each element and value, and points once to where more is said', async () => {
    const { element } = await started({ display: 'modal', updates: 'push' });
    await toldAll(2);
    element.requestUpdate();
    await element.updateComplete;
    element.display = 'inline';
    await element.updateComplete;
    element.setAttribute('display', 'popup');
    await toldAll(3);
    element.setAttribute('display', 'modal');
    await element.updateComplete;
    expect(told().map((text) => text.match(/\w+="\w+"/)?.[0])).to.deep.equal([
      'display="modal"',
      'updates="push"',
      'display="popup"',
    ]);
    const another = await started({ display: 'modal' });
    await toldAll(4);
    expect(another.element.state.phase).to.equal('awaiting');
    expect(warnings.filter((text) => text.includes('troubleshooting.md')).length).to.be.at.most(1);
  });

  it('is not told of values that there are, or that a framework has taken back', async () => {
    const checkout = await started({
      display: 'inline',
      updates: 'sse',
      environment: 'desktop',
      'in-app': 'qr',
      theme: 'dark',
      'token-hosts': 'localhost, 127.0.0.1:4010 Pay.Example [::1]:80',
    });
    for (const name of ['display', 'updates', 'environment', 'inApp', 'theme', 'tokenHosts']) {
      Reflect.set(checkout.element, name, null);
    }
    await import('../../src/element/developer-part.ts');
    await shown(checkout, /Scan/);
    expect(warnings).to.deep.equal([]);
  });
});

describe('the page’s own detection', () => {
  const wrong: [string, unknown, RegExp][] = [
    ['throws', () => Reflect.get(Object(undefined), 'x').y, /detect threw TypeError: .*built-in/],
    ['gives nonsense', () => 'tablet', /detect gave "tablet", which is none of desktop, phone/],
    ['gives nothing', () => undefined, /detect gave "undefined", which is none of/],
    ['is no function', 'phone', /detect is a string, not a function; the built-in detection/],
  ];
  for (const [name, detect, sentence] of wrong) {
    it(`that ${name} is told once; the built-in one is used`, async () => {
      const checkout = await mount({}, (element) => Reflect.set(element, 'detect', detect));
      checkout.element.start();
      await toldAll(1);
      checkout.element.requestUpdate();
      await checkout.element.updateComplete;
      expect(told().join('\n')).to.match(sentence);
      expect(warnings).to.have.length(1);
      await shown(checkout, /Scan/);
    });
  }
});

describe('a mistake that keeps the checkout from an order', () => {
  it('is a payby-error and a word on the console, which points once to where more is said', async () => {
    const checkout = await mount({}, (element) => {
      element.endpoint = 'ftp://shop.example/';
    });
    for (const _ of [1, 2]) {
      const error = heard(checkout.element, 'payby-error');
      checkout.element.start();
      const { code, message } = await error;
      expect(code).to.equal('configuration');
      expect(message).to.equal(
        '<payby-checkout>: endpoint "ftp://shop.example/" is not an http(s) URL; set endpoint to your order URL.',
      );
      await shown(checkout, /not set up yet/);
    }
    expect(told()[0]).to.equal(told()[1]);
    expect(warnings).to.have.length(2);
    const { warnDeveloper } = await import('../../src/element/warn-developer.ts');
    warnDeveloper({ code: 'order-invalid', message: 'one.' });
    warnDeveloper({ code: 'order-invalid', message: 'two.' });
    expect(warnings.slice(2)).to.deep.equal([
      'one. See payby-checkout/docs/troubleshooting.md#order-invalid',
      'two.',
    ]);
  });

  it('and what a function of the page’s throws is told on the console, too', async () => {
    const checkout = await mount({}, (element) => {
      element.createOrder = () => Promise.reject(new Error('no cart'));
    });
    checkout.element.start();
    await shown(checkout, /could not start this payment/);
    expect(told()).to.deep.equal(['createOrder threw: Error: no cart']);
  });
});
