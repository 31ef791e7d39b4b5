import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium } from '../support/chromium.ts';
import { type HostServer, openHostServer, script } from '../support/host-server.ts';
import { strictScenes } from '../support/strict-scenes.ts';
import {
  playStrictly,
  serveBundle,
  strictHeaders,
  until,
  type Way,
  ways,
} from '../support/strict-stage.ts';
import { openGuarded } from '../support/violations.ts';

describe('under the strictest policy', () => {
  let browser: Browser;
  let server: HostServer;

  before(async () => {
    server = await openHostServer();
    await serveBundle(server);
    browser = await launchChromium();
    server.serve('/break-in.js', script("document.body.innerHTML = '<b>in</b>';"));
    server.serve('/break-in', {
      html: '<!doctype html><script src="/break-in.js" defer></script>',
      headers: strictHeaders(),
    });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Reports come in the order of what they report: with the one of a violation, all before it are in. */
  async function allReports(page: Page): Promise<string[]> {
    const from = server.reports.length;
    const isIn = () =>
      server.reports.some(({ page }, at) => at >= from && page.endsWith('/break-in'));
    await page.goto(server.url('/break-in'));
    await until(isIn);
    return server.reports.splice(0).map(({ page, directive }) => `${directive} ${page}`);
  }

  it('a violation is noticed by the page, by its server and on the console', async () => {
    const { page, errors, refused } = await openGuarded(browser);
    const reports = await allReports(page);
    assert.deepEqual(reports, [`require-trusted-types-for ${server.url('/break-in')}`]);
    const [refusal] = await refused();
    assert.equal(refusal?.directive, 'require-trusted-types-for');
    assert.match(errors.join('\n'), /requires 'TrustedHTML' assignment/);
    await page.close();
  });

  for (const way of Object.keys(ways) as Way[]) {
    it(`every phase and use of the checkout as ${way} goes without a violation`, async () => {
      const { page, errors, refused, failures } = await playStrictly({
        browser,
        server,
        way,
        scenes: strictScenes,
      });
      assert.deepEqual(failures, []);
      assert.deepEqual(await refused(), []);
      assert.deepEqual(errors, []);
      const reports = await allReports(page);
      assert.deepEqual(reports, [`require-trusted-types-for ${server.url('/break-in')}`]);
      await page.close();
    });
  }
});
