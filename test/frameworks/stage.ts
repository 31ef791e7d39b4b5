/** A page of a framework in a real Chromium, beside the shop, and what went wrong on it. */
import assert from 'node:assert/strict';
import type { Browser, EvaluateFunc, HTTPRequest, Page } from 'puppeteer-core';
import { openPage } from '../support/chromium.ts';
import type { Bench, BenchState } from './bench.ts';

export interface Stage {
  page: Page;
  /** Uncaught errors and messages of the console. */
  troubles: string[];
  /** Takes what a test has asked for out of the troubles; it must be there. */
  expect(trouble: RegExp): void;
  /** Requests for an order, in their order. */
  creates: HTTPRequest[];
}

export async function openStage(browser: Browser, url: string): Promise<Stage> {
  const { page, troubles } = await openPage(browser, 'about:blank');
  page.setDefaultTimeout(10_000);
  const creates: HTTPRequest[] = [];
  page.on('request', (request) => {
    const isCreate = request.method() === 'POST' && request.url().endsWith('/api/payby/orders');
    if (isCreate) creates.push(request);
  });
  page.on('console', (message) => {
    const isOfLit = message.text().startsWith('Lit is in dev mode.');
    if (message.type() === 'warn' && !isOfLit) troubles.push(message.text());
  });
  await page.bringToFront();
  await page.goto(url);
  const expect = (trouble: RegExp) => {
    const found = troubles.findIndex((line) => trouble.test(line));
    assert.notEqual(found, -1, `${trouble} is not among ${troubles.join(' | ')}`);
    troubles.splice(found, 1);
  };
  return { page, troubles, creates, expect };
}

/** Pays as a customer does: opens what the code says on another page, and presses the wallet's button. */
export async function payInWallet(browser: Browser, tokenUrl: string): Promise<void> {
  const wallet = await browser.newPage();
  try {
    await wallet.goto(tokenUrl);
    const arrived = wallet.waitForNavigation();
    await wallet.locator('form > button:not([formaction])').click();
    await arrived;
  } finally {
    await wallet.close();
  }
}

/** Waits until the page answers yes; also behind another page, where frames do not come. */
export async function until<Args extends unknown[]>(
  page: Page,
  isSo: EvaluateFunc<Args>,
  ...args: Args
): Promise<void> {
  await page.waitForFunction(isSo, { polling: 50 }, ...args);
}

/** Waits until the page says it, in its own words or the card's. */
export const says = (page: Page, words: string): Promise<void> =>
  until(
    page,
    (wanted) =>
      [document, document.querySelector('payby-checkout')?.shadowRoot].some((root) =>
        root?.querySelector('main, .card')?.textContent?.replace(/\s+/g, ' ').includes(wanted),
      ),
    words,
  );

export const pressButton = (page: Page, label: string): Promise<void> =>
  page.locator(`main > button ::-p-text(${label})`).click();

/** Presses the checkout's own main button. */
export const pressPay = (page: Page): Promise<void> =>
  page.locator('payby-checkout >>> [part=button]').click();

let turns = 0;

/** Gives the bench another state, and waits until the framework has put it on the page. */
export async function show(page: Page, change: Partial<BenchState>): Promise<void> {
  const label = `Pay now, ${++turns}`;
  await page.evaluate((next) => window.fixture.set(next), { ...change, label });
  await until(
    page,
    (wanted) => document.querySelector('#one > [slot=pay-label]')?.textContent === wanted,
    label,
  );
}

export const heardBy = (page: Page): Promise<Bench['heard']> =>
  page.evaluate(() => window.fixture.heard);
