/**
 * `npm run bench:page` (after `npm run build`): what a customer with a slow phone on a slow line waits for.
 * Real Chromium, its processor slowed four times and its line to slow 4G, nothing cached; bench/README.md
 * tells what is measured how. Prints a table and fails when a budget is broken.
 * `npm run bench:page -- race` measures that part alone; ROUNDS=15 takes more rounds than nine.
 */
import { join } from 'node:path';
import { launchChromium } from '../test/support/chromium.ts';
import { isOver, type Row, tableOf } from './page/budgets.ts';
import { buildControls } from './page/contenders.ts';
import { measureDuties } from './page/duties.ts';
import { measureInApp } from './page/in-app.ts';
import { holdingUp, line, slowdown } from './page/profile.ts';
import { measureRace } from './page/race.ts';
import { openShop } from './page/shop.ts';
import { measureSteadiness } from './page/steadiness.ts';
import { measureWaiting } from './page/waiting.ts';

process.chdir(join(import.meta.dirname, '..'));
process.env.NODE_ENV = 'production';

const say = (text: string) => process.stdout.write(`${text}\n`);
const { ROUNDS = '9' } = process.env;
const rounds = Number(ROUNDS);
/** Of what is measured beside nothing else. */
const fewer = Math.ceil(rounds / 2);

const startedAt = performance.now();
const controls = await buildControls();
const shop = await openShop(controls);
const slowShop = await openShop(controls, holdingUp());
// Nothing leaves this machine, the payment that the app's page goes to included.
const alone = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost'];
const browser = await launchChromium(alone);
const plainBrowser = await launchChromium(alone, { networkEnabled: false });

const parts: Readonly<Record<string, () => Promise<Row[]>>> = {
  race: () => measureRace(browser, shop, rounds),
  duties: () => measureDuties(plainBrowser, slowShop, rounds),
  'in-app': () => measureInApp(browser, shop, fewer),
  // The last two look at what happens and not at how fast, and take their time; so together.
  steadiness: () => measureSteadiness(browser, shop),
  waiting: () => measureWaiting(browser, shop),
};

async function measure(wanted: readonly string[]): Promise<Row[]> {
  const unknown = wanted.find((name) => !(name in parts));
  if (unknown !== undefined) {
    throw new Error(`There is no part "${unknown}"; name one of ${Object.keys(parts).join(', ')}.`);
  }
  const rows: Row[] = [];
  const isTimed = (name: string) => name !== 'steadiness' && name !== 'waiting';
  for (const name of wanted.filter(isTimed)) rows.push(...((await parts[name]?.()) ?? []));
  const others = wanted.filter((name) => !isTimed(name)).map((name) => parts[name]?.() ?? []);
  return [...rows, ...(await Promise.all(others)).flat()];
}

const names = process.argv.slice(2);
let rows: Row[];
try {
  rows = await measure(names.length > 0 ? names : Object.keys(parts));
} finally {
  await browser.close();
  await plainBrowser.close();
  shop.stop();
  slowShop.stop();
}
say(tableOf(rows));
say('');
const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
say(
  `Processor ÷ ${slowdown}, ${line.latency} ms a request, ${rounds} rounds, medians, ${seconds} s.`,
);
const over = rows.filter(isOver);
for (const { what, measured, limit } of over) say(`${what.trim()}: ${measured}, allowed ${limit}.`);
if (over.length > 0) process.exitCode = 1;
