import { expect } from '@open-wc/testing';
import { registerMessages } from '../../src/index.ts';
import { pendingOrder } from '../support/browser/fake-backend.ts';
import { type Mounted, mount, unmount } from '../support/browser/mount.ts';
import { waitUntil } from '../support/browser/wait-until.ts';

const { documentElement: page } = document;
const shown = (mounted: Mounted, wanted: RegExp) =>
  waitUntil(() => wanted.test(mounted.text()), `never showed ${wanted}`);
const card = ({ root }: Mounted) => root.querySelector('[part=base]');

afterEach(() => {
  page.lang = 'en';
  unmount();
});

describe('the language', () => {
  const titles: [string, RegExp, 'ltr' | 'rtl'][] = [
    ['ar', /الدفع عبر BOTIM أو PayBy/, 'rtl'],
    ['ar-AE', /الدفع عبر BOTIM أو PayBy/, 'rtl'],
    ['ur', /BOTIM/, 'rtl'],
    ['hi', /BOTIM/, 'ltr'],
    ['ml', /BOTIM/, 'ltr'],
    ['bn', /BOTIM/, 'ltr'],
    ['tl-PH', /BOTIM/, 'ltr'],
    ['ru', /BOTIM/, 'ltr'],
    ['zh-Hans-CN', /BOTIM/, 'ltr'],
  ];
  for (const [lang, title, dir] of titles) {
    it(`${lang} is worded and runs ${dir}`, async () => {
      const checkout = await mount({}, (element) => {
        element.lang = lang;
      });
      await waitUntil(() => card(checkout)?.getAttribute('lang') !== 'en', `${lang} never came`);
      expect(checkout.text()).to.match(title);
      expect(checkout.text()).to.not.match(/Confirm the payment/);
      expect(card(checkout)?.getAttribute('dir')).to.equal(dir);
      expect(getComputedStyle(card(checkout) as Element).direction).to.equal(dir);
    });
  }

  it('is the page’s, and follows when the page changes it', async () => {
    page.lang = 'ru';
    const checkout = await mount();
    await shown(checkout, /Оплат/);
    page.lang = 'en';
    await shown(checkout, /Confirm the payment/);
  });

  it('is that of the nearest element around, through shadow roots', async () => {
    const around = document.createElement('section');
    around.lang = 'ru';
    const inner = document.createElement('div');
    around.append(inner);
    document.body.append(around);
    const checkout = await mount();
    inner.attachShadow({ mode: 'open' }).append(checkout.element);
    await shown(checkout, /Оплат/);
    around.remove();
  });

  it('falls back to English where it is not known', async () => {
    const checkout = await mount({}, (element) => {
      element.lang = 'xx-YY';
    });
    expect(checkout.text()).to.match(/Confirm the payment/);
    expect(card(checkout)?.getAttribute('lang')).to.equal('en');
  });

  it('may be the page’s own wording, for every checkout at once', async () => {
    const checkout = await mount();
    registerMessages({ lang: 'en', pay: 'Pay at the café' });
    await shown(checkout, /Pay at the café$/);
    registerMessages({ lang: 'en', pay: 'Pay' });
    await shown(checkout, /Pay$/);
  });

  it('keeps the page’s wording also when the built-in one arrives later', async () => {
    const checkout = await mount({}, (element) => {
      element.lang = 'bn-IN';
    });
    registerMessages({ lang: 'bn', pay: 'Ours' });
    await shown(checkout, /Ours$/);
    await checkout.element.updateComplete;
    checkout.element.requestUpdate();
    await checkout.element.updateComplete;
    expect(checkout.text()).to.match(/Ours$/);
  });

  it('writes amounts, times and codes so that nothing flips', async () => {
    const order = {
      subject: 'Cart 42',
      subjectAr: 'سلة ٤٢',
      paidAt: Date.UTC(2026, 10, 22, 13, 4),
    };
    const checkout = await mount(order, (element) => {
      element.lang = 'ar';
      element.order = { ...pendingOrder, ...order, status: 'paid' };
    });
    await shown(checkout, /سلة ٤٢/);
    await shown(checkout, /2026/);
    expect(checkout.root.querySelector('[part=amount] bdi')?.textContent).to.match(/12\.34/);
    expect(checkout.root.querySelector('.order-id')?.textContent).to.include(
      '\u2066M965739182419\u2069',
    );
  });

  it('of the wrong kind does not hide what became of the payment', async () => {
    const wrong: Parameters<typeof registerMessages>[0][] = [
      JSON.parse('{"lang":"pt","orderNumber":"Pedido","steps":7,"phases":null}'),
      { lang: 'de_AT', pay: 'Zahlen' },
    ];
    for (const messages of wrong) {
      registerMessages(messages);
      const checkout = await mount({ status: 'paid' }, (element) => {
        element.lang = messages.lang;
      });
      checkout.element.start();
      await shown(checkout, /Paid.*M965739182419/);
      unmount();
    }
  });

  it('that is empty still keeps a form from being sent', async () => {
    registerMessages({ lang: 'it', required: '' });
    const { element } = await mount({}, (checkout) => {
      checkout.lang = 'it';
      checkout.required = true;
    });
    expect(element.checkValidity()).to.equal(false);
  });
});
