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

/** The longest task of the bare page on a machine where no long task is allowed, ms. */
const usualTaskOfBare = 150;

/**
 * The longest task a page may have, ms: no long one, on the phone that this bench stands for. A machine that is
 * slower, or slow at the moment, makes a slower phone: as much slower as the bare page is on it.
 */
export const allowedTask = (ofBare: number): number =>
  longTask * Math.max(1, ofBare / usualTaskOfBare);

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
 * The longest task of the calmest visit: a task is timed by the clock, and so longer by whatever else the machine
 * does in the meantime, but never shorter than its own work.
 */
const calmest = (visits: readonly number[]) => Math.min(...visits);

/** Of visits, so many had no long task, %. */
const calm = (visits: readonly number[]) =>
  (visits.filter((task) => task === 0).length / visits.length) * 100;

/**
 * @param browser one that does not watch the network: DevTools note what line asked for a request, for which
 * the engine reads the whole script again, in the very task that is to be short
 * @param shop one that makes the line slow itself, which such a browser cannot
 */
export async function measureDuties(browser: Browser, shop: Shop, rounds: number): Promise<Row[]> {
  const created: number[] = [];
  const brought: number[] = [];
  const tasksOfBare: number[] = [];
  const presses: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    created.push(await longestTask(browser, shop, element));
    brought.push(await longestTask(browser, shop, given(`G${round}`)));
    tasksOfBare.push(await longestOfBare(browser, shop));
    presses.push(await pressPay(browser, shop));
  }
  const allowed = allowedTask(calmest(tasksOfBare));
  return [
    atMost('longest task up to paid', calmest(created), allowed, 'ms'),
    told('  visits without a long one', calm(created), '%'),
    atMost('  order in the page', calmest(brought), allowed, 'ms'),
    told('    visits without a long one', calm(brought), '%'),
    told('longest task of the bare page', calmest(tasksOfBare), 'ms'),
    atMost('INP of Pay', median(presses), 200, 'ms'),
  ];
}
