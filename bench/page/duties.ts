/** How long the page is deaf: long tasks from the script to the paid order, and what a press waits. */
import type { Browser, Page } from 'puppeteer-core';
import { codeIsShown, phaseIs } from '../../test/support/chromium.ts';
import { atMost, median, type Row, told } from './budgets.ts';
import { bare, type Contender, element, given } from './contenders.ts';
import { slowDownProcessor } from './profile.ts';
import type { Shop } from './shop.ts';
import { openPlainVisit, type PlainVisit, pause } from './visit.ts';

/** What Chromium calls a long task, and no other is told, ms. */
const longTask = 50;

/** The longest task a page may have, ms: no long one, or half of the bare page's where that is more. */
export const allowedTask = (ofBare: number): number => Math.max(longTask, ofBare / 2);

/** So many visits of a page at most are made for one without a long task. */
const mostVisits = 20;

/** Of a page with our checkout, up to the paid order. */
const longestTask = (browser: Browser, shop: Shop, contender: Contender) =>
  longestOf(browser, shop, contender, async (page) => {
    await codeIsShown(page);
    const id = await page.evaluate(() => document.querySelector('payby-checkout')?.order?.id ?? '');
    await shop.followed(id);
    await pause(300);
    for (const status of ['scanned', 'paid'] as const) {
      shop.tell(id, status);
      await phaseIs(page, status);
      await pause(300);
    }
  });

/** Of the bare page, up to its code; nothing comes after that there. */
const longestOfBare = (browser: Browser, shop: Shop) =>
  longestOf(browser, shop, bare, async (page) => {
    await page.waitForFunction(
      () => document.querySelector('bare-page')?.shadowRoot?.querySelector('p svg'),
      { timeout: 15_000, polling: 100 }, // frames do not come to a page behind another one
    );
    await pause(300);
  });

/** The longest task from the coming of the script until `use` is done, ms; 0 where none is long. */
async function longestOf(
  browser: Browser,
  shop: Shop,
  contender: Contender,
  use: (page: Page) => Promise<void>,
): Promise<number> {
  shop.addPage(contender);
  await using visit = await openPlainVisit(browser);
  const { page, session } = visit;
  await slowDownProcessor(session);
  await page.goto(`${shop.url}/${contender.name}`, { waitUntil: [] });
  await use(page);
  const tasks = await page.evaluate((script) => {
    const [resource] = performance
      .getEntriesByType('resource')
      .filter((entry) => entry.name.endsWith(`/${script}`));
    const came = resource instanceof PerformanceResourceTiming ? resource.responseEnd : 0;
    return window.bench.tasks.filter(({ start, duration }) => start + duration > came);
  }, contender.script);
  await checkWatch(visit);
  return Math.max(0, ...tasks.map(({ duration }) => duration));
}

/** @throws when a long task that was made on purpose is not noticed */
async function checkWatch({ page }: PlainVisit): Promise<void> {
  const before = await page.evaluate(() => {
    const count = window.bench.tasks.length;
    setTimeout(() => {
      const end = performance.now() + 100;
      while (performance.now() < end);
    });
    return count;
  });
  await page.waitForFunction(
    (count) => window.bench.tasks.length > count,
    { timeout: 5000 },
    before,
  );
}

/** What the press of Pay waits until the page shows it, ms. */
async function pressPay(browser: Browser, shop: Shop): Promise<number> {
  const idle = {
    ...element,
    name: 'idle',
    body: '<payby-checkout endpoint="/orders"></payby-checkout>',
  };
  shop.addPage(idle);
  await using visit = await openPlainVisit(browser);
  const { page, session } = visit;
  await slowDownProcessor(session);
  await page.goto(`${shop.url}/idle`);
  const button = await page.waitForSelector('payby-checkout >>> [part=button]', { visible: true });
  await pause(500);
  await button?.click();
  await page.waitForFunction(() => window.bench.presses.length > 0, { timeout: 10_000 });
  await pause(300);
  return Math.max(...(await page.evaluate(() => window.bench.presses)));
}

/**
 * The longest task of the calmest visit of each page: a task is timed by the clock, and so longer by whatever
 * else the machine does in the meantime, but never shorter than its own work. The pages take turns, until each
 * had a visit without a long task.
 */
export async function calmest(pages: readonly ((name: string) => Promise<number>)[]) {
  const least = pages.map(() => Number.POSITIVE_INFINITY);
  for (let count = 1; count <= mostVisits; count += 1) {
    for (const [at, visit] of pages.entries()) {
      const before = least[at] ?? 0;
      if (before > 0) least[at] = Math.min(before, await visit(`${count}`));
    }
  }
  return least;
}

/**
 * @param browser one that does not watch the network: DevTools note what line asked for a request, for which
 * the engine reads the whole script again, in the very task that is to be short
 * @param shop one that makes the line slow itself, which such a browser cannot
 */
export async function measureDuties(browser: Browser, shop: Shop, rounds: number): Promise<Row[]> {
  const [created = Number.NaN, brought = Number.NaN] = await calmest([
    () => longestTask(browser, shop, element),
    (name) => longestTask(browser, shop, given(`G${name}`)),
  ]);
  const tasksOfBare: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    tasksOfBare.push(await longestOfBare(browser, shop));
  }
  const ofBare = Math.min(...tasksOfBare);
  const allowed = allowedTask(ofBare);
  const presses: number[] = [];
  for (let round = 0; round < rounds; round += 1) presses.push(await pressPay(browser, shop));
  return [
    atMost('longest task up to paid', created, allowed, 'ms'),
    atMost('  order in the page', brought, allowed, 'ms'),
    told('longest task of the bare page', ofBare, 'ms'),
    atMost('INP of Pay', median(presses), 200, 'ms'),
  ];
}
