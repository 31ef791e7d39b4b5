/** A page as it is before its script comes, and what becomes of it. */
import type { Browser, Page } from 'puppeteer-core';
import type { Shop } from './shop.ts';

declare global {
  interface Window {
    /** What the checkout showed before the script came. */
    shown?: Element[];
    /** How far things on the page have moved by themselves, as browsers count it. */
    shift?: number;
  }
}

export interface Visit {
  tab: Page;
  /** Errors and warnings of the page. */
  troubles: string[];
  /** Lets the script come, and waits until the checkout has rendered. */
  start(): Promise<void>;
  /** How many of the elements that were shown before are still there; and how many there were. */
  kept(): Promise<[kept: number, shown: number]>;
  shift(): Promise<number>;
}

interface Wish {
  width?: number;
  userAgent?: string;
  /** Where scripts have to wait for each other. */
  before?: (page: Page) => Promise<unknown>;
}

export async function visit(browser: Browser, shop: Shop, url: string, wish: Wish = {}) {
  const tab = await browser.newPage();
  const troubles: string[] = [];
  tab.on('pageerror', (error) => troubles.push(String(error)));
  tab.on('console', (message) => {
    if (/^(error|warn)$/.test(message.type())) troubles.push(message.text());
  });
  await tab.setViewport({ width: wish.width ?? 1000, height: 900 });
  if (wish.userAgent) await tab.setUserAgent({ userAgent: wish.userAgent });
  const release = shop.holdScripts();
  await tab.goto(url, { waitUntil: 'domcontentloaded' });
  await wish.before?.(tab);
  await tab.evaluate(() => {
    const root = document.querySelector('payby-checkout')?.shadowRoot;
    window.shown = [...(root?.querySelectorAll(':not(style)') ?? [])];
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if ('value' in entry) window.shift = (window.shift ?? 0) + Number(entry.value);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await painted(tab);
  return {
    tab,
    troubles,
    async start() {
      release();
      await tab.waitForFunction(() => customElements.get('payby-checkout'), {
        polling: 20,
        timeout: 15_000,
      });
      await tab.evaluate(() => document.querySelector('payby-checkout')?.updateComplete);
    },
    kept: () =>
      tab.evaluate((): [number, number] => {
        const shown = window.shown ?? [];
        return [shown.filter((element) => element.isConnected).length, shown.length];
      }),
    async shift() {
      await painted(tab);
      return tab.evaluate(() => window.shift ?? Number.NaN);
    },
  } satisfies Visit;
}

/** Two frames: what was changed before the first is on screen, and counted, in the second. */
const painted = (tab: Page) =>
  tab.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
