/**
 * `npm run bench:leak` (after `npm run build`): puts a checkout with its order, its code and its event
 * stream on a page and takes it off again, a thousand times, beside an element that does nothing. Fails
 * when anything of it stays behind.
 */
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { build } from 'vite';
import { launchChromium } from '../test/support/chromium.ts';
import { scriptTagBuild } from '../vite.config.ts';
import { countAlive, cycle, type Subject, watchPage } from './leak/page-side.ts';
import { openShop, type Shop } from './leak/shop.ts';

process.chdir(join(import.meta.dirname, '..'));
process.env.NODE_ENV = 'production';

const warmUp = 100;
const cycles = 1000;
/** A thousand times less than one checkout that stays; what the engine keeps of its own is below it. */
const bytesPerCycle = 48;

/** What a page without a checkout has none of, however it was before. */
const mustBeGone = ['observers', 'timers', 'event streams'];

/** Without these the engine goes on making faster code for a thousand cycles, which takes heap as well. */
const steadyHeap = ['--no-opt', '--no-maglev', '--no-sparkplug', '--no-lazy-feedback-allocation'];

const checkout: Subject = { tag: 'payby-checkout', shows: '[part=qr] svg', follows: true };
const control: Subject = { tag: 'bare-element', shows: 'p', follows: false };

/** What is alive in a page once its garbage was collected. */
interface Census {
  elements: number;
  nodes: number;
  listeners: number;
  observers: number;
  timers: number;
  'event streams': number;
  'heap, bytes': number;
}

const say = (line: string) => process.stdout.write(`${line}\n`);

async function take(page: Page, session: CDPSession, shop: Shop): Promise<Census> {
  // What one collection lets go of may be all that held something else.
  for (let time = 0; time < 4; time += 1) {
    await session.send('HeapProfiler.collectGarbage');
    await page.evaluate(countAlive);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { elements, timers, observers } = await page.evaluate(countAlive);
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (wanted: string) =>
    metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  return {
    elements,
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    observers,
    timers,
    'event streams': shop.streams().length,
    'heap, bytes': metric('JSHeapUsedSize'),
  };
}

interface Growth {
  before: Census;
  after: Census;
}

/** Counts before and after the cycles, in a page of its own. */
async function measure(browser: Browser, shop: Shop, subject: Subject): Promise<Growth> {
  const page = await browser.newPage();
  const session = await page.createCDPSession();
  await session.send('Performance.enable');
  await page.evaluateOnNewDocument(watchPage);
  await page.goto(shop.url);
  await page.addScriptTag({ url: `/${subject.tag}.js`, type: 'module' });
  await page.evaluate(cycle, subject, warmUp);
  const before = await take(page, session, shop);
  await page.evaluate(cycle, subject, cycles);
  const after = await take(page, session, shop);
  await page.close();
  return { before, after };
}

async function buildControl(): Promise<string> {
  const config = scriptTagBuild(control.tag, 'bench/control/bare-element.ts', 'dist/cdn');
  const options = { ...config, configFile: false, logLevel: 'warn' } as const;
  const result = await build({ ...options, build: { ...config.build, write: false } });
  const [output] = Array.isArray(result) ? result : [];
  return output?.output[0].code ?? '';
}

const startedAt = performance.now();
const shop = await openShop({ [`${control.tag}.js`]: await buildControl() });
const browser = await launchChromium([`--js-flags=${steadyHeap.join(' ')}`]);
let subject: Growth;
let beside: Growth;
let streams: string[] = [];
try {
  subject = await measure(browser, shop, checkout);
  streams = shop.streams();
  beside = await measure(browser, shop, control);
} finally {
  await browser.close();
  shop.stop();
}

const number = (value: number) => value.toLocaleString('en').padStart(12);
const title = (text: string) => text.padStart(12);
say(`${''.padEnd(16)}${checkout.tag.padStart(36)}${control.tag.padStart(36)}`);
const columns = [`after ${warmUp}`, `after ${warmUp + cycles}`, 'a cycle'].map(title).join('');
say(`${''.padEnd(16)}${columns}${columns}`);
const failures: string[] = [];
for (const what of Object.keys(subject.before) as (keyof Census)[]) {
  const cells = [subject, beside].flatMap(({ before, after }) => {
    return [before[what], after[what], (after[what] - before[what]) / cycles].map(number);
  });
  say(`${what.padEnd(16)}${cells.join('')}`);
  const { before, after } = subject;
  const grown = after[what] - before[what];
  const allowed = what === 'heap, bytes' ? bytesPerCycle * cycles : 0;
  // A negation, so that a number that could not be had fails as well.
  if (!(grown <= allowed)) {
    failures.push(`${what}: ${grown} more after ${cycles} cycles, ${allowed} allowed.`);
  }
  if (mustBeGone.includes(what) && after[what] !== 0) {
    failures.push(`${what}: ${after[what]} while no checkout is on the page.`);
  }
}
say('');
say(`${cycles} cycles each, in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
for (const failure of failures) say(failure);
for (const stream of streams) say(`Open after the page was closed: ${stream}.`);
if (failures.length === 0)
  say(`Nothing stays behind: no growth, and at most ${bytesPerCycle} bytes of heap a cycle.`);
else process.exitCode = 1;
