/** What moves on the page by itself, in every way that an order can go: each in English and in Arabic. */
import type { Browser, Page } from 'puppeteer-core';
import { phaseIs } from '../../test/support/chromium.ts';
import { atMost, type Row, told } from './budgets.ts';
import { element } from './contenders.ts';
import type { Shift } from './page-side.ts';
import { line } from './profile.ts';
import type { Shop } from './shop.ts';
import { openVisit, pause } from './visit.ts';

type Step = (page: Page, shop: Shop) => Promise<unknown>;

interface Course {
  name: string;
  /** The element's, besides its endpoint. */
  attributes?: string;
  endpoint?: string;
  steps: readonly Step[];
}

const press =
  (control: string): Step =>
  async (page) => {
    const button = await page.waitForSelector(`payby-checkout >>> ${control}`, { visible: true });
    await button?.click();
  };
const isIn =
  (phase: string): Step =>
  (page) =>
    phaseIs(page, phase);
const shows =
  (part: string): Step =>
  (page) =>
    page.waitForSelector(`payby-checkout >>> ${part}`, { visible: true });
const orderOf = (page: Page) =>
  page.evaluate(() => document.querySelector('payby-checkout')?.order?.id ?? '');
/** The backend tells the page, and the page has taken it. */
const becomes =
  (status: 'scanned' | 'paid' | 'failed' | 'expired'): Step =>
  async (page, shop) => {
    const id = await orderOf(page);
    await shop.followed(id);
    shop.tell(id, status);
    await phaseIs(page, status);
  };

const code = '[part=qr] svg';
const pay = '[part=button]';
const toCode = [press(pay), shows(code)];
const courses: readonly Course[] = [
  { name: 'paid', steps: [...toCode, becomes('scanned'), becomes('paid')] },
  { name: 'failed', steps: [...toCode, becomes('failed')] },
  { name: 'expired', steps: [...toCode, becomes('expired')] },
  { name: 'cancelled', steps: [...toCode, press('.actions .quiet'), isIn('cancelled')] },
  { name: 'error', endpoint: '/refusing', steps: [press(pay), isIn('error')] },
  {
    name: 'in a dialog',
    attributes: 'display="dialog"',
    steps: [...toCode, becomes('scanned'), becomes('paid'), press('.close')],
  },
  {
    name: 'on a phone',
    attributes: 'environment="phone"',
    steps: [
      press(pay),
      shows('[aria-expanded=false]'),
      press('[aria-expanded=false]'),
      shows(code),
      press('[aria-expanded=true]'),
      becomes('scanned'),
      becomes('paid'),
    ],
  },
];

/** A shift, and in which course and language. */
export interface SeenShift extends Shift {
  course: string;
}

async function walk(
  browser: Browser,
  shop: Shop,
  course: Course,
  lang: string,
): Promise<SeenShift[]> {
  const { name, attributes = '', endpoint = '/orders', steps } = course;
  const title = `${name}, ${lang}`;
  const pageName = title.replaceAll(/\W+/g, '-');
  shop.addPage({
    ...element,
    name: pageName,
    body: `<payby-checkout endpoint="${endpoint}" lang="${lang}" ${attributes}></payby-checkout>`,
  });
  await using visit = await openVisit(browser);
  const { page, session } = visit;
  await page.setViewport({ width: 360, height: 780 });
  await session.send('Network.emulateNetworkConditions', line);
  await page.goto(`${shop.url}/${pageName}`);
  await shows(`:lang(${lang}) ${pay}`)(page, shop);
  for (const step of steps) {
    await pause(600); // longer than a press excuses
    await step(page, shop);
  }
  await pause(600);
  const shifts = await page.evaluate(() => window.bench.shifts);
  await checkWatch(page, shifts.length);
  return shifts.map((shift) => ({ ...shift, course: title }));
}

/** @throws when a shift that was made on purpose is not noticed */
async function checkWatch(page: Page, before: number): Promise<void> {
  await page.evaluate(() => {
    const block = document.createElement('p');
    block.style.height = '120px';
    document.body.prepend(block);
  });
  await page.waitForFunction(
    (count) => window.bench.shifts.length > count,
    { timeout: 5000 },
    before,
  );
}

/** Several at a time: what moves does not depend on how fast. */
export async function measureSteadiness(browser: Browser, shop: Shop): Promise<Row[]> {
  const walks = ['en', 'ar'].flatMap((lang) => courses.map((course) => ({ course, lang })));
  const shifts: SeenShift[] = [];
  const next = async (): Promise<void> => {
    const walked = walks.pop();
    if (!walked) return;
    shifts.push(...(await walk(browser, shop, walked.course, walked.lang)));
    await next();
  };
  await Promise.all([next(), next(), next(), next()]);
  return rowsOf(shifts);
}

const sum = (shifts: readonly Shift[]) => shifts.reduce((total, { value }) => total + value, 0);

/**
 * All that moves of the page around counts, but for the first time that the card is there, for which a page
 * can keep room, and for the growth of the card at the press that asks for it.
 */
export function rowsOf(shifts: readonly SeenShift[]): Row[] {
  const later = shifts.filter(({ phase }) => phase !== 'idle');
  const unasked = later.filter(({ isPressed }) => !isPressed);
  const around = unasked.filter(({ isAround }) => isAround);
  const inside = unasked.filter(({ isAround }) => !isAround);
  const first = shifts.filter(({ phase }) => phase === 'idle');
  const asked = later.filter(({ isPressed }) => isPressed);
  const worst = (of: readonly Shift[]) => Math.max(0, ...of.map(({ value }) => value));
  return [
    atMost('layout shift of the page, all transitions', sum(around), 0, ''),
    ...around.map(({ course, phase, value }) => told(`  ${course}: ${phase}`, value, '')),
    atMost('layout shift within the card, all transitions', sum(inside), 0, ''),
    ...inside.map(({ course, phase, value }) => told(`  ${course}: ${phase}`, value, '')),
    told('  when a press makes the card grow', worst(asked), ''),
    told('  when the script comes, no room kept', worst(first), ''),
  ];
}
