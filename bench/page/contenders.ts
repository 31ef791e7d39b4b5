/** What is raced: pages with the same words around a checkout, each built by the same Vite. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { build } from 'vite';
import { openOrder } from './orders.ts';

export interface Contender {
  /** Its page is served at `/<name>`. */
  name: string;
  /** What the table calls it. */
  title: string;
  /** What its page has in the head. */
  head: string;
  /** What its page has where the code is to be. */
  body: string;
  /** The script that the clock starts with. */
  script: string;
  /** Finds the code on the page, from the document on; each but the last is a shadow root's host. */
  code: readonly string[];
}

const script = (name: string) => `<script type="module" src="/${name}.js"></script>`;
const codeOfElement = ['payby-checkout', '[part=qr] svg'];
const quoted = (json: unknown) => JSON.stringify(json).replaceAll("'", '&#39;');

export const element: Contender = {
  name: 'element',
  title: 'payby-checkout',
  head: script('payby-checkout'),
  body: '<payby-checkout endpoint="/orders" reference="cart-42" autostart></payby-checkout>',
  script: 'payby-checkout.js',
  code: codeOfElement,
};

/** Ours with an order of that id, which the page's own server has made. */
export const given = (id: string): Contender => ({
  ...element,
  name: id,
  title: 'payby-checkout, order in the page',
  body: `<payby-checkout endpoint="/orders" order='${quoted(openOrder(id))}'></payby-checkout>`,
});

/** The same with links to the parts that it will need, which a page made by a server can have. */
export const preloading = (contender: Contender): Contender => ({
  ...contender,
  name: `${contender.name}-preloading`,
  title: `${contender.title}, preloaded`,
  head: ['order', 'qr']
    .map((part) => `<link rel="modulepreload" href="/${builtPart(part)}">`)
    .concat(contender.head)
    .join(''),
});

/** The file of that part of the script. */
function builtPart(part: string): string {
  const start = `payby-checkout-${part}-`;
  const file = readdirSync('dist/cdn').find((name) => name.startsWith(start));
  if (!file) throw new Error(`dist/cdn has no ${start}….js; run npm run build.`);
  return file;
}

export const bare: Contender = {
  name: 'bare',
  title: 'bare page: Lit + qr-code-styling',
  head: script('bare-page'),
  body: '<bare-page></bare-page>',
  script: 'bare-page.js',
  code: ['bare-page', 'p svg'],
};

export const adyen: Contender = {
  name: 'adyen',
  title: 'Adyen Web, WeChat QR',
  head: `<link rel="stylesheet" href="/adyen-page.css">${script('adyen-page')}`,
  body: '<div id="stage"></div>',
  script: 'adyen-page.js',
  code: ['img[src*="barcode"]'],
};

export const pageOf = ({ head, body }: Contender): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Shop</title>
<link rel="icon" href="data:,">${head}</head>
<body><h1>Your cart</h1>${body}<p>Delivered within two days.</p></body>
</html>`;

/** The scripts and style sheets of the pages that are not ours, by file name. */
export async function buildControls(): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const name of ['bare-page', 'adyen-page']) {
    const result = await build({
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      build: {
        target: 'es2022',
        write: false,
        reportCompressedSize: false,
        modulePreload: { polyfill: false },
        rolldownOptions: {
          input: `bench/control/${name}.ts`,
          output: { entryFileNames: '[name].js', assetFileNames: `${name}[extname]` },
        },
      },
      tsconfig: 'tsconfig.json',
    });
    for (const { output } of [result].flat().filter((part) => 'output' in part)) {
      for (const file of output)
        files[basename(file.fileName)] = String(file.type === 'chunk' ? file.code : file.source);
    }
  }
  return files;
}

export const readBuilt = (name: string): Buffer => readFileSync(`dist/cdn/${name}`);
