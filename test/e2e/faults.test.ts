import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import {
  codeIsShown,
  launchChromium,
  openPage,
  phaseIs,
  phaseOf,
  tokenUrlOf,
} from '../support/chromium.ts';
import { payByPhone, toggle } from '../support/playground.ts';
import { type RunningShop, startShop } from '../support/shop.ts';

const payButton = 'payby-checkout >>> [part=button]';

/** What the browser itself says of a request that failed, as it was asked to. */
const isExpected = (trouble: string) => trouble.startsWith('Failed to load resource');

describe('a fault of the playground really happens, and the payment is shown all the same:', () => {
  let shop: RunningShop;
  let browser: Browser;
  let page: Page;
  let troubles: string[];
  /** Answers of the shop's backend to the page, the newest last. */
  let answers: { path: string; status: number }[];

  before(async () => {
    shop = await startShop();
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await shop?.stop();
  });
  afterEach(async () => {
    // A page that waits holds one of the few connections that a browser makes to a host.
    await page?.close();
    assert.deepEqual(
      troubles.filter((trouble) => !isExpected(trouble)),
      [],
    );
  });

  /** Orders, with these faults from the beginning. */
  async function order(query = ''): Promise<void> {
    ({ page, troubles } = await openPage(browser, 'about:blank'));
    answers = [];
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.startsWith('/api/payby/')) {
        answers.push({ path: pathname.replace(/\/\w{26}/, '/:id'), status: response.status() });
      }
    });
    await page.setViewport({ width: 1280, height: 900 });
    await page.bringToFront();
    await page.goto(`${shop.url}/${query}`);
    await page.locator(payButton).click();
    await codeIsShown(page);
  }

  const healthIs = (health: string) =>
    page.waitForFunction(
      (wanted) => document.querySelector('payby-checkout')?.health === wanted,
      { polling: 50, timeout: 10_000 },
      health,
    );
  const countdown = () =>
    page.$eval('payby-checkout >>> [part=countdown]', (shown) => {
      const [minutes = 0, seconds = 0] = (shown.textContent ?? '').trim().split(':').map(Number);
      return 60 * minutes + seconds;
    });
  const statusesOf = (path: string) =>
    new Set(answers.filter((answer) => answer.path === path).map(({ status }) => status));

  it('event streams that are cut leave it to polling', async () => {
    await order();
    await healthIs('live');
    const refused = page.waitForResponse(
      (response) => response.url().endsWith('/events') && response.status() === 503,
    );
    await toggle(page, 'cut');
    await healthIs('polling');
    await refused;
    await payByPhone(page);
    await phaseIs(page, 'paid');
    assert.deepEqual(statusesOf('/api/payby/orders/:id/events'), new Set([200, 503]));
    assert.deepEqual(statusesOf('/api/payby/orders/:id'), new Set([200]));
  });

  it('offline, nothing leaves the tab, and all is told once it is back', async () => {
    await order();
    await toggle(page, 'offline');
    await healthIs('offline');
    assert.equal(await page.evaluate(() => navigator.onLine), false);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await payByPhone(page);
    assert.equal(await phaseOf(page), 'awaiting');
    assert.deepEqual(
      asked.filter((path) => path.startsWith('/api/')),
      [],
    );
    await toggle(page, 'offline');
    await phaseIs(page, 'paid');
  });

  it('a backend that answers 500 to everything is outlasted', async () => {
    await order();
    await toggle(page, 'errors');
    await healthIs('reconnecting');
    await payByPhone(page);
    assert.equal(await phaseOf(page), 'awaiting');
    assert.ok(statusesOf('/api/payby/orders/:id').has(500));
    await toggle(page, 'errors');
    await phaseIs(page, 'paid');
  });

  it('slow answers are waited for, and slow events, too', async () => {
    await order('?faults=slow');
    const lateness = () =>
      page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .filter((entry) => entry instanceof PerformanceResourceTiming)
          .filter(({ name }) => name.includes('/api/payby/'))
          .map(({ responseStart, requestStart }) => responseStart - requestStart),
      );
    const [created = 0] = await lateness();
    assert.ok(created >= 2990, `${created} ms`);
    await payByPhone(page);
    const paidAt = performance.now();
    await phaseIs(page, 'paid');
    const late = performance.now() - paidAt;
    assert.ok(late >= 2000, `told ${late} ms after the payment`);
  });

  it('a device’s clock that is an hour ahead moves no countdown', async () => {
    await order();
    const before = await countdown();
    await toggle(page, 'clock');
    const ahead = Date.parse(await page.evaluate(() => new Date().toISOString())) - Date.now();
    assert.ok(Math.abs(ahead - 3_600_000) < 5_000, `${ahead} ms`);
    // Whatever the countdown says next, it says with the new time.
    await page.waitForFunction(
      (shown) =>
        document
          .querySelector('payby-checkout')
          ?.shadowRoot?.querySelector('[part=countdown]')
          ?.textContent?.trim()
          .endsWith(shown) === false,
      { polling: 50 },
      String(before % 60).padStart(2, '0'),
    );
    const now = await countdown();
    assert.ok(now < before && now > before - 10, `${before} s, then ${now} s`);
    await payByPhone(page);
    await phaseIs(page, 'paid');
  });

  it('an order that expires in 20 seconds replaces the one that waits', async () => {
    await order();
    const patient = await tokenUrlOf(page);
    assert.ok((await countdown()) > 1700);
    await toggle(page, 'expiry');
    await page.waitForFunction(
      (before) => {
        const now = document.querySelector('payby-checkout')?.order?.tokenUrl;
        return now && now !== before;
      },
      { polling: 50 },
      patient,
    );
    await codeIsShown(page);
    const left = await countdown();
    assert.ok(left > 10 && left <= 20, `${left} s`);
    await payByPhone(page);
    await phaseIs(page, 'paid');
  });
});
