import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium } from '../support/chromium.ts';
import { codeIs, payIn, phaseIn, phaseIsIn, textIn } from '../support/host-checkout.ts';
import { type HostServer, openHostServer, script, tokenUrl } from '../support/host-server.ts';
import { until } from '../support/strict-stage.ts';
import { openGuarded } from '../support/violations.ts';
import { scanWithZxing } from '../support/zxing.ts';

/** `shop.test` is this machine, and to a browser a page of it is not secure. */
const names = '--host-resolver-rules=MAP shop.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost';
const ours = '<script type="module" src="/cdn/payby-checkout.js"></script>';

/** What else may be on a page, or not be there. */
const oddities = {
  'with all of the language frozen': `for (const it of [Object, Array, Function, Promise, String, Map, Set, RegExp, Error, Date]) {
    Object.freeze(it); Object.freeze(it.prototype);
  }`,
  'without a storage': `for (const name of ['sessionStorage', 'localStorage']) {
    Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });
  }`,
  'with a storage that is full': `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };`,
  'without what Intl got later': `for (const name of ['ListFormat', 'RelativeTimeFormat', 'DurationFormat', 'PluralRules', 'Segmenter']) delete Intl[name];`,
  'whose fetch is watched and late': `const { fetch: own } = window;
    window.fetch = (...all) => new Promise((done) => setTimeout(done, 50)).then(() => own(...all)).then((answer) => answer.clone());`,
  'whose console is gone': `window.console = undefined;`,
  'with a policy that makes HTML of any text': `trustedTypes.createPolicy('default', { createHTML: (text) => text });`,
  'without Trusted Types': `delete window.trustedTypes;`,
  'without shared style sheets': `delete Document.prototype.adoptedStyleSheets; delete ShadowRoot.prototype.adoptedStyleSheets;`,
};

describe('on a page', () => {
  let browser: Browser;
  let server: HostServer;
  let page: Page;
  let errors: string[];

  before(async () => {
    server = await openHostServer();
    browser = await launchChromium([names]);
  });
  afterEach(() => page?.close());
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  interface OddPage {
    head?: string;
    attributes?: string;
    host?: string;
  }

  async function open(name: string, { head = '', attributes = '', host }: OddPage): Promise<void> {
    server.serve(`/${name}`, {
      html: `<!doctype html><html lang="en"><head>${head}</head>${ours}
        <payby-checkout endpoint="/orders" reference="${name}" autostart ${attributes}></payby-checkout>`,
    });
    ({ page, errors } = await openGuarded(browser));
    await page.goto(server.url(`/${name}`, host));
  }

  for (const [index, [what, code]] of Object.entries(oddities).entries()) {
    it(`${what} it is paid`, async () => {
      const name = `odd-${index}`;
      server.serve(`/${name}.js`, script(code));
      await open(name, { head: `<script src="/${name}.js"></script>` });
      await codeIs(page);
      await payIn(page, server, name);
      assert.match(await textIn(page), /Paid/);
      assert.deepEqual(errors, []);
    });
  }

  it('that is not secure it is paid, and found again after a reload', async () => {
    await open('insecure', { host: 'shop.test' });
    await codeIs(page);
    const isSecure = await page.evaluate(() => [isSecureContext, 'randomUUID' in crypto]);
    assert.deepEqual(isSecure, [false, false]);
    const posts = () => server.asked.filter((line) => line.startsWith('POST')).length;
    const before = posts();
    await page.reload();
    await codeIs(page);
    assert.equal(posts(), before);
    await payIn(page, server, 'insecure');
    assert.deepEqual(errors, []);
  });

  it('with another base, addresses go by the base, as those of the page do', async () => {
    const base = server.url('/elsewhere/');
    await open('based', { head: `<base href="${base}">`, attributes: 'return-url="thanks"' });
    await codeIs(page);
    assert.deepEqual(await scanWithZxing(await page.screenshot()), [tokenUrl]);
    await payIn(page, server, 'based');
    await until(async () => /Continue/.test(await textIn(page)));
    const onward = await page.$eval('payby-checkout >>> a', ({ href }) => href);
    assert.equal(onward, `${base}thanks`);
  });

  it('whose base is another site’s, it says which address it did not reach', async () => {
    server.serve('/gone', {
      html: `<!doctype html><html lang="en"><base href="https://elsewhere.example/x/">
        <script type="module" src="${server.url('/cdn/payby-checkout.js')}"></script><script src="${server.url('/told.js')}"></script>
        <payby-checkout endpoint="orders" reference="gone" autostart></payby-checkout>`,
    });
    server.serve(
      '/told.js',
      script(`window.told = [];
        addEventListener('payby-error', ({ message }) => told.push(message));`),
    );
    ({ page } = await openGuarded(browser));
    await page.goto(server.url('/gone'));
    await phaseIsIn(page, 'error');
    const [told] = await page.evaluate(() => window.told ?? []);
    assert.match(told ?? '', /^POST https:\/\/elsewhere\.example\/x\/orders could not be reached/);
  });

  it('written by document.write it is paid', async () => {
    server.serve(
      '/write.js',
      script(
        `document.write('<payby-checkout endpoint="/orders" reference="written" autostart></payby-checkout>');`,
      ),
    );
    server.serve('/written', {
      html: `<!doctype html><html lang="en">${ours}<script src="/write.js"></script>`,
    });
    ({ page, errors } = await openGuarded(browser));
    await page.goto(server.url('/written'));
    await codeIs(page);
    await payIn(page, server, 'written');
    assert.deepEqual(errors, []);
  });

  it('with a worker that answers from its cache, it is not shown an old word', async () => {
    // As careless workers do: whatever was answered once is answered again.
    server.serve(
      '/worker.js',
      script(`addEventListener('install', () => skipWaiting());
        addEventListener('activate', (event) => event.waitUntil(clients.claim()));
        addEventListener('fetch', (event) => {
          const { request } = event;
          if (request.method !== 'GET' || request.cache === 'no-store') return;
          event.respondWith((async () => {
            const kept = await caches.open('all');
            const found = await kept.match(request);
            if (found) return found;
            const answer = await fetch(request);
            await kept.put(request, answer.clone());
            return answer;
          })());
        });`),
    );
    await open('worked', { attributes: 'updates="poll"' });
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/worker.js');
      await navigator.serviceWorker.ready;
    });
    await page.reload();
    await codeIs(page);
    assert.ok(await page.evaluate(() => navigator.serviceWorker.controller !== null));
    await payIn(page, server, 'worked');
  });

  it('that takes the element away and puts it back, the same order goes on', async () => {
    await open('taken', {});
    await codeIs(page);
    const posts = () => server.asked.filter((line) => line === 'POST /orders').length;
    const before = posts();
    await page.evaluate(() => {
      const checkout = document.querySelector('payby-checkout');
      checkout?.remove();
      if (checkout) document.body.append(checkout);
    });
    await payIn(page, server, 'taken');
    assert.equal(posts(), before);
  });

  it('left and come back to, it knows what has become of its order', async () => {
    await open('left', {});
    await codeIs(page);
    await page.goto('about:blank');
    server.settle('left', 'paid');
    await page.goBack();
    await phaseIsIn(page, 'paid');
    assert.equal(await phaseIn(page), 'paid');
  });

  it('printed, its code is on the paper', async () => {
    await open('printed', {});
    await codeIs(page);
    await page.emulateMediaType('print');
    assert.deepEqual(await scanWithZxing(await page.screenshot()), [tokenUrl]);
  });
});
