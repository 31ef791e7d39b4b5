import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../support/chromium.ts';
import { codeIs, payIn } from '../support/host-checkout.ts';
import { type HostServer, openHostServer, script } from '../support/host-server.ts';
import { strictHeaders, strictPolicy } from '../support/strict-stage.ts';
import { openGuarded } from '../support/violations.ts';

const ours = '<script type="module" src="/cdn/payby-checkout.js"></script>';
const again = '<script type="module" src="/cdn/payby-checkout.js?again"></script>';
const pages = '<script type="module" src="/lit.js"></script>';
const newest = '<script type="module" src="/dev-lit.js"></script>';

describe('beside another script with Lit, where the policy lit-html is granted once,', () => {
  let browser: Browser;
  let server: HostServer;

  before(async () => {
    server = await openHostServer();
    browser = await launchChromium();
    const render = (lit: string) =>
      script(`import { html, render } from '/modules/lit-html/${lit}';
        render(html\`<b>\${'Lit'}</b>\`, document.querySelector('aside'));`);
    server.serve('/lit.js', render('lit-html.js'));
    server.serve('/dev-lit.js', render('development/lit-html.js'));
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /** What stands in the page's own part, once the order on it was paid. */
  async function payBeside(name: string, scripts: string, policy = strictPolicy): Promise<string> {
    server.serve(`/${name}`, {
      html: `<!doctype html>${scripts}<aside></aside>
        <payby-checkout endpoint="/orders" reference="${name}" autostart></payby-checkout>`,
      headers: strictHeaders(policy),
    });
    const { page, errors, refused } = await openGuarded(browser);
    await page.goto(server.url(`/${name}`));
    await codeIs(page);
    await payIn(page, server, name);
    assert.deepEqual([await refused(), errors], [[], []]);
    const text = await page.$eval('aside', ({ textContent }) => textContent);
    await page.close();
    return text ?? '';
  }

  it('it runs after that one', async () => {
    assert.equal(await payBeside('after', pages + ours), 'Lit');
  });

  it('it leaves the policy to one that comes later', async () => {
    assert.equal(await payBeside('before', ours + pages), 'Lit');
  });

  it('it runs beside a Lit for developers', async () => {
    assert.equal(await payBeside('developers', ours + newest), 'Lit');
  });

  it('it runs when it is there twice', async () => {
    assert.equal(await payBeside('twice', ours + again), '');
  });

  it('it needs no policy at all', async () => {
    const policy = strictPolicy.replace('trusted-types lit-html', "trusted-types 'none'");
    assert.equal(await payBeside('none', ours, policy), '');
  });
});
