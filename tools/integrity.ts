/**
 * Subresource integrity of the scripts in dist/cdn (after `npm run build`): prints them, or, with a URL as
 * in `node tools/integrity.ts https://cdn.example/payby/`, the import map for scripts that lie there, and the
 * links by which a page with an order in it has the parts for its code at once.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a page loads by a tag; everything else is loaded by the first of them. */
export const tagScripts = ['payby-checkout.js', 'payby-checkout.classic.js'];

/** By the names of the scripts in `folder`, what an `integrity` attribute says of them. */
export function integrities(folder: string): Record<string, string> {
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
  return Object.fromEntries(scripts.sort().map((name) => [name, integrity(join(folder, name))]));
}

const integrity = (file: string) =>
  `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`;

/** An import map by which browsers check the parts that a script loads later; they lie below `base`. */
export function importMap(folder: string, base: string): { integrity: Record<string, string> } {
  const parts = Object.entries(integrities(folder)).filter(([name]) => !name.includes('.classic.'));
  return { integrity: Object.fromEntries(parts.map(([name, hash]) => [base + name, hash])) };
}

/** Lines for a page's head: the parts that read an order and draw its code come beside the script, not after it. */
export const preloads = (folder: string, base: string): string =>
  Object.entries(integrities(folder))
    .filter(([name]) => /^payby-checkout-(order|qr)-/.test(name))
    .map(
      ([name, hash]) =>
        `<link rel="modulepreload" href="${base}${name}" integrity="${hash}" crossorigin>\n`,
    )
    .join('');

/** Writes integrity.json beside the scripts: the import map for a page in their own folder. */
export function writeIntegrity(folder: string): void {
  const text = JSON.stringify(importMap(folder, './'), null, 2);
  writeFileSync(join(folder, 'integrity.json'), `${text}\n`);
}

const block = /(<!-- integrity -->\n)[\s\S]*?(<!-- \/integrity -->)/;

/**
 * A README with the hashes of the scripts in `folder`, which are those of `version`. Called for a
 * release: in between, the README keeps those of the last one.
 *
 * @throws Error when the README has no place for them
 */
export function withIntegrities(readme: string, folder: string, version: string): string {
  if (!block.test(readme)) {
    throw new Error('The README has no "<!-- integrity -->" … "<!-- /integrity -->".');
  }
  const hashes = integrities(folder);
  const rows = tagScripts.map((name) => `| \`${name}\` | \`${hashes[name]}\` |\n`).join('');
  const table = `| script of ${version} | integrity |\n| --- | --- |\n${rows}`;
  return readme.replace(block, (_, start: string, end: string) => start + table + end);
}

/** One line for each script. */
export const listed = (folder: string): string =>
  Object.entries(integrities(folder))
    .map(([name, hash]) => `${name.padEnd(42)}${hash}\n`)
    .join('');

if (import.meta.main) {
  const folder = join(import.meta.dirname, '../dist/cdn');
  const [base] = process.argv.slice(2);
  const map = base && JSON.stringify(importMap(folder, base), null, 2);
  process.stdout.write(map ? `${map}\n\n${preloads(folder, base)}` : listed(folder));
}
