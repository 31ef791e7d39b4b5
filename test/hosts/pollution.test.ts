import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium } from '../support/chromium.ts';
import { codeIs, payIn, phaseIn, phaseIsIn, textIn } from '../support/host-checkout.ts';
import { type HostServer, openHostServer, script, tokenUrl } from '../support/host-server.ts';
import type { Scene } from '../support/scenes.ts';
import { until } from '../support/strict-stage.ts';

/** What a page's scripts may have put on everything, by what it is known for. */
const survived = {
  'a word that promises have': `Object.prototype.then = 'later';`,
  'names of an order’s fields': `Object.assign(Object.prototype, {
    id: 'M1', status: 'paid', expiresAt: 1, now: 9e15, paidAt: 1, isLapsed: true,
    failure: { code: 'x' }, payer: { mobileNumberMask: '1' },
  });`,
  'links of an order': `Object.assign(Object.prototype, {
    tokenUrl: 'https://qr.payby.com/another', appLink: 'javascript:0',
    statusUrl: '/another', eventsUrl: '/another', cancelUrl: '/another',
  });`,
  'names of PayBy’s fields': `Object.assign(Object.prototype, {
    acquireOrder: { merchantOrderNo: 'M1', status: 'PAID_SUCCESS' }, paymentInfo: {}, revoked: 'true',
  });`,
  'options of listeners': `Object.assign(Object.prototype, { once: true, passive: true });`,
  'a list of everything': `Object.prototype[Symbol.iterator] = function* () {};`,
  'a getter': `Object.prototype.get = () => {};`,
  'JSON of every object': `Object.prototype.toJSON = () => ({});`,
  'JSON as old libraries write it': `
    Array.prototype.toJSON = function () { return '[' + this.join() + ']'; };
    String.prototype.toJSON = function () { return '"' + this + '"'; };`,
  'methods of lists as old libraries have them': `
    Array.prototype.at = function (at) { return this[at + 1]; };
    Array.prototype.entries = function () { return this.slice(); };
    Array.prototype.reduce = function () { return this.length > 1 ? this : this[0]; };
    Array.prototype.flat = function () { return this; };
    Array.prototype.each = Object.prototype.each = function () {};
    Array.from = (list) => [].slice.call(list);`,
  'methods of elements as old libraries have them': `
    Element.prototype.remove = function () { this.parentNode?.removeChild(this); };
    Element.prototype.append = Element.prototype.prepend = Element.prototype.update = function () {};
    Element.prototype.match = Element.prototype.select = function () { return []; };`,
  'another fetch': `const { fetch: own } = window;
    window.fetch = async (...all) => (await own(...all)).clone();`,
};

/** With these no checkout can work; it must not say that it has been paid. */
const fatal = {
  'promises that wait for every object': `Object.prototype.then = () => {};`,
  'a value for every property': `Object.prototype.value = 1;`,
  'a signal for every listener': `Object.prototype.signal = 1;`,
  'an order for every state': `Object.prototype.order = { id: 'M1', status: 'paid' };`,
  'a body for every request': `Object.prototype.body = 'x';`,
};

describe('on a page whose scripts have changed all objects', () => {
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

  /** Opens a page that has this script before the checkout's. */
  async function open(name: string, code: string, attributes: string): Promise<Page> {
    server.serve(`/${name}.js`, script(code));
    server.serve(`/${name}`, {
      html: `<!doctype html><html lang="en"><script src="/${name}.js"></script>
        <script type="module" src="/cdn/payby-checkout.js"></script>
        <payby-checkout autostart reference="${name}" ${attributes}></payby-checkout>`,
    });
    const page = await browser.newPage();
    await page.evaluateOnNewDocument(() => {
      window.told = [];
      const { told } = window;
      addEventListener('payby-paid', () => void told.push('paid'));
      addEventListener('payby-error', (event) => 'code' in event && told.push(String(event.code)));
    });
    await page.goto(server.url(`/${name}`));
    return page;
  }

  /** The payments and errors that the checkout told of. */
  const told = (page: Page) => page.evaluate(() => (window.told ?? []).join(' '));

  for (const [index, [what, code]] of Object.entries(survived).entries()) {
    it(`(${what}) it is paid`, async () => {
      const name = `survived-${index}`;
      const page = await open(name, code, 'endpoint="/orders"');
      await phaseIsIn(page, 'awaiting');
      const order = await page.evaluate(() => {
        const { id, tokenUrl } = document.querySelector('payby-checkout')?.order ?? {};
        return [id ?? '', tokenUrl];
      });
      assert.equal(order[1], tokenUrl);
      await payIn(page, server, order[0] ?? '');
      await until(async () => /Paid/.test(await textIn(page)));
      assert.match(await told(page), /^(qr-failed )?paid$/);
      await page.close();
    });
  }

  for (const [index, [what, code]] of Object.entries(fatal).entries()) {
    it(`(${what}) it never says that it has been paid`, async () => {
      const name = `fatal-${index}`;
      const page = await open(name, code, 'endpoint="/orders"');
      await page.waitForNetworkIdle({ idleTime: 100 });
      assert.notEqual(await phaseIn(page), 'paid');
      assert.doesNotMatch(await told(page), /paid/);
      await page.close();
    });
  }

  const order = { id: 'M1', tokenUrl };
  const nameless: Record<string, Partial<Scene>> = {
    'an order without a status': { create: { status: 200, body: order } },
    'an order without a status that needs explaining': {
      create: { status: 200, body: { ...order, amount: null } },
    },
    'PayBy’s order without a status': {
      create: {
        status: 200,
        body: {
          acquireOrder: { merchantOrderNo: 'M1', totalAmount: { amount: 1, currency: 'AED' } },
        },
      },
    },
    'nothing at all': { create: { status: 200, body: {} } },
  };
  const everythingPaid = `Object.assign(Object.prototype, {
    id: 'M1', status: 'paid',
  });`;
  for (const [index, [what, scene]] of Object.entries(nameless).entries()) {
    it(`${what} is refused, though every object is paid`, async () => {
      const name = `nameless-${index}`;
      server.play({ name, shows: () => '', ...scene });
      const page = await open(name, everythingPaid, `endpoint="/scenes/${name}"`);
      await phaseIsIn(page, 'error');
      assert.doesNotMatch(await told(page), /paid/);
      await page.close();
    });
  }

  it('a later word without a status changes nothing', async () => {
    server.play({
      name: 'later',
      shows: () => '',
      create: { status: 200, body: { ...order, status: 'pending' } },
      status: { status: 200, body: order },
    });
    const page = await open('later', everythingPaid, 'endpoint="/scenes/later" updates="poll"');
    await codeIs(page);
    await page.evaluate(() => document.querySelector('payby-checkout')?.retry());
    await until(async () => (await told(page)) === 'order-invalid');
    assert.equal(await phaseIn(page), 'awaiting');
    await page.close();
  });

  it('a link on all objects is not offered', async () => {
    const code = `Object.prototype.appLink = 'javascript:window.told.push(1)';`;
    const page = await open('link', code, 'endpoint="/orders" environment="phone"');
    await phaseIsIn(page, 'awaiting');
    await until(async () => /Save/.test(await textIn(page)));
    const links = await page.$$eval('payby-checkout >>> a', (all) => all.map(({ href }) => href));
    assert.deepEqual(links, [new URL(tokenUrl).href]);
    await page.close();
  });
});
