/**
 * `npm run docs`: the documents as a static site in build/docs, which works below any path.
 * `--out <folder>` builds it elsewhere. It needs dist/, which `npm run build` makes.
 */
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { layout } from './layout.ts';
import { inSite, render } from './markdown.ts';
import { readPages, root } from './pages.ts';
import { searchEntry } from './search-index.ts';

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const startedAt = performance.now();
const out = values.out === undefined ? join(root, 'build/docs') : resolve(values.out);
const source = `${out}-pages`;
if (!existsSync(join(root, 'dist/index.js'))) {
  throw new Error('dist/ is missing, and the live examples use it; run npm run build.');
}

rmSync(source, { recursive: true, force: true });
mkdirSync(source, { recursive: true });
const pages = readPages();
const site = relative(source, join(import.meta.dirname, 'site'));
const rendered = pages.map((page) => ({ page, ...render(page, pages) }));
for (const { page, ...parts } of rendered) {
  writeFileSync(join(source, page.file), layout(page, parts, pages, site));
}
const files = new Set(rendered.flatMap((one) => one.files));
const pictures = [...files].filter((file) => /\.(png|svg)$/.test(file));
copyInto(source, pictures); // Vite takes them from there

process.env.NODE_ENV = 'production'; // Lit without its development checks
await build({
  configFile: false,
  root: source,
  base: './',
  publicDir: false,
  logLevel: 'warn',
  build: {
    target: 'es2022',
    outDir: out,
    emptyOutDir: true,
    reportCompressedSize: false,
    assetsInlineLimit: 0, // the policy of the pages allows no data: URLs
    modulePreload: { polyfill: false },
    rolldownOptions: { input: pages.map(({ file }) => join(source, file)) },
  },
});
copyInto(
  out,
  [...files].filter((file) => !pictures.includes(file)),
);
const search = rendered.map(({ page, ...parts }) => searchEntry(page, parts));
writeFileSync(join(out, 'search.json'), JSON.stringify(search));
rmSync(source, { recursive: true });
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
process.stdout.write(`Built ${pages.length} pages into ${relative(root, out)} in ${seconds} s.\n`);

function copyInto(folder: string, sources: readonly string[]): void {
  for (const file of sources) {
    const target = join(folder, inSite(file));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(root, file), target, { recursive: true });
  }
}
