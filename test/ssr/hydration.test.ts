import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { html, type TemplateResult } from 'lit';
import type { Browser, Page } from 'puppeteer-core';
import { root } from '../package/install.ts';
import { codeIsShown, launchChromium, phaseIs } from '../support/chromium.ts';
import { scan } from '../support/decode.ts';
import { loadLanguage, PaybyCheckout, rendered } from './support/render.ts';
import { bundle, cdnScripts } from './support/scripts.ts';
import { openShop, type Shop } from './support/shop.ts';
import { visit } from './support/visit.ts';

const iPhone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148';

/** Styles as they are in the guide. */
const guide = readFileSync(join(root, 'docs/server-rendering.md'), 'utf8');
const [, keptPlace = ''] = /```css\n(.*?)```/s.exec(guide) ?? [];

const tag = (reference: string, order?: object, lang = 'en') => html`
  <payby-checkout
    endpoint="/api/payby/orders"
    reference=${reference}
    lang=${lang}
    token-hosts="localhost"
    order=${order ? JSON.stringify(order) : 'null'}
  ></payby-checkout>
`;

const started = (reference: string) => html`
  <payby-checkout
    endpoint="/api/payby/orders"
    reference=${reference}
    token-hosts="localhost"
    autostart
  ></payby-checkout>
`;

/** The words on the card. */
const text = (tab: Page): Promise<string> =>
  tab.$eval('payby-checkout >>> .card', (card) =>
    card instanceof HTMLElement ? card.innerText.replace(/\s+/g, ' ') : '',
  );

const cards = (tab: Page): Promise<number> =>
  tab.$$eval('payby-checkout >>> .card', (all) => all.length);

describe('a page that a server has rendered', () => {
  let shop: Shop;
  let browser: Browser;
  let pages = 0;

  before(async () => {
    const pages = await bundle({
      page: "import 'payby-checkout/ssr';",
      early: "import 'payby-checkout/ssr'; document.querySelector('payby-checkout').start();",
    });
    // By itself, so that Lit's support comes before Lit.
    const lit = await bundle({
      patched:
        "import '@lit-labs/ssr-client/lit-element-hydrate-support.js'; import 'payby-checkout';",
    });
    shop = await openShop(new Map([...cdnScripts(), ...pages, ...lit]));
    browser = await launchChromium();
    await loadLanguage('ar');
  });
  after(async () => {
    await browser?.close();
    await shop?.close();
  });

  const served = (body: string, script: string, policy?: string) => {
    pages += 1;
    return shop.show(`/page-${pages}`, {
      html: `<!doctype html><title>Shop</title><link rel="icon" href="data:,">
        <script type="module" async src="${script}"></script>
        <p>Before</p>${body}<p>After</p>`,
      ...(policy !== undefined && { policy }),
    });
  };
  const page = async (body: TemplateResult, script = '/app/page.js', policy?: string) =>
    served(await rendered(body), script, policy);

  it('is gone on with, node by node, and Pay leads to a code', async () => {
    const { tab, troubles, ...seen } = await visit(browser, shop, await page(tag('cart-1')));
    assert.match(await text(tab), /Pay$/);
    await seen.start();
    const [kept, shown] = await seen.kept();
    assert.ok(shown > 10);
    assert.equal(kept, shown);
    assert.equal(await seen.shift(), 0);
    await tab.locator('payby-checkout >>> [part=button]').click();
    await codeIsShown(tab);
    assert.match((await scan(await tab.screenshot())) ?? '', /^http:\/\/localhost/);
    assert.deepEqual(troubles, []);
    await tab.close();
  });

  it('keeps the focus where it is', async () => {
    const { tab, start } = await visit(browser, shop, await page(tag('cart-2')), {
      before: (one) => one.focus('payby-checkout >>> [part=button]'),
    });
    await start();
    assert.equal(
      await tab.evaluate(() =>
        document.activeElement?.shadowRoot?.activeElement?.getAttribute('part'),
      ),
      'button',
    );
    await tab.close();
  });

  for (const lang of ['en', 'ar']) {
    it(`shows its order in the same place, from the amount to the receipt (${lang})`, async () => {
      const order = await shop.order(`given-${lang}`);
      const made = shop.created();
      const url = await page(tag(`given-${lang}`, order, lang));
      const { tab, troubles, ...seen } = await visit(browser, shop, url);
      assert.match(await text(tab), /12\.34.*given-/);
      const [, shown] = await seen.kept();
      assert.ok(shown > 20);
      await seen.start();
      await codeIsShown(tab);
      assert.equal(await seen.shift(), 0);
      const [kept] = await seen.kept();
      assert.ok(kept > 10, `${kept} of ${shown}`);
      assert.match((await scan(await tab.screenshot())) ?? '', /^http:\/\/localhost/);
      shop.pay(order.id);
      await phaseIs(tab, 'paid');
      assert.equal(shop.created(), made);
      assert.deepEqual(troubles, []);
      await tab.close();
    });
  }

  it('starts by itself in the browser, once, and nothing moves', async () => {
    const made = shop.created();
    const { tab, troubles, ...seen } = await visit(browser, shop, await page(started('auto')));
    assert.equal(shop.created(), made);
    await seen.start();
    await codeIsShown(tab);
    assert.equal(await seen.shift(), 0);
    assert.equal(shop.created(), made + 1);
    assert.deepEqual(troubles, []);
    await tab.close();
  });

  it('makes room for an order that this tab waits for', async () => {
    const { tab, troubles, ...first } = await visit(browser, shop, await page(started('kept')));
    await first.start();
    await codeIsShown(tab);
    const made = shop.created();
    const again = await page(tag('kept'));
    await tab.goto(again);
    await codeIsShown(tab);
    assert.equal(shop.created(), made);
    assert.equal(await cards(tab), 1);
    assert.deepEqual(troubles, []);
    await tab.close();
  });

  it('makes room for a phone’s way to pay', async () => {
    const order = await shop.order('phone');
    const url = await page(tag('phone', order));
    const { tab, troubles, ...seen } = await visit(browser, shop, url, { userAgent: iPhone });
    await seen.start();
    await tab.waitForSelector('payby-checkout >>> [part=app-link]');
    assert.equal(await cards(tab), 1);
    assert.deepEqual(troubles, []);
    await tab.close();
  });

  it('makes room for what the page’s own script has begun before', async () => {
    const url = await page(tag('early'), '/app/early.js');
    const { tab, troubles, ...seen } = await visit(browser, shop, url);
    await seen.start();
    await codeIsShown(tab);
    assert.equal(await cards(tab), 1);
    assert.deepEqual(troubles, []);
    await tab.close();
  });

  it('is disabled where the fieldset around it is', async () => {
    const body = `<form><fieldset disabled>${await rendered(tag('fieldset'))}</fieldset></form>`;
    const { tab, start } = await visit(browser, shop, served(body, '/app/page.js'));
    await start();
    const isDisabled = await tab.$eval(
      'payby-checkout >>> [part=button]',
      (button) => button instanceof HTMLButtonElement && button.disabled,
    );
    assert.ok(isDisabled);
    await tab.close();
  });

  for (const script of ['/cdn/payby-checkout.js', '/app/patched.js']) {
    it(`shows one card, in the same place, where ${script} does not go on with the nodes`, async () => {
      const order = await shop.order(script);
      const { tab, troubles, ...seen } = await visit(
        browser,
        shop,
        await page(tag(script, order), script),
      );
      await seen.start();
      await codeIsShown(tab);
      assert.equal(await cards(tab), 1);
      assert.equal(await tab.$$eval('payby-checkout >>> style', (all) => all.length), 0);
      assert.equal(await seen.shift(), 0);
      assert.deepEqual(troubles, []);
      await tab.close();
    });
  }

  /** The browser paints frames before it lets the script go on. */
  const paintFirst = (tab: Page) =>
    tab.evaluate(() => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      Object.assign(window, { scheduler: { yield: () => frame().then(frame).then(frame) } });
    });

  it('is never seen empty, however long its script makes room for other things', async () => {
    const order = await shop.order('slow');
    const url = await page(tag('slow', order), '/cdn/payby-checkout.js');
    const { tab, troubles, ...seen } = await visit(browser, shop, url, { before: paintFirst });
    await seen.start();
    await codeIsShown(tab);
    assert.equal(await seen.shift(), 0);
    assert.deepEqual(troubles, []);
    await tab.close();
  });

  describe('under a strict policy', () => {
    const policy = (styles: string) =>
      [
        "default-src 'none'",
        "script-src 'self'",
        `style-src 'self' ${styles}`,
        "connect-src 'self'",
        'img-src data:', // the page's empty icon
        "require-trusted-types-for 'script'",
        'trusted-types lit-html',
      ].join('; ');
    const isCard = (tab: Page) =>
      tab.$eval('payby-checkout >>> .card', (card) => getComputedStyle(card).display === 'flex');

    it('has its styles from the beginning by their hash', async () => {
      const styles = PaybyCheckout.elementStyles.map((style) => String(style)).join('');
      const hash = createHash('sha256').update(styles).digest('base64');
      const url = await page(tag('strict'), '/app/page.js', policy(`'sha256-${hash}'`));
      const { tab, troubles, ...seen } = await visit(browser, shop, url);
      assert.ok(await isCard(tab));
      await seen.start();
      const [kept, shown] = await seen.kept();
      assert.equal(kept, shown);
      assert.ok(await isCard(tab));
      assert.equal(await seen.shift(), 0);
      assert.deepEqual(troubles, []);
      await tab.close();
    });

    it('has them from the script on without', async () => {
      const url = await page(tag('bare'), '/app/page.js', policy(''));
      const { tab, start } = await visit(browser, shop, url);
      assert.ok(!(await isCard(tab)));
      await start();
      assert.ok(await isCard(tab));
      await tab.close();
    });
  });

  for (const [what, attributes] of Object.entries({
    'that waits for Pay': 'reference="plain"',
    'that starts by itself': 'reference="plain-auto" autostart',
    'in a dialog': 'reference="plain-dialog" display="dialog"',
  })) {
    for (const width of what === 'in a dialog' ? [1000] : [320, 1000]) {
      it(`keeps the place of a bare tag ${what}, ${width} px wide`, async () => {
        const body = `<style>${keptPlace}</style>
          <payby-checkout endpoint="/api/payby/orders" token-hosts="localhost" ${attributes}>
            <b slot="header">My shop</b>
          </payby-checkout>`;
        const url = served(body, '/cdn/payby-checkout.js');
        const { tab, troubles, ...seen } = await visit(browser, shop, url, {
          width,
          before: paintFirst,
        });
        const header = () => tab.$eval('b', (title) => getComputedStyle(title).visibility);
        assert.equal(await header(), 'hidden');
        const below = () => tab.$eval('p:last-of-type', (one) => one.offsetTop);
        const before = await below();
        await seen.start();
        if (attributes.includes('autostart')) await codeIsShown(tab);
        await tab.waitForFunction(() => {
          const title = document.querySelector('b');
          return title && getComputedStyle(title).visibility === 'visible';
        });
        assert.equal(await below(), before);
        assert.deepEqual(troubles, []);
        await tab.close();
      });
    }
  }
});
