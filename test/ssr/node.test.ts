import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { html } from 'lit';
import { manifest, root } from '../package/install.ts';
import { loadLanguage, read, rendered } from './support/render.ts';

const order = {
  id: 'A1',
  status: 'pending',
  tokenUrl: 'https://qr.payby.com?x=1',
  amount: { amount: 12.34, currency: 'AED' },
  subject: 'Cart 42',
};

const withOrder = (value: unknown, lang = 'en') =>
  html`<payby-checkout endpoint="/orders" lang=${lang} order=${JSON.stringify(value)}></payby-checkout>`;

/** Runs a module in a Node of its own, which has to end by itself; answers what it has written. */
async function run(code: string, ...flags: string[]): Promise<unknown> {
  const args = [...flags, '--input-type=module', '--eval', code];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: root,
    timeout: 30_000,
  });
  return JSON.parse(stdout);
}

const module = (path: string) => JSON.stringify(pathToFileURL(join(root, path)).href);

/** Everything that is published for pages, not for servers and compilers. */
const forPages = Object.values(manifest.exports)
  .map((target) => (typeof target === 'string' ? target : target.default))
  .filter((file) => file.endsWith('.js') && !/^\.\/dist\/(server|sandbox|types)\//.test(file));

describe('without a DOM', () => {
  for (const file of new Set([...forPages, './dist/ssr.js'])) {
    it(`${file} can be imported, and leaves nothing behind that keeps Node`, async () => {
      const names = await run(`
        const names = Object.keys(await import(${module(file)}));
        process.stdout.write(JSON.stringify(names));
      `);
      assert.ok(Array.isArray(names) && names.includes('PaybyCheckout'), String(names));
    });
  }

  for (const [what, prepare] of [
    ['Lit’s', `await import('@lit-labs/ssr/lib/install-global-dom-shim.js');`],
    [
      'an emulation that knows no :defined',
      `globalThis.document = {
        createTreeWalker() {},
        querySelector() { throw new SyntaxError('unknown pseudo-class'); },
      };`,
    ],
  ] as const) {
    it(`can be imported with a part of a document: ${what}`, async () => {
      const names = await run(`
        ${prepare}
        const names = Object.keys(await import(${module('dist/index.js')}));
        process.stdout.write(JSON.stringify(names));
      `);
      assert.ok(Array.isArray(names) && names.includes('PaybyCheckout'), String(names));
    });
  }

  it('rendering begins nothing: no request, no timer, not even where elements are connected', async () => {
    const begun = await run(`
      const begun = [];
      for (const name of ['fetch', 'setTimeout', 'setInterval']) {
        globalThis[name] = () => begun.push(name);
      }
      const { LitElementRenderer, render } = await import('@lit-labs/ssr');
      const { collectResult } = await import('@lit-labs/ssr/lib/render-result.js');
      const { html } = await import('lit');
      await import(${module('dist/index.js')});
      const order = ${JSON.stringify(JSON.stringify(order))};
      const pages = () => [
        html\`<payby-checkout endpoint="/orders" reference="1" autostart></payby-checkout>\`,
        html\`<payby-checkout endpoint="/orders" display="dialog" lang="ar" autostart></payby-checkout>\`,
        html\`<payby-checkout endpoint="/orders" order=\${order}></payby-checkout>\`,
      ];
      for (const page of pages()) await collectResult(render(page));
      LitElementRenderer.renderOptions.push(() => ({ connectedCallback: true }));
      for (const page of pages()) await collectResult(render(page));
      process.stdout.write(JSON.stringify(begun));
    `);
    assert.deepEqual(begun, []);
  });
});

describe('on a server', () => {
  it('the Pay button is there', async () => {
    const page = await rendered(html`<payby-checkout endpoint="/orders"></payby-checkout>`);
    assert.match(page, /<template [^>]*shadowrootmode="open">/);
    assert.match(page, /<section class="card"[^>]* lang="en" dir="ltr"/);
    assert.equal(
      read(page),
      'Pay with BOTIM or PayBy Confirm the payment in the app on your phone. Pay',
    );
  });

  it('the element gets no attribute that the page has not written', async () => {
    const page = await rendered(html`<payby-checkout endpoint="/orders"></payby-checkout>`);
    const [, attributes = ''] = /<payby-checkout([^>]*)>/.exec(page) ?? [];
    assert.equal(attributes.trim(), 'endpoint="/orders"');
  });

  it('an order that starts by itself has its place already', async () => {
    const page = await rendered(
      html`<payby-checkout endpoint="/orders" autostart></payby-checkout>`,
    );
    assert.match(page, /class="plate"/);
    assert.match(read(page), /Preparing your payment… Cancel/);
  });

  it('a given order says what is paid for, and how much', async () => {
    assert.match(read(await rendered(withOrder(order))), /AED 12\.34 Cart 42 Confirm .* Preparing/);
  });

  for (const [what, value] of Object.entries({
    'an amount that is none': { ...order, amount: { amount: 1, currency: 'money' } },
    'PayBy’s own JSON': { acquireOrder: { merchantOrderNo: 'A1' } },
    'no order': null,
    text: 'A1',
  })) {
    it(`a given order of ${what} is rendered without`, async () => {
      const words = read(await rendered(withOrder(value)));
      assert.match(words, /^Pay with BOTIM or PayBy /);
      assert.doesNotMatch(words, /undefined|NaN|object/);
    });
  }

  it('a language is spoken once it is loaded, and English before', async () => {
    assert.match(read(await rendered(withOrder(order, 'ar-AE'))), /Preparing your payment/);
    await loadLanguage('ar-AE');
    const page = await rendered(withOrder({ ...order, subjectAr: 'السلة ٤٢' }, 'ar-AE'));
    assert.match(page, /<section class="card"[^>]* lang="ar" dir="rtl"/);
    assert.match(read(page), /السلة ٤٢ .* جارٍ تجهيز الدفع…/);
  });

  it('the language of one element is not that of the next', async () => {
    await loadLanguage('ar');
    const pages = await Promise.all(
      ['ar', 'en', 'ar', 'en'].map((lang) => rendered(withOrder(order, lang))),
    );
    assert.deepEqual(
      pages.map((page) => /<section[^>]* lang="(\w+)"/.exec(page)?.[1]),
      ['ar', 'en', 'ar', 'en'],
    );
  });

  it('the order of one request is in the answer to no other', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `Cart-${1000 + index}`);
    const pages = await Promise.all(
      ids.map((id) => rendered(withOrder({ ...order, id, subject: `for ${id}` }))),
    );
    for (const [index, page] of pages.entries()) {
      assert.deepEqual(new Set(page.match(/Cart-\d+/g)), new Set([ids[index]]));
    }
  });

  it('what is written into an order is text, and no markup', async () => {
    const page = await rendered(withOrder({ ...order, subject: '<img src=x onerror=alert(1)>' }));
    assert.doesNotMatch(page, /<img/);
  });

  it('a thousand pages leave nothing behind', async () => {
    const grown = await run(
      `
      const { render } = await import('@lit-labs/ssr');
      const { collectResult } = await import('@lit-labs/ssr/lib/render-result.js');
      const { html } = await import('lit');
      await import(${module('dist/index.js')});
      const order = ${JSON.stringify(order)};
      const turn = async (pages) => {
        for (let id = 0; id < pages; id += 1) {
          const text = JSON.stringify({ ...order, id: String(id), subject: 'x'.repeat(2000) + id });
          await collectResult(render(html\`<payby-checkout endpoint="/orders" order=\${text}></payby-checkout>\`));
        }
        gc();
        return process.memoryUsage().heapUsed;
      };
      await turn(200);
      const before = await turn(200);
      process.stdout.write(JSON.stringify((await turn(1000)) - before));
    `,
      '--expose-gc',
    );
    // One page kept of each would be 2 MB of subjects alone.
    assert.ok(typeof grown === 'number' && grown < 500_000, `${grown} bytes more`);
  });
});
