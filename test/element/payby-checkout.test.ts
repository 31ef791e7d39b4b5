import { aTimeout, expect } from '@open-wc/testing';
import { css } from 'lit';
import { PaybyCheckout } from '../../src/index.ts';
import type { OrderStatus } from '../../src/protocol.ts';
import { json, pendingOrder, problem, silence } from '../support/browser/fake-backend.ts';
import { heard, type Mounted, mount, unmount } from '../support/browser/mount.ts';
import { waitUntil } from '../support/browser/wait-until.ts';

const phase = (mounted: Mounted, wanted: string) =>
  waitUntil(() => mounted.element.state.phase === wanted, `never became ${wanted}`);
const shown = async (mounted: Mounted, wanted: RegExp) =>
  waitUntil(() => wanted.test(mounted.text()), `never showed ${wanted}: ${mounted.text()}`);
const streamed = ({ backend }: Mounted) => waitUntil(() => backend.streams.length > 0);

afterEach(unmount);

describe('<payby-checkout>', () => {
  it('is registered once, under its tag', () => {
    expect(customElements.get('payby-checkout')).to.equal(PaybyCheckout);
  });

  it('pays from the button to the receipt, telling the page at each step', async () => {
    const checkout = await mount();
    expect(checkout.text()).to.match(/Pay with BOTIM or PayBy/);
    checkout.button().click();
    await shown(checkout, /AED\s12\.34 Cart 42.*Waiting for payment/);
    await waitUntil(() => checkout.root.querySelector('[part=qr] svg'), 'no code was drawn');
    await streamed(checkout);
    checkout.backend.stream.send({
      ...pendingOrder,
      status: 'scanned',
      payer: { mobileNumberMask: '+971-58*92' },
    });
    await shown(checkout, /Confirm in your app Scanned by \+971-58\*92/);
    checkout.backend.stream.send({
      ...pendingOrder,
      status: 'paid',
      paidAt: Date.UTC(2026, 10, 22),
    });
    await shown(checkout, /Paid Order M965739182419 .*2026/);
    expect(checkout.events).to.deep.equal([
      'payby-change',
      'payby-order',
      'payby-change',
      'payby-change',
      'payby-scanned',
      'payby-change',
      'payby-paid',
    ]);
  });

  it('makes one order of a double click on Pay', async () => {
    const checkout = await mount();
    const button = checkout.button();
    button.click();
    button.click();
    await phase(checkout, 'awaiting');
    expect(checkout.backend.count('create')).to.equal(1);
  });

  it('events bubble out of shadow roots, typed, with the order', async () => {
    const checkout = await mount();
    setTimeout(() => checkout.element.start());
    const event = await heard(document.body, 'payby-order');
    expect(event.composed).to.equal(true);
    expect(event.target).to.equal(checkout.element);
    expect(event.order.id).to.equal(pendingOrder.id);
  });

  const ends: [OrderStatus, RegExp, string | undefined][] = [
    ['paid', /Paid Order M965739182419/, undefined],
    ['failed', /Payment failed .*no money was taken.* Try again/, 'payby-failed'],
    ['expired', /Code expired .*no money was taken.* Get a new code/, 'payby-expired'],
    ['cancelled', /Payment cancelled .*no money was taken\. Try again/, 'payby-cancelled'],
    ['refunded', /Refunded .*returned to you/, undefined],
  ];
  for (const [status, text, event] of ends) {
    it(`says in one place what ${status} means and what to press`, async () => {
      const checkout = await mount();
      checkout.element.start();
      await streamed(checkout);
      checkout.backend.stream.send({ ...pendingOrder, status });
      checkout.backend.order = { ...pendingOrder, id: 'next' };
      await shown(checkout, text);
      expect(checkout.element.matches(`:state(${status})`)).to.equal(true);
      if (!event) return;
      expect(checkout.events.filter((name) => name === event)).to.have.length(1);
      checkout.button().click();
      await waitUntil(() => checkout.element.order?.id === 'next');
      expect(checkout.element.state.phase).to.equal('awaiting');
    });
  }

  it('cancels from the card', async () => {
    const checkout = await mount();
    checkout.element.start();
    await shown(checkout, /Waiting for payment/);
    checkout.button('quiet').click();
    await phase(checkout, 'cancelled');
    expect(checkout.events.at(-1)).to.equal('payby-cancelled');
  });

  it('can be pressed once it is not disabled any more', async () => {
    const checkout = await mount({}, (element) => {
      element.disabled = true;
    });
    checkout.element.disabled = false;
    await waitUntil(() => !checkout.button().disabled, 'it stays disabled');
  });

  it('does not start while disabled', async () => {
    const checkout = await mount({}, (element) => {
      element.disabled = true;
    });
    expect(checkout.button().disabled).to.equal(true);
    checkout.element.start();
    expect(checkout.backend.requests).to.have.length(0);
  });

  it('reads its settings from attributes', async () => {
    const { element } = await mount();
    element.setAttribute('token-hosts', 'localhost');
    element.setAttribute('in-app', 'qr');
    element.setAttribute('updates', 'poll');
    element.setAttribute('theme', 'dark');
    expect([element.tokenHosts, element.inApp, element.updates, element.theme]).to.deep.equal([
      'localhost',
      'qr',
      'poll',
      'dark',
    ]);
  });

  it('shows an order that the page brings along, as an attribute, and creates none', async () => {
    const checkout = await mount();
    checkout.element.setAttribute('order', JSON.stringify(pendingOrder));
    await shown(checkout, /AED\s12\.34/);
    expect(checkout.element.order?.id).to.equal(pendingOrder.id);
    await streamed(checkout);
    checkout.backend.stream.send({ ...pendingOrder, status: 'paid' });
    await shown(checkout, /Paid/);
    expect(checkout.element.order?.status).to.equal('paid');
    expect(checkout.backend.count('create')).to.equal(0);
  });

  it('says which order attribute it cannot read, and stays usable', async () => {
    const checkout = await mount();
    const error = heard(checkout.element, 'payby-error');
    checkout.element.setAttribute('order', '{oops');
    const { code, message } = await error;
    expect(code).to.equal('order-invalid');
    expect(message).to.match(/order="\{oops" is not JSON; write the order as JSON/);
    await shown(checkout, /That did not work/);
    checkout.button().click();
    await phase(checkout, 'awaiting');
  });

  it('reset() forgets the order here and leaves it to the backend', async () => {
    const checkout = await mount();
    checkout.element.start();
    await streamed(checkout);
    checkout.element.reset();
    await shown(checkout, /Pay$/);
    expect(checkout.backend.stream.isAborted).to.equal(true);
    expect(checkout.backend.count('cancel')).to.equal(0);
  });

  it('retry() asks for the status while an order is open', async () => {
    const checkout = await mount();
    checkout.element.start();
    await streamed(checkout);
    checkout.backend.order = { ...pendingOrder, status: 'paid' };
    checkout.element.retry();
    await phase(checkout, 'paid');
  });

  it('takes headers and credentials from requestInit, read afresh for each request', async () => {
    let token = 0;
    const checkout = await mount({}, (element) => {
      element.requestInit = async () => ({ headers: { authorization: `Bearer ${++token}` } });
    });
    checkout.element.start();
    await streamed(checkout);
    const sent = checkout.backend.requests.map(({ headers }) => headers.get('authorization'));
    expect(sent).to.deep.equal(['Bearer 1', 'Bearer 2']);
    expect(checkout.backend.requests[0]?.headers.get('content-type')).to.equal('application/json');
  });

  it('shows nothing of an answer that comes after it was removed', async () => {
    const checkout = await mount();
    let respond: (response: Response) => void = () => {};
    checkout.backend.create = () =>
      new Promise((resolve) => {
        respond = resolve;
      });
    checkout.element.start();
    await waitUntil(() => checkout.backend.count('create') === 1);
    checkout.element.remove();
    const before = [...checkout.events];
    respond(json(pendingOrder));
    await aTimeout(0);
    expect(checkout.events).to.deep.equal(before);
    expect(checkout.backend.requests[0]?.signal.aborted).to.equal(true);
    checkout.backend.create = silence;
  });

  it('keeps its order when it is moved about the page', async () => {
    const checkout = await mount();
    checkout.element.start();
    await streamed(checkout);
    const place = document.createElement('section');
    document.body.append(place);
    place.append(checkout.element);
    await waitUntil(() => checkout.backend.streams.length === 2);
    checkout.backend.stream.send({ ...pendingOrder, status: 'paid' });
    await phase(checkout, 'paid');
    expect(checkout.backend.count('create')).to.equal(1);
    place.remove();
  });

  it('shows hostile text as text', async () => {
    const checkout = await mount({ subject: '<img src=x onerror=alert(1)>' });
    checkout.element.start();
    await shown(checkout, /<img src=x onerror=alert\(1\)>/);
    expect(checkout.root.querySelector('img')).to.equal(null);
  });

  it('tells assistive technology of a phase once, not of every second', async () => {
    const now = Date.now();
    const checkout = await mount({ now, expiresAt: now + 3_600_000 });
    const said = () => checkout.root.querySelector('[role=status]')?.textContent?.trim();
    expect(said()).to.equal('');
    checkout.element.start();
    await waitUntil(() => said() === 'Waiting for payment');
    const timer = checkout.root.querySelector('[role=timer]');
    expect(timer?.textContent).to.match(/^(1:00:00|59:\d\d)$/);
  });

  it('keeps the focus when the control that had it goes', async () => {
    const checkout = await mount();
    checkout.button().focus();
    checkout.button().click();
    await shown(checkout, /Waiting for payment/);
    expect(document.activeElement).to.equal(checkout.element);
    expect(checkout.root.activeElement?.getAttribute('part')).to.equal('base');
  });

  it('says when cancelling did not work, and keeps the order', async () => {
    const checkout = await mount();
    checkout.backend.cancel = () => problem(409, 'order-paid');
    checkout.element.start();
    await shown(checkout, /Waiting for payment/);
    checkout.button('quiet').click();
    await shown(checkout, /could not be cancelled\. You can still pay/);
    expect(checkout.element.state.phase).to.equal('awaiting');
  });

  it('stays where a listener sends it', async () => {
    const checkout = await mount({}, (element) => {
      element.environment = 'botim';
      element.addEventListener('payby-order', () => element.reset());
    });
    checkout.element.start();
    await waitUntil(() => checkout.events.includes('payby-order'));
    await checkout.element.updateComplete;
    expect(checkout.element.state.phase).to.equal('idle');
    expect(checkout.events).to.not.include('payby-redirect');
  });

  it('works where :state() is not known yet', async () => {
    const { add } = CustomStateSet.prototype;
    CustomStateSet.prototype.add = function (name: string) {
      if (!name.startsWith('--')) throw new DOMException('', 'SyntaxError');
      return add.call(this, name);
    };
    const checkout = await mount().finally(() => {
      CustomStateSet.prototype.add = add;
    });
    expect(checkout.element.state.phase).to.equal('idle');
    expect(checkout.text()).to.match(/Pay$/);
  });

  it('lets the page fill its slots', async () => {
    const checkout = await mount({}, (element) => {
      element.insertAdjacentHTML(
        'beforeend',
        '<b slot="header">My shop</b><i slot="pay-label">Go</i>',
      );
    });
    const header = checkout.root.querySelector<HTMLSlotElement>('slot[name=header]');
    expect(header?.assignedElements()[0]?.textContent).to.equal('My shop');
    expect(checkout.button().querySelector('slot')?.assignedNodes()[0]?.textContent).to.equal('Go');
  });
});

describe('<payby-checkout> in trouble', () => {
  const troubles: [string, () => Response | Promise<Response>, string, RegExp][] = [
    [
      'an endpoint out of reach',
      () => Promise.reject(new TypeError('no')),
      'network',
      /Check your connection/,
    ],
    [
      'a refusal of the shop',
      () => json({ code: 'sold-out', detail: 'The last one was just sold.' }, 422),
      'order-rejected',
      /The last one was just sold\. Try again/,
    ],
    ['an error of the backend', () => problem(500, 'x'), 'order-rejected', /could not start/],
    [
      'HTML',
      () => new Response('<p>', { headers: { 'content-type': 'text/html' } }),
      'order-invalid',
      /could not be used/,
    ],
    [
      'a script URL',
      () => json({ ...pendingOrder, tokenUrl: 'javascript:alert(1)' }),
      'token-url-blocked',
      /did not look safe/,
    ],
  ];
  for (const [name, create, code, text] of troubles) {
    it(`says what ${name} means, and tries again`, async () => {
      const checkout = await mount();
      const good = checkout.backend.create;
      checkout.backend.create = create;
      const error = heard(checkout.element, 'payby-error');
      checkout.button().click();
      const event = await error;
      expect(event.code).to.equal(code);
      expect(event.phase).to.equal('error');
      await shown(checkout, text);
      expect(checkout.root.querySelector('a')).to.equal(null);
      checkout.backend.create = good;
      checkout.button().click();
      await phase(checkout, 'awaiting');
    });
  }
});

describe('a page that takes a setting back', () => {
  const settings = {
    endpoint: '/elsewhere',
    reference: 'cart-42',
    display: 'dialog',
    updates: 'poll',
    environment: 'phone',
    'in-app': 'qr',
    'token-hosts': 'pay.example',
    'return-url': '/thanks',
    theme: 'dark',
  };

  it('by its attribute is back at the default', async () => {
    const { element } = await mount();
    const { display, updates, environment, inApp, tokenHosts, returnUrl, theme } = element;
    const before = { display, updates, environment, inApp, tokenHosts, returnUrl, theme };
    for (const [name, value] of Object.entries(settings)) element.setAttribute(name, value);
    await element.updateComplete;
    expect(element.inApp).to.equal('qr');
    for (const name of Object.keys(settings)) element.removeAttribute(name);
    await element.updateComplete;
    expect(element).to.include({ ...before, endpoint: '', reference: '' });
    expect(element.hasAttribute('theme')).to.equal(false);
  });

  it('by null or undefined, as frameworks do, still works', async () => {
    for (const nothing of [null, undefined]) {
      const checkout = await mount({}, (element) => {
        const names = ['reference', 'display', 'updates', 'environment', 'inApp'] as const;
        for (const name of [...names, 'tokenHosts', 'returnUrl', 'theme'] as const) {
          Reflect.set(element, name, nothing);
        }
      });
      checkout.element.start();
      await phase(checkout, 'awaiting');
      await streamed(checkout);
      unmount();
    }
  });

  it('in how to follow is heard while an order waits', async () => {
    const checkout = await mount({}, (element) => {
      element.updates = 'sse';
    });
    checkout.element.start();
    await streamed(checkout);
    checkout.element.updates = 'poll';
    await waitUntil(() => checkout.backend.stream.isAborted, 'still streamed');
    checkout.backend.order = { ...checkout.backend.order, status: 'paid' };
    await waitUntil(() => checkout.element.state.phase === 'paid', 'never paid');
    expect(checkout.backend.streams).to.have.length(1);
  });
});

describe('a page that', () => {
  it('writes the order back as it reads it does not undo a new start', async () => {
    const checkout = await mount();
    checkout.element.order = { ...pendingOrder, status: 'failed' };
    await phase(checkout, 'failed');
    checkout.element.addEventListener('payby-change', () => {
      const { order } = checkout.element;
      checkout.element.order = order;
    });
    checkout.backend.order = { ...pendingOrder, id: 'second' };
    checkout.element.start();
    await phase(checkout, 'awaiting');
  });

  it('goes on to another reference has room for it, once the order is over', async () => {
    const checkout = await mount({ status: 'paid' }, (element) => {
      element.reference = 'cart-42';
    });
    const { element } = checkout;
    element.start();
    await phase(checkout, 'paid');
    element.reference = 'cart-43';
    await element.updateComplete;
    expect(element.state.phase).to.equal('idle');
    expect(element.value).to.equal('');
    element.reference = 'cart-42';
    await phase(checkout, 'paid');
    expect(checkout.backend.count('create')).to.equal(1);
  });

  it('takes the element into another document still gets paid', async () => {
    const checkout = await mount();
    const frame = document.createElement('iframe');
    document.body.append(frame);
    frame.contentDocument?.body.append(checkout.element);
    checkout.element.start();
    await phase(checkout, 'awaiting');
    checkout.element.remove();
    frame.remove();
  });

  it('extends the class keeps its own styles', async () => {
    class Extended extends PaybyCheckout {
      static override styles = [PaybyCheckout.styles, css`.card { outline: 7px solid }`].flat();
    }
    customElements.define('extended-checkout', Extended);
    const { backend } = await mount();
    const element = new Extended();
    element.endpoint = '/api/payby/orders';
    document.body.append(element);
    element.start();
    await waitUntil(() => backend.streams.length > 0, 'nobody follows');
    const rules = element.shadowRoot?.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules]);
    expect(rules?.some(({ cssText }) => cssText.includes('7px'))).to.equal(true);
    element.remove();
  });
});
