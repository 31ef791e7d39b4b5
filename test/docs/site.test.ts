/** The documents as a site: built, served below a path of its own, and looked at in Chromium. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { Browser, Page } from 'puppeteer-core';
import { Shop } from '../../demo/shop.ts';
import { createSite } from '../../demo/site.ts';
import type { Checkout } from '../../src/server/index.ts';
import { contentSecurityPolicy } from '../../tools/docs/layout.ts';
import { launchChromium } from '../support/chromium.ts';
import { runCommand } from '../support/run-command.ts';
import { documents, root } from './code-blocks.ts';

const base = '/some/path/docs/';
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'payby-docs-'));
const out = join(folder, 'site');
let origin = '';
let browser: Browser;
let server: ReturnType<typeof serve>;
let pages: string[] = [];

before(async () => {
  const [{ ok, output }] = await Promise.all([
    runCommand('node', ['tools/docs/build.ts', '--out', out], { capture: true }),
    launchChromium().then((launched) => {
      browser = launched;
    }),
  ]);
  assert.ok(ok, output);
  pages = readdirSync(out).filter((file) => file.endsWith('.html'));
  const site = new Hono();
  site.use(async ({ header }, next) => {
    await next();
    header('content-security-policy', contentSecurityPolicy);
  });
  const rewriteRequestPath = (path: string) => path.replace(base, '/');
  site.use(`${base}*`, serveStatic({ root: out, rewriteRequestPath }));
  await new Promise<void>((listening) => {
    server = serve({ fetch: site.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
      origin = `http://127.0.0.1:${port}`;
      listening();
    });
  });
});

after(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const read = (file: string) => readFileSync(join(out, file), 'utf8');
const idsIn = (html: string) =>
  new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id));

interface Opened {
  page: Page;
  /** Errors, violations of the policy, and requests to elsewhere. */
  troubles: string[];
}

type Scheme = 'light' | 'dark';

async function open(file: string, width: number, scheme: Scheme): Promise<Opened> {
  const opened = await openTab();
  await look(opened.page, width, scheme);
  await visit(opened.page, file);
  return opened;
}

async function openTab(): Promise<Opened> {
  const page = await browser.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    if (message.type() !== 'log') troubles.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(origin + base)) troubles.push(`asked for ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()} ${response.url()}`);
  });
  return { page, troubles };
}

async function look(page: Page, width: number, scheme: Scheme): Promise<void> {
  await page.setViewport({ width, height: 700 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
}

async function visit(page: Page, file: string): Promise<void> {
  await page.goto(origin + base + file, { waitUntil: 'load' });
  await page.waitForFunction(() => !document.querySelector('.live > .note:only-child'));
}

/** What axe finds wrong, as `rule: where`. */
async function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    // Thousands of words in the same few colours, and squares that nobody hears of, take most of the time.
    for (const code of [...document.querySelectorAll('.code code')].slice(2)) {
      code.replaceChildren(code.textContent);
    }
    for (const one of document.querySelectorAll('payby-checkout')) {
      one.shadowRoot?.querySelector('[part=qr] svg')?.replaceChildren();
    }
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const results = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    });
    return results.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, any }) => `${id}: ${target.flat().at(-1)} ${any[0]?.message ?? ''}`),
    );
  });
}

describe('the site of the documents', () => {
  it('has a page for every document, and a menu that leads to all of them', () => {
    for (const { name } of documents) {
      const file = name.replace('docs/', '').replace('.md', '.html').toLowerCase();
      assert.ok(pages.includes(file), `${name} is in no group of tools/docs/pages.ts`);
    }
    for (const page of pages) {
      for (const other of pages) assert.ok(read(page).includes(`href="${other}"`), other);
    }
  });

  it('leads nowhere that is not there', () => {
    for (const page of pages) {
      const html = read(page);
      for (const [, link = ''] of html.matchAll(/\s(?:href|src)="([^"]+)"/g)) {
        if (/^https?:/.test(link)) continue;
        const [file = '', anchor] = link.split('#');
        assert.ok(file === '' || existsSync(join(out, file)), `${page}: ${link}`);
        if (anchor === undefined) continue;
        const ids = idsIn(file === '' ? html : read(file));
        assert.ok(ids.has(decodeURIComponent(anchor)), `${page}: ${link}`);
      }
    }
  });

  it('is served by the demo at /docs/, under its policy', async () => {
    const checkout = { fetch: async () => new Response() } as unknown as Checkout;
    const site = createSite({ shop: new Shop(), checkout, pages: out, docs: out });
    const moved = await site.request('/docs');
    assert.deepEqual([moved.status, moved.headers.get('location')], [302, 'docs/']);
    for (const path of ['/docs/', '/docs/search.json', '/docs/openapi.json']) {
      const { status, headers } = await site.request(path);
      assert.equal(status, 200, path);
      assert.match(headers.get('content-security-policy') ?? '', /script-src 'self'/);
    }
    assert.equal((await site.request('/docs/nothing.html')).status, 404);
  });

  it('has nothing inline, and loads nothing from elsewhere', () => {
    for (const page of pages) {
      const html = read(page).replace(/<pre[\s\S]*?<\/pre>/g, '');
      assert.doesNotMatch(html, /<style|\sstyle=|\son[a-z]+=|javascript:|data:image/, page);
      for (const [, source = ''] of html.matchAll(/<script([^>]*)>/g)) {
        assert.match(source, / src="\.\//, page);
      }
      assert.doesNotMatch(html, /<(?:script|link|img)[^>]+(?:src|href)="(?:https?:|\/)/, page);
    }
  });

  it('is read without a fault that axe finds, on a phone of 320 px, dark, and what is to be tried on a desktop, light', async () => {
    const tried = pages.filter((page) => /data-live|class="states"/.test(read(page)));
    assert.ok(tried.length >= 4, String(tried));
    const left = [...pages];
    const faults: string[] = [];
    // Two tabs, one for each core of a small machine.
    await Promise.all([inspect(), inspect()]);
    assert.deepEqual(faults, []);

    async function inspect() {
      const { page, troubles } = await openTab();
      const session = await page.createCDPSession();
      for (let file = left.pop(); file; file = left.pop()) {
        await look(page, 320, 'dark');
        await visit(page, file);
        // Past the policy, which is the page's and not the test's.
        await session.send('Runtime.evaluate', { expression: axe });
        const found = await faultsOf(page);
        if (tried.includes(file)) {
          await look(page, 1280, 'light');
          found.push(...(await faultsOf(page)));
        }
        faults.push(...[...found, ...troubles.splice(0)].map((fault) => `${file}: ${fault}`));
      }
      await page.close();
    }
  });
});

/** What axe finds, and what does not fit on the screen. */
async function faultsOf(page: Page): Promise<string[]> {
  const found = await violations(page);
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return overhang > 0 ? [...found, `${overhang} px wider than the screen`] : found;
}

const phaseIs = (page: Page, phase: string) =>
  page.waitForFunction(
    (wanted) => document.querySelector('payby-checkout')?.state.phase === wanted,
    { polling: 50 },
    phase,
  );

describe('what can be tried in the documents', () => {
  it('brings the checkout into every phase, and tells its events', async () => {
    const { page, troubles } = await open('element.html', 1280, 'light');
    const [phases] = await page.$$('.fields select');
    assert.ok(phases);
    const values = await phases.$$eval('option', (options) => options.map(({ value }) => value));
    assert.equal(values.length, 10);
    for (const value of values.reverse()) {
      await phases.select(value);
      await phaseIs(page, value);
    }
    const events = await page.$$eval('.log li', (items) => items.map((item) => item.textContent));
    for (const name of ['order', 'paid', 'failed', 'expired', 'cancelled', 'scanned', 'error']) {
      assert.ok(
        events.some((event) => event.startsWith(`payby-${name}`)),
        name,
      );
    }
    // A refused create is an answer of 422, which Chromium calls an error of the console.
    assert.deepEqual(troubles, []);
    await page.close();
  });

  it('follows an order from the code to the payment, and cancels one', async () => {
    const { page, troubles } = await open('element.html', 320, 'light');
    const [phases] = await page.$$('.fields select');
    await phases?.select('awaiting');
    await phaseIs(page, 'awaiting');
    const id = await page.evaluate(() => document.querySelector('payby-checkout')?.order?.id);
    for (const phase of ['scanned', 'paid']) {
      await phases?.select(phase);
      await phaseIs(page, phase);
    }
    assert.equal(await page.evaluate(() => document.querySelector('payby-checkout')?.value), id);
    await phases?.select('awaiting');
    await phaseIs(page, 'awaiting');
    await page.evaluate(() => void document.querySelector('payby-checkout')?.cancel());
    await phaseIs(page, 'cancelled');
    assert.deepEqual(troubles, []);
    await page.close();
  });

  it('stays on the page inside the app, and where its link is pressed', async () => {
    const { page, troubles } = await open('element.html', 320, 'light');
    const selects = await page.$$('.fields select');
    for (const where of ['botim', 'phone']) {
      await selects[1]?.select(where);
      await selects[0]?.select('idle');
      await selects[0]?.select('awaiting');
      await phaseIs(page, 'awaiting');
      await page.locator('payby-checkout >>> [part=app-link]').click();
      await page.waitForFunction(() => /app would open/.test(document.body.textContent ?? ''));
    }
    assert.ok(page.url().endsWith('element.html'));
    assert.deepEqual(troubles, []);
    await page.close();
  });

  it('writes the style sheet of the colours that were chosen, and warns of too little contrast', async () => {
    const { page } = await open('theming.html', 1280, 'light');
    await phaseIs(page, 'awaiting');
    const verdicts = () =>
      page.$$eval('.verdicts li', (items) => items.map(({ className }) => className));
    assert.deepEqual(await verdicts(), ['good', 'good', 'good', 'good']);
    await page.$eval('input[type=color]', (input) => {
      input.value = '#ffe08a';
      input.dispatchEvent(new Event('input'));
    });
    assert.deepEqual(await verdicts(), ['bad', 'good', 'good', 'bad']);
    const css = await page.$eval('.live .code code', (code) => code.textContent);
    assert.equal(css, 'payby-checkout {\n  --payby-accent: #ffe08a;\n}');
    const accent = await page.evaluate(() => {
      const title = document
        .querySelector('payby-checkout')
        ?.shadowRoot?.querySelector('.title svg');
      return title && getComputedStyle(title).color;
    });
    assert.equal(accent, 'rgb(255, 224, 138)');
    await page.close();
  });

  it('says what the device is', async () => {
    const page = await browser.newPage();
    await page.setUserAgent({ userAgent: 'Mozilla/5.0 (Linux; Android 15; Mobile) BOTIM/9' });
    await page.goto(`${origin}${base}same-phone.html`);
    await page.waitForSelector('.facts dd');
    const facts = await page.$$eval('.facts dd', (all) => all.map((one) => one.textContent.trim()));
    assert.equal(facts[0], 'botim');
    assert.equal(facts[1], 'Mozilla/5.0 (Linux; Android 15; Mobile) BOTIM/9');
    await page.close();
  });

  it('finds an error by its code', async () => {
    const { page } = await open('index.html', 320, 'light');
    await page.type('search input', 'cancel-gave');
    await page.waitForSelector('.found a');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    assert.ok(page.url().endsWith('/troubleshooting.html#cancel-gave-up'), page.url());
    await page.close();
  });

  it('opens the menu on a phone, and closes it again', async () => {
    const { page } = await open('index.html', 320, 'light');
    const isOpen = () => page.$eval('#menu', (menu) => menu.matches(':popover-open'));
    await page.locator('.top .menu-button').click();
    assert.ok(await isOpen());
    await page.locator('#menu .menu-button').click();
    assert.ok(!(await isOpen()));
    await page.close();
  });
});
