/** Script start → code on screen, and bytes: every page in turn, as often as there are rounds. */
import type { Browser } from 'puppeteer-core';
import { scanWithZxing } from '../../test/support/zxing.ts';
import { atMost, below, median, type Row, told } from './budgets.ts';
import { adyen, bare, type Contender, element, given, preloading } from './contenders.ts';
import { openOrder } from './orders.ts';
import { watchForCode } from './page-side.ts';
import { slowDown } from './profile.ts';
import type { Shop } from './shop.ts';
import { openVisit, pause } from './visit.ts';

/** One loading of a page. */
interface Lap {
  /** From the request for the script to the frame with the code, ms. */
  time: number;
  /** What was moved until then. */
  bytes: number;
}

async function load(browser: Browser, shop: Shop, contender: Contender): Promise<Lap> {
  await using visit = await openVisit(browser);
  const { page, session } = visit;
  await page.evaluateOnNewDocument(watchForCode, contender.code);
  await slowDown(session);
  await page.goto(`${shop.url}/${contender.name}`, { waitUntil: [] });
  await page.waitForFunction(() => window.bench?.codeAt, { polling: 100, timeout: 20_000 });
  const { codeAt, startedAt } = await page.evaluate((script) => {
    const [resource] = performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith(`/${script}`));
    return { codeAt: window.bench.codeAt, startedAt: resource?.startTime };
  }, contender.script);
  const [to = Number.NaN, from = Number.NaN] = [codeAt, startedAt];
  return { time: to - from, bytes: visit.bytes(to) };
}

/**
 * Looks at the page once without haste.
 *
 * @returns all bytes moved, with those that are wanted after the code
 * @throws when what is on screen is not the code of the order
 */
async function lookAt(browser: Browser, shop: Shop, contender: Contender): Promise<number> {
  await using visit = await openVisit(browser);
  const { page } = visit;
  await page.evaluateOnNewDocument(watchForCode, contender.code);
  await page.goto(`${shop.url}/${contender.name}`);
  await page.waitForFunction(() => window.bench?.codeAt, { polling: 100, timeout: 20_000 });
  await pause(500); // ours fades in
  const seen = await scanWithZxing(await page.screenshot({ fullPage: true }));
  const { tokenUrl } = openOrder('');
  if (seen.join() !== tokenUrl) {
    throw new Error(`${contender.title} shows ${seen.join() || 'no code'}, not ${tokenUrl}.`);
  }
  return visit.bytes();
}

/** Every page once a round, in turn, so that what else the machine does falls on all. */
export async function measureRace(browser: Browser, shop: Shop, rounds: number): Promise<Row[]> {
  const inPage = given('given');
  const preloaded = preloading(inPage);
  const contenders = [element, bare, adyen, inPage, preloaded];
  for (const contender of contenders) shop.addPage(contender);
  const laps = new Map<Contender, Lap[]>(contenders.map((contender) => [contender, []]));
  const allBytes = new Map<Contender, number>();
  const looking = contenders.map(async (contender) => {
    allBytes.set(contender, await lookAt(browser, shop, contender));
  });
  await Promise.all(looking);
  for (let round = 0; round < rounds; round += 1) {
    for (const [contender, past] of laps) past.push(await load(browser, shop, contender));
  }
  const of = (contender: Contender) => {
    const past = laps.get(contender) ?? [];
    const time = median(past.map((lap) => lap.time));
    return { time, bytes: median(past.map((lap) => lap.bytes)) };
  };
  /** Of one round each, so that a slow moment of the machine falls on both. */
  const ratio = (one: Contender, other: Contender) => {
    const [past = [], beside = []] = [laps.get(one), laps.get(other)];
    return median(past.map(({ time }, at) => time / (beside[at]?.time ?? Number.NaN)));
  };
  return [
    ...contenders.map((contender) => told(contender.title, of(contender).time, 'ms')),
    atMost('payby-checkout beside the bare page', ratio(element, bare), 1.15, '×'),
    atMost('payby-checkout beside Adyen Web', ratio(element, adyen), 0.75, '×'),
    below('order in the page beside the bare page', ratio(inPage, bare), 1, '×'),
    below('  preloaded', ratio(preloaded, bare), 0.9, '×'),
    ...contenders.map((contender) => told(`moved: ${contender.title}`, of(contender).bytes, 'kB')),
    told(
      '  payby-checkout, with what follows the order',
      allBytes.get(element) ?? Number.NaN,
      'kB',
    ),
    atMost('bytes beside Adyen Web', of(element).bytes / of(adyen).bytes, 0.45, '×'),
  ];
}
