/** Inside the app: from the script to leaving for the payment, and that no code was loaded on the way. */
import type { Browser } from 'puppeteer-core';
import { atMost, median, type Row, told } from './budgets.ts';
import { element } from './contenders.ts';
import { slowDown } from './profile.ts';
import type { Shop } from './shop.ts';
import { openVisit, pause } from './visit.ts';

interface Way {
  /** From the request for the script to that for the payment's page, ms. */
  time: number;
  /** Requests for the part that draws codes. */
  codes: number;
}

async function goIn(browser: Browser, shop: Shop): Promise<Way> {
  await using visit = await openVisit(browser);
  const { page, session, requests } = visit;
  await slowDown(session);
  await page.goto(`${shop.url}/in-app`, { waitUntil: [] });
  const find = (part: string) => requests.find(({ url }) => url.includes(part))?.at;
  for (let turn = 0; find('//qr.payby.com') === undefined; turn += 1) {
    if (turn > 400) throw new Error('The page inside the app does not leave for the payment.');
    await pause(50);
  }
  const [from = Number.NaN, to = Number.NaN] = [find(element.script), find('//qr.payby.com')];
  const codes = requests.filter(({ url }) => /\/payby-checkout-qr/.test(url)).length;
  return { time: (to - from) * 1000, codes };
}

export async function measureInApp(browser: Browser, shop: Shop, rounds: number): Promise<Row[]> {
  const attributes = 'endpoint="/orders" environment="botim" autostart';
  shop.addPage({
    ...element,
    name: 'in-app',
    body: `<payby-checkout ${attributes}></payby-checkout>`,
  });
  const ways: Way[] = [];
  for (let round = 0; round < rounds; round += 1) ways.push(await goIn(browser, shop));
  return [
    told('in the app: script start → location.assign', median(ways.map(({ time }) => time)), 'ms'),
    atMost('  requests for the QR code', Math.max(...ways.map(({ codes }) => codes)), 0, ''),
  ];
}
