import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium } from '../support/chromium.ts';
import { phaseIsIn } from '../support/host-checkout.ts';
import { type HostServer, openHostServer, tokenUrl } from '../support/host-server.ts';
import { steadyText } from '../support/looks-stage.ts';
import { until } from '../support/strict-stage.ts';
import { scanWithZxing } from '../support/zxing.ts';

/** Style sheets of pages that mean everything but the checkout, and reach it all the same. */
const sheets = {
  'rules for everything': `* {
    all: unset !important; display: block !important; color: red !important; font-size: 0 !important;
    line-height: 0 !important; box-sizing: content-box !important; direction: rtl !important;
    fill: red !important; stroke: red !important;
  }`,
  'rules for every tag': `div, section, p, button, a, span, ol, li, h2, dialog, bdi, slot, svg, img {
      display: none !important; font-size: 3px !important; opacity: 0 !important;
    }
    payby-checkout *, payby-checkout::before { display: none !important; }`,
  'text that is inherited': `body {
    letter-spacing: 12px; word-spacing: 30px; text-transform: uppercase; white-space: nowrap;
    word-break: break-all; text-indent: 60px; text-align: right; font: italic 900 small-caps 30px/4 serif;
    text-shadow: 0 0 6px red; -webkit-text-fill-color: lime; -webkit-text-stroke: 2px red; hyphens: auto;
    list-style: square inside; cursor: none; user-select: none; quotes: none; tab-size: 40;
  }`,
  'drawings that are inherited': `html {
    fill: red; fill-opacity: 0; stroke: red; stroke-width: 9; stroke-opacity: 0.2;
    stroke-dasharray: 1 3; paint-order: stroke; clip-rule: evenodd; shape-rendering: optimizeSpeed;
  }`,
  'animations of everything': `* { transition: all 9s !important }
    @keyframes turn { to { opacity: 0 } } @keyframes appear { to { opacity: 0 } }
    @keyframes pop { to { opacity: 0 } } @keyframes breathe { to { opacity: 0 } }`,
  'small letters': 'html { font-size: 62.5% } body { font-size: 1px }',
};

/** What is on screen, and how it is got there. */
const places = {
  'the code': { attributes: 'environment="desktop"', shows: '[part=qr] svg' },
  'the way into the app': { attributes: 'environment="phone"', shows: '.tools' },
  'the dialog’s button': { attributes: 'display="dialog"', shows: '.opener .dot' },
};

describe('whatever the page’s style sheets say', () => {
  let browser: Browser;
  let server: HostServer;
  let page: Page;

  before(async () => {
    server = await openHostServer();
    browser = await launchChromium(steadyText);
    page = await browser.newPage();
    await page.setViewport({ width: 480, height: 700 });
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /** The checkout under a style sheet, where it stands in the page. */
  async function photograph(place: keyof typeof places, sheet: string): Promise<PNG> {
    const { attributes, shows } = places[place];
    // The page's typeface is the checkout's by intention; so is the room that it is given.
    const own = `payby-checkout { all: revert-layer; display: block !important; width: 400px !important;
      position: fixed !important; inset: 16px auto auto 16px !important; font-family: sans-serif !important }`;
    server.serve('/page', {
      html: `<!doctype html><html lang="en"><style>${sheet} ${own}</style>
        <script type="module" src="/cdn/payby-checkout.js"></script>
        <body><payby-checkout endpoint="/orders" reference="cart" autostart ${attributes}></payby-checkout>`,
    });
    await page.goto(server.url('/page'));
    await phaseIsIn(page, 'awaiting');
    await until(() =>
      page.evaluate(
        (wanted) =>
          document.querySelector('payby-checkout')?.shadowRoot?.querySelector(wanted) != null,
        shows,
      ),
    );
    const clip = { x: 0, y: 0, width: 440, height: 640 };
    return PNG.sync.read(Buffer.from(await page.screenshot({ clip })));
  }

  for (const place of Object.keys(places) as (keyof typeof places)[]) {
    it(`${place} looks the same`, async () => {
      const plain = await photograph(place, '');
      const { width, height } = plain;
      for (const [name, sheet] of Object.entries(sheets)) {
        const { data } = await photograph(place, sheet);
        const different = pixelmatch(plain.data, data, undefined, width, height);
        assert.equal(different, 0, `${name}: ${different} pixels`);
      }
    });
  }

  const hard = {
    'on a page written downwards': 'html { writing-mode: vertical-rl; text-orientation: upright }',
    'on a page that is scaled': ':root { zoom: 1.4 }',
    'in a narrow column': 'body { width: 180px }',
    'on a dark page': ':root { color-scheme: dark; background: #000; color: #fff }',
  };
  for (const [where, sheet] of Object.entries(hard)) {
    it(`its code is read ${where}`, async () => {
      const { width, height } = await photograph('the code', sheet);
      assert.ok(width * height > 0);
      assert.deepEqual(await scanWithZxing(await page.screenshot()), [tokenUrl]);
    });
  }

  it('it is as hidden as what it stands in', async () => {
    await photograph('the code', 'body { visibility: hidden; pointer-events: none }');
    assert.deepEqual(await scanWithZxing(await page.screenshot()), []);
    const isReached = await page.$eval('payby-checkout >>> button', (button) => {
      const { x, y } = button.getBoundingClientRect();
      return document.elementFromPoint(x + 5, y + 5)?.localName === 'payby-checkout';
    });
    assert.equal(isReached, false);
  });
});
