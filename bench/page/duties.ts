/** How long the page is deaf: long tasks from the script to the paid order, and what a press waits. */
import type { Browser } from 'puppeteer-core';
import { codeIsShown, phaseIs } from '../../test/support/chromium.ts';
import { aimedAt, atMost, median, type Row } from './budgets.ts';
import { type Contender, element, given } from './contenders.ts';
import { slowDown } from './profile.ts';
import type { Shop } from './shop.ts';
import { openVisit, pause, type Visit } from './visit.ts';

/** What Chromium calls a long task, and no other is told, ms. */
export const longTask = 50;

/** What the longest may take as long as some are long, ms. */
const longest = 200;

/** The longest task from the coming of the script on, ms; 0 where none is long. */
async function longestTask(browser: Browser, shop: Shop, contender: Contender): Promise<number> {
  shop.addPage(contender);
  await using visit = await openVisit(browser);
  const { page, session } = visit;
  await slowDown(session);
  await page.goto(`${shop.url}/${contender.name}`, { waitUntil: [] });
  await codeIsShown(page);
  const id = await page.evaluate(() => document.querySelector('payby-checkout')?.order?.id ?? '');
  await shop.followed(id);
  await pause(300);
  for (const status of ['scanned', 'paid'] as const) {
    shop.tell(id, status);
    await phaseIs(page, status);
    await pause(300);
  }
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
async function checkWatch({ page }: Visit): Promise<void> {
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
  await using visit = await openVisit(browser);
  const { page, session } = visit;
  await slowDown(session);
  await page.goto(`${shop.url}/idle`);
  const button = await page.waitForSelector('payby-checkout >>> [part=button]', { visible: true });
  await pause(500);
  await button?.click();
  await page.waitForFunction(() => window.bench.presses.length > 0, { timeout: 10_000 });
  await pause(300);
  return Math.max(...(await page.evaluate(() => window.bench.presses)));
}

/**
 * The longest task is that of the calmest visit: a task is timed by the clock, and so longer by whatever else
 * the machine does in the meantime, but never shorter than its own work.
 */
export async function measureDuties(browser: Browser, shop: Shop, rounds: number): Promise<Row[]> {
  const tasks = { element: [] as number[], given: [] as number[] };
  const presses: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    tasks.element.push(await longestTask(browser, shop, element));
    tasks.given.push(await longestTask(browser, shop, given(`G${round}`)));
    presses.push(await pressPay(browser, shop));
  }
  const [created, brought] = [Math.min(...tasks.element), Math.min(...tasks.given)];
  return [
    aimedAt('longest task up to paid', created, longTask, 'ms'),
    aimedAt('  order in the page', brought, longTask, 'ms'),
    atMost('  at any rate', Math.max(created, brought), longest, 'ms'),
    atMost('INP of Pay', median(presses), 200, 'ms'),
  ];
}
