import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { findBrowsers } from '../support/browsers.ts';
import { launchChromium } from '../support/chromium.ts';
import { launchFirefox } from '../support/firefox.ts';
import { type HostServer, openHostServer, script } from '../support/host-server.ts';
import { type StrictScene, strictScenes } from '../support/strict-scenes.ts';
import {
  playStrictly,
  serveBundle,
  strictHeaders,
  until,
  type Way,
} from '../support/strict-stage.ts';
import { openGuarded } from '../support/violations.ts';

interface Engine {
  name: string;
  launch(): Promise<Browser>;
  /** What is played in it, by the way the checkout gets into the page. */
  scenes: Partial<Record<Way, readonly StrictScene[]>>;
}

const { firefox } = findBrowsers();
/** One of each kind, for the engine that comes second. */
const some = [
  ...['awaiting', 'phone-code', 'dialog', 'paid', 'lapsed', 'order-invalid', 'pass-through'],
  ...['slots', 'save-image', 'in-a-form', 'in-ar'],
];

const fewScenes = strictScenes.filter(({ name }) => some.includes(name));

const engines: Engine[] = [
  {
    name: 'Chromium',
    launch: () => launchChromium(),
    // The others only have the same code in other files.
    scenes: { 'a module': strictScenes, 'a classic script': fewScenes, 'a bundle': fewScenes },
  },
];
if (firefox) {
  engines.push({
    name: 'Firefox',
    launch: () => launchFirefox(firefox),
    scenes: { 'a module': fewScenes },
  });
}

const entriesOf = ({ scenes }: Engine) => Object.entries(scenes) as [Way, readonly StrictScene[]][];

for (const engine of engines) {
  describe(`under the strictest policy, in ${engine.name}`, () => {
    let browser: Browser;
    let server: HostServer;

    before(async () => {
      server = await openHostServer();
      [browser] = await Promise.all([engine.launch(), serveBundle(server)]);
      server.serve('/break-in.js', script("document.body.innerHTML = '<b>in</b>';"));
      server.serve('/break-in', {
        html: '<!doctype html><body><script src="/break-in.js"></script>',
        headers: strictHeaders(),
      });
    });
    after(async () => {
      await browser?.close();
      await server?.close();
    });

    /** Reports come in the order of what they report: with that of a violation, all before it are in. */
    async function allReports(page: Page): Promise<string[]> {
      await page.goto(server.url('/break-in'));
      await until(() => server.reports.some((report) => report.page.endsWith('/break-in')));
      return server.reports.splice(0).map(({ page, directive }) => `${directive} ${page}`);
    }

    it('a violation is noticed by the page, by its server and on the console', async () => {
      const { page, errors, refused } = await openGuarded(browser);
      const reports = await allReports(page);
      assert.deepEqual(reports, [`require-trusted-types-for ${server.url('/break-in')}`]);
      const [refusal] = await refused();
      assert.equal(refusal?.directive, 'require-trusted-types-for');
      assert.match(errors.join('\n'), /requires 'TrustedHTML'|require-trusted-types-for/);
      await page.close();
    });

    for (const [way, scenes] of entriesOf(engine)) {
      it(`every phase and use of the checkout as ${way} goes without a violation`, async () => {
        const played = await playStrictly({ browser, server, way, scenes });
        const { page, errors, refused, failures } = played;
        assert.deepEqual(failures, []);
        assert.deepEqual(await refused(), []);
        assert.deepEqual(errors, []);
        const reports = await allReports(page);
        assert.deepEqual(reports, [`require-trusted-types-for ${server.url('/break-in')}`]);
        await page.close();
      });
    }
  });
}
