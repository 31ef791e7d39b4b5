import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PaybyCheckout } from 'payby-checkout/react';
import type { Browser } from 'puppeteer-core';
import { createElement, type ReactElement } from 'react';
import { renderToString } from 'react-dom/server';
import { codeIsShown, launchChromium, phaseIs } from '../support/chromium.ts';
import { bundle } from './support/scripts.ts';
import { openShop, type Shop } from './support/shop.ts';
import { visit } from './support/visit.ts';

const shared = { endpoint: '/api/payby/orders', lang: 'en' };

/** The page as React has it: with the component of this package, or with the tag itself. */
const withComponent = (order: object): ReactElement =>
  createElement(PaybyCheckout, { ...shared, tokenHosts: 'localhost', reference: 'react', order });
const withTag = (order: object): ReactElement =>
  createElement('payby-checkout', {
    ...shared,
    reference: 'react',
    'token-hosts': 'localhost',
    order: JSON.stringify(order),
  });

/** The same in the browser, in React’s development build, which tells of all that differs. */
const client = (imports: string, element: string) => `
  ${imports}
  import { createElement } from 'react';
  import { hydrateRoot } from 'react-dom/client';
  const order = JSON.parse(document.querySelector('#order').textContent);
  const shared = { endpoint: '/api/payby/orders', lang: 'en', reference: 'react' };
  const take = () => hydrateRoot(document.querySelector('#root'), ${element}, {
    onRecoverableError: (error) => console.error(error),
  });
`;
const componentCode = client(
  "import { PaybyCheckout } from 'payby-checkout/react';",
  "createElement(PaybyCheckout, { ...shared, tokenHosts: 'localhost', order, onPaybyPaid: () => document.body.append('Thanks') })",
);
const tagCode = client(
  '',
  "createElement('payby-checkout', { ...shared, 'token-hosts': 'localhost', order: JSON.stringify(order) })",
);

/** Whether the element is there before React takes the page over, or after. */
const scripts = {
  component: `${componentCode} take();`,
  'tag-first': `import 'payby-checkout'; ${tagCode}
    document.querySelector('payby-checkout').updateComplete.then(take);`,
  'react-first': `${tagCode} take(); import('payby-checkout');`,
};

describe('React', () => {
  let shop: Shop;
  let browser: Browser;

  before(async () => {
    shop = await openShop(await bundle(scripts, 'development'));
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await shop?.close();
  });

  for (const name of Object.keys(scripts)) {
    it(`takes over the page of its server without a difference: ${name}`, async () => {
      const order = await shop.order(name);
      const made = shop.created();
      const element = name === 'component' ? withComponent(order) : withTag(order);
      const url = shop.show(`/${name}`, {
        html: `<!doctype html><title>Shop</title><link rel="icon" href="data:,">
          <script type="module" async src="/app/${name}.js"></script>
          <script type="application/json" id="order">${JSON.stringify(order)}</script>
          <div id="root">${renderToString(element)}</div>`,
      });
      const { tab, troubles, start } = await visit(browser, shop, url);
      await tab.evaluate(() => {
        window.shown = [...document.querySelectorAll('payby-checkout')];
      });
      await start();
      await codeIsShown(tab);
      const ids = await tab.$eval('payby-checkout', (one) => [
        one.order?.id,
        one === window.shown?.[0],
      ]);
      assert.deepEqual(ids, [order.id, true]);
      shop.pay(order.id);
      await phaseIs(tab, 'paid');
      assert.equal(shop.created(), made);
      const words = await tab.$eval('body', (body) => body.innerText);
      assert.equal(words.includes('Thanks'), name === 'component');
      assert.deepEqual(troubles, []);
      await tab.close();
    });
  }
});
