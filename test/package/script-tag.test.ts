import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import type {} from '../../src/classic.ts';
import { importMap, integrities } from '../../tools/integrity.ts';
import {
  codeIsShown,
  launchChromium,
  openPage,
  phaseIs,
  tokenUrlOf,
  type WatchedPage,
} from '../support/chromium.ts';
import { scan } from '../support/decode.ts';
import { type RunningShop, startShop } from '../support/shop.ts';
import { root } from './install.ts';
import { nonce, openTagSite, type TagSite } from './tag-site.ts';

const folder = join(root, 'dist/cdn');
const hashes = integrities(folder);

const tags: Readonly<Record<string, string>> = {
  'a module': '<script type="module" src="/cdn/payby-checkout.js"></script>',
  'a module that may come at any time':
    '<script type="module" async src="/cdn/payby-checkout.js"></script>',
  'the classic script': '<script src="/cdn/payby-checkout.classic.js"></script>',
  'the classic script, deferred': '<script defer src="/cdn/payby-checkout.classic.js"></script>',
  'the classic script, at any time': '<script async src="/cdn/payby-checkout.classic.js"></script>',
};

const integrityMap = JSON.stringify(importMap(folder, '/cdn/'));

const moduleTag = (hash = hashes['payby-checkout.js']) =>
  `<script type="module" src="/cdn/payby-checkout.js" integrity="${hash}" crossorigin="anonymous"></script>`;
const checkedModule = `<script type="importmap" nonce="${nonce}">${integrityMap}</script>${moduleTag()}`;
const checkedClassic = `<script defer src="/cdn/payby-checkout.classic.js"
  integrity="${hashes['payby-checkout.classic.js']}" crossorigin="anonymous"></script>`;

/** What the card tells the customer. */
const said = (page: Page) =>
  page.$eval('payby-checkout', (checkout) => checkout.shadowRoot?.textContent ?? '');

describe('a script tag', () => {
  let shop: RunningShop;
  let site: TagSite;
  let browser: Browser;

  before(async () => {
    shop = await startShop();
    site = await openTagSite(shop);
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    site?.close();
    await shop?.stop();
  });

  /** Opens a page with this head. It is closed in any case: its event stream would hold a connection. */
  async function visit(head: string, look: (watched: WatchedPage) => Promise<void>): Promise<void> {
    const watched = await openPage(browser, site.page(head));
    try {
      await look(watched);
    } finally {
      await watched.page.close();
    }
  }

  /** Reads the code that the page comes to show, by its pixels. */
  async function showsCode({ page, troubles }: WatchedPage): Promise<void> {
    await codeIsShown(page);
    assert.equal(await scan(await page.screenshot()), await tokenUrlOf(page));
    assert.deepEqual(troubles, []);
  }

  for (const [name, tag] of Object.entries(tags)) {
    it(`in the head leads to a code: ${name}`, () => visit(tag, showsCode));
  }

  it('sends for what an order will need before it defines the element', () =>
    visit('', async ({ page }) => {
      const parts: string[] = [];
      page.on('request', (request) => {
        const [, part] = /payby-checkout-(\w+)-[\w-]+\.js$/.exec(request.url()) ?? [];
        if (part) parts.push(part);
      });
      await page.evaluateOnNewDocument(() => {
        customElements.define = () => {
          throw new Error('not defined');
        };
      });
      await page.goto(site.page(tags['a module'] ?? ''));
      // What was asked for before the script broke off is told before this.
      await page.evaluate(() => customElements.get('payby-checkout'));
      assert.deepEqual(parts, ['order']);
      await page.goto(site.page(tags['a module'] ?? '', ''));
      await page.evaluate(() => customElements.get('payby-checkout'));
      assert.deepEqual(parts, ['order']);
    }));

  describe('of each kind on one page', () => {
    const both = [tags['a module'], tags['the classic script, deferred']];
    const hasGlobal = (page: Page) => page.evaluate(() => 'paybyCheckout' in window);

    for (const [order, isClassicFirst] of [
      [both, false],
      [both.toReversed(), true],
    ] as const) {
      const first = isClassicFirst ? 'classic script' : 'module';

      it(`is harmless, and the first has the tag: the ${first}`, () =>
        visit(order.join(''), async (watched) => {
          await showsCode(watched);
          assert.equal(await hasGlobal(watched.page), isClassicFirst);
        }));
    }
  });

  it('without modules leaves paybyCheckout to the page, and nothing else', () =>
    visit(tags['the classic script'] ?? '', async (watched) => {
      await showsCode(watched);
      const { page } = watched;
      assert.deepEqual(await page.evaluate(addedGlobals), ['paybyCheckout']);
      await page.evaluate(() => {
        window.paybyCheckout?.registerMessages({ lang: 'en', cancel: 'Never mind' });
      });
      await page.waitForFunction(
        () =>
          document.querySelector('payby-checkout')?.shadowRoot?.textContent?.includes('Never mind'),
        { polling: 100 },
      );
    }));

  describe('with integrity', () => {
    after(() => site.tamperWith(undefined));

    it('leads to a code when everything is what it should be', async () => {
      for (const head of [checkedModule, checkedClassic]) await visit(head, showsCode);
    });

    it('is refused when it is another one', async () => {
      site.tamperWith(/^payby-checkout(\.classic)?\.js$/);
      for (const head of [checkedModule, checkedClassic]) {
        await visit(head, async ({ page, troubles }) => {
          assert.match(troubles.join('\n'), /integrity/);
          assert.deepEqual(await page.evaluate(whatRan), { isDefined: false, isTampered: false });
        });
      }
    });

    it('has a part refused that is another one, and the page says so', async () => {
      site.tamperWith(/^payby-checkout-order-/);
      await visit(checkedModule, async ({ page, troubles }) => {
        await phaseIs(page, 'error');
        assert.match(await said(page), /That did not work/);
        const { code, message, cause } = await page.evaluate(whatFailed);
        assert.equal(code, 'network');
        assert.equal(message, 'A part of the checkout’s script could not be loaded.');
        assert.match(cause, /payby-checkout-order-/);
        assert.match(
          troubles.join('\n'),
          /payby-checkout-order-.*integrity|integrity.*payby-checkout-order-/,
        );
        assert.deepEqual(await page.evaluate(whatRan), { isDefined: true, isTampered: false });
      });
    });

    it('has the part that draws refused when it is another one, and the link stays', async () => {
      site.tamperWith(/^payby-checkout-qr-/);
      await visit(checkedModule, async ({ page, troubles }) => {
        await page.waitForFunction(() => window.seen?.includes('error'), { polling: 100 });
        assert.match(await said(page), /The code could not be drawn/);
        assert.match(troubles.join('\n'), /integrity/);
        assert.deepEqual(await page.evaluate(whatRan), { isDefined: true, isTampered: false });
      });
    });
  });
});

/** Names on the window that a new window does not have; those of the test's own left out. */
function addedGlobals(): string[] {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const usual = new Set(Object.getOwnPropertyNames(frame.contentWindow ?? {}));
  return Object.getOwnPropertyNames(window)
    .filter((name) => !usual.has(name) && !/^\d+$|^seen$|puppeteer|^__aria/.test(name))
    .sort();
}

const whatRan = () => ({
  isDefined: customElements.get('payby-checkout') !== undefined,
  isTampered: 'tampered' in window,
});

function whatFailed() {
  const state = document.querySelector('payby-checkout')?.state;
  if (state?.phase !== 'error') throw new Error(`The checkout is ${state?.phase}.`);
  const { code, message, cause } = state.error;
  return { code, message, cause: String(cause) };
}
