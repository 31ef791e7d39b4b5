import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { busySandbox } from '../sandbox/busy-sandbox.ts';
import { launchChromium, openPage } from '../support/chromium.ts';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong, as `rule: where`. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async (runOnly) => {
    const rules = { 'target-size': { enabled: true } };
    const found = await Reflect.get(window, 'axe').run({ runOnly, rules });
    return found.violations.flatMap(({ id, nodes }: { id: string; nodes: { html: string }[] }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`),
    );
  }, tags);
}

/** By how much the page is wider than its window, CSS px. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

describe('the sandbox’s pages, on phones and desktops, light and dark', () => {
  let browser: Browser;
  let busy: Awaited<ReturnType<typeof busySandbox>>;
  let url = '';

  before(async () => {
    busy = await busySandbox();
    ({ url } = await busy.sandbox.listen({ port: 0 }));
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await busy?.sandbox.close();
  });

  /** Looks at an address in both schemes at both widths; says what is wrong there. */
  async function look(address: string): Promise<string[]> {
    const { page, troubles } = await openPage(browser, address);
    const found: string[] = [];
    for (const width of [320, 1280]) {
      await page.setViewport({ width, height: 800 });
      for (const value of ['light', 'dark']) {
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
        const wrong = await violations(page);
        const wider = await overflow(page);
        if (wider > 0) wrong.push(`${wider} px wider than the window`);
        found.push(...wrong.map((what) => `${width} px, ${value}: ${what}`));
      }
    }
    await page.close();
    return [...troubles, ...found];
  }

  it('axe finds nothing wrong with the control page, and it fits', async () => {
    assert.deepEqual(await look(`${url}/control`), []);
  });

  for (const order of ['open', 'scanned', 'paid', 'revoked', 'expired', 'declined', 'lapsed']) {
    it(`nor with the wallet of an order that is ${order}`, async () => {
      const code = new URL(busy.codes[order] ?? '');
      const troubles = await look(`${url}${code.pathname}${code.search}`);
      // A lapsed code is answered 410, which Chromium mentions.
      const found = troubles.filter((trouble) => !/status of 410/.test(trouble));
      assert.deepEqual(found, []);
    });
  }

  it('a press on the control page does it, and comes back to its section', async () => {
    const { page } = await openPage(browser, `${url}/control`);
    const arrived = page.waitForNavigation();
    await page.locator('[aria-label="Pay: scanned"]').click();
    await arrived;
    assert.equal(page.url(), `${url}/control#orders`);
    const order = busy.sandbox.control
      .orders()
      .find(({ terms }) => terms.merchantOrderNo === 'scanned');
    assert.equal(order?.state.status, 'PAID_SUCCESS');
    await page.close();
  });
});
