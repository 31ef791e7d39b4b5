/**
 * Writes docs/element.md and docs/images/states.svg; with `--check`, says whether they are up to date, and ends
 * with 1 when not.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from '../describe/analyze.ts';
import { root } from './pages.ts';
import { referencePage } from './reference-page.ts';
import { drawStates } from './state-diagram.ts';

process.chdir(root); // the analyzer reads src below the present folder
const files: Readonly<Record<string, string>> = {
  'docs/element.md': referencePage(analyze()),
  'docs/images/states.svg': drawStates({ isFile: true }),
};

for (const [name, text] of Object.entries(files)) {
  const file = join(root, name);
  const present = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
    process.stdout.write(`Wrote ${name}.\n`);
  } else if (present !== text) {
    process.stderr.write(`${name} is not up to date; run node tools/docs/reference.ts.\n`);
    process.exitCode = 1;
  }
}
