import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../support/chromium.ts';
import { codeIs, payIn } from '../support/host-checkout.ts';
import { type HostServer, openHostServer } from '../support/host-server.ts';
import { strictHeaders } from '../support/strict-stage.ts';
import { openGuarded } from '../support/violations.ts';

/** The least that a page has to allow, in its several spellings. */
const policies = {
  'a script and its backend': `default-src 'none'; script-src 'self'; connect-src 'self'`,
  'scripts with a nonce': `default-src 'none'; script-src 'nonce-abc'; connect-src 'self'`,
  'scripts with a nonce and what they load': `default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; connect-src 'self'`,
  'no text as HTML': `default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'`,
};

describe('under a policy that allows', () => {
  let browser: Browser;
  let server: HostServer;

  before(async () => {
    server = await openHostServer();
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  for (const [index, [what, policy]] of Object.entries(policies).entries()) {
    it(`${what}, it shows its code, styled, and is paid`, async () => {
      const name = `policy-${index}`;
      server.serve(`/${name}`, {
        html: `<!doctype html><html lang="ar"><script nonce="abc" type="module" src="/cdn/payby-checkout.js"></script>
          <payby-checkout endpoint="/orders" reference="${name}" autostart></payby-checkout>`,
        headers: strictHeaders(policy),
      });
      const { page, errors, refused } = await openGuarded(browser);
      await page.goto(server.url(`/${name}`));
      await codeIs(page);
      const display = await page.$eval(
        'payby-checkout >>> [part=base]',
        (card) => getComputedStyle(card).display,
      );
      assert.equal(display, 'flex');
      await payIn(page, server, name);
      assert.deepEqual([await refused(), errors], [[], []]);
      await page.close();
    });
  }
});
