/** What a page does that only waits: how often its timers call it back, and what goes on moving. */
import type { Browser } from 'puppeteer-core';
import { codeIsShown } from '../../test/support/chromium.ts';
import { atMost, type Row, told } from './budgets.ts';
import { element } from './contenders.ts';
import { endlessAnimations, watchTimers } from './page-side.ts';
import type { Shop } from './shop.ts';
import { openVisit, pause } from './visit.ts';

/** How long it is watched, s. */
const watched = 20;

interface Rest {
  /** Callbacks a second of the busiest timer: of the same kind and delay. */
  rate: number;
  /** Of all timers together. */
  total: number;
  animations: string[];
}

async function rest(browser: Browser, shop: Shop, updates: string, isCalm: boolean): Promise<Rest> {
  const name = `waiting-${updates}-${isCalm}`;
  const body = `<payby-checkout endpoint="/orders" autostart updates="${updates}"></payby-checkout>`;
  shop.addPage({ ...element, name, body });
  await using visit = await openVisit(browser);
  const { page } = visit;
  if (isCalm) {
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  }
  await page.evaluateOnNewDocument(watchTimers);
  await page.goto(`${shop.url}/${name}`);
  await codeIsShown(page);
  await pause(2000);
  const before = await page.evaluate(() => window.bench.callbacks.length);
  await pause(watched * 1000);
  const callbacks = await page.evaluate((from) => window.bench.callbacks.slice(from), before);
  const kinds = new Map<string, number>();
  for (const { kind } of callbacks) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return {
    rate: ratePerSecond(Math.max(0, ...kinds.values())),
    total: callbacks.length / watched,
    animations: await page.evaluate(endlessAnimations),
  };
}

/** One more or less falls at the edges of the time that is watched. */
const ratePerSecond = (count: number) => Math.max(0, count - 1) / watched;

export async function measureWaiting(browser: Browser, shop: Shop): Promise<Row[]> {
  const [sse, poll, calm] = await Promise.all([
    rest(browser, shop, 'auto', false),
    rest(browser, shop, 'poll', false),
    rest(browser, shop, 'auto', true),
  ]);
  return [
    atMost('busiest timer while waiting, callbacks a second', sse.rate, 1, ''),
    atMost('  polling', poll.rate, 1, ''),
    atMost('  with reduced motion', calm.rate, 1, ''),
    told('all timers while waiting, callbacks a second', sse.total, ''),
    told('  polling', poll.total, ''),
    told('endless animations while waiting', sse.animations.length, ''),
    atMost('  with reduced motion', calm.animations.length, 0, ''),
  ];
}
