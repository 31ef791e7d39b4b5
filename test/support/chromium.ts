import { type Browser, type LaunchOptions, launch, type Page } from 'puppeteer-core';
import type {} from '../../src/define.ts';
import { findBrowsers } from './browsers.ts';

/** A real Chromium without a window, kept from calling home; `switches` are added to its own. */
export async function launchChromium(
  switches: readonly string[] = [],
  options: LaunchOptions = {},
): Promise<Browser> {
  const { chromium } = findBrowsers();
  if (!chromium) throw new Error('No Chromium is installed; install one or set CHROMIUM_PATH.');
  return launch({
    ...options,
    executablePath: chromium,
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-gpu',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...switches,
    ],
  });
}

/** A page and what went wrong on it: uncaught errors and violations of its content security policy. */
export interface WatchedPage {
  page: Page;
  troubles: string[];
  /** Names and details of the checkout's events, in order. */
  events(): Promise<string[]>;
}

export async function openPage(browser: Browser, url: string): Promise<WatchedPage> {
  const page = await browser.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => {
    troubles.push(String(error));
  });
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  await page.evaluateOnNewDocument(recordEvents);
  await page.goto(url, { waitUntil: 'load' });
  return { page, troubles, events: () => page.evaluate(() => window.seen ?? []) };
}

declare global {
  interface Window {
    /** The checkout's events, in order. */
    seen?: string[];
  }
}

/** Runs in the page before its own scripts. */
function recordEvents(): void {
  window.seen = [];
  const names = [
    'order',
    'change',
    'redirect',
    'scanned',
    'paid',
    'failed',
    'expired',
    'cancelled',
  ];
  for (const name of [...names, 'error']) {
    addEventListener(`payby-${name}`, () => window.seen?.push(name));
  }
}

export const phaseOf = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.querySelector('payby-checkout')?.state.phase);

/** Waits until the checkout is in this phase. */
export async function phaseIs(page: Page, phase: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector('payby-checkout')?.state.phase === wanted,
    { timeout: 15_000, polling: 100 }, // frames do not come to a page behind another one
    phase,
  );
}

/** Waits until the code is drawn; a selector alone would not notice changes inside the shadow root. */
export async function codeIsShown(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('payby-checkout')?.shadowRoot?.querySelector('[part=qr] svg'),
    { timeout: 15_000, polling: 100 },
  );
}

/** The link the checkout shows as a code. */
export const tokenUrlOf = (page: Page): Promise<string> =>
  page.evaluate(() => document.querySelector('payby-checkout')?.order?.tokenUrl ?? '');
