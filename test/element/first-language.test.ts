import { expect } from '@open-wc/testing';
import { type Mounted, mount, unmount } from '../support/browser/mount.ts';
import { waitUntil } from '../support/browser/wait-until.ts';

const { documentElement: page } = document;
const { setTimeout } = window;
const languageOf = ({ root }: Mounted) => root.querySelector('[part=base]')?.getAttribute('lang');

/** Long waits of the page end at once, or never; returns how long those were, ms. */
function longWaits(end: 'at once' | 'never'): number[] {
  const waits: number[] = [];
  const wait = (callback: () => void, ms = 0) => {
    if (ms < 1000) return setTimeout(callback, ms);
    waits.push(ms);
    return end === 'at once' ? callback() : 0;
  };
  Object.assign(window, { setTimeout: wait });
  return waits;
}

afterEach(() => {
  page.lang = 'en';
  Object.assign(window, { setTimeout });
  unmount();
});

// A language that was loaded once is there for the rest of the file: each is used in one test.
describe('the first card', () => {
  it('is in the page’s language, which it waits for', async () => {
    page.lang = 'ar';
    longWaits('never');
    const checkout = await mount();
    expect(languageOf(checkout)).to.equal('ar');
    expect(checkout.text()).to.match(/الدفع عبر BOTIM/);
  });

  it('is asked for by an order that does not wait', async () => {
    page.lang = 'ru';
    longWaits('never');
    const languages: (string | null | undefined)[] = [];
    const checkout = await mount({}, (element) => {
      element.autostart = true;
      element.addEventListener('payby-change', () => {
        languages.push(element.shadowRoot?.querySelector('[part=base]')?.getAttribute('lang'));
      });
    });
    expect(languages[0]).to.equal(undefined);
    expect(checkout.backend.count('create')).to.equal(1);
    Object.assign(window, { setTimeout });
    await waitUntil(() => checkout.element.order, 'no order came');
    expect(languages).to.not.include('en');
  });

  it('is in English where there is no such language', async () => {
    page.lang = 'xx';
    expect(languageOf(await mount())).to.equal('en');
  });

  it('is in English where the language takes too long, which comes after it', async () => {
    page.lang = 'bn';
    const waits = longWaits('at once');
    const checkout = await mount();
    Object.assign(window, { setTimeout });
    expect(waits).to.deep.equal([1500]);
    expect(languageOf(checkout)).to.equal('en');
    await waitUntil(() => languageOf(checkout) === 'bn', 'Bengali never came');
  });
});
