import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from './analyze.ts';
import { json, vsCodeData, webTypes } from './editors.ts';
import { emptyModule, typings } from './typings.ts';

/** Writes into `outDir` what editors, frameworks and documentation know of the element. */
export function writeDescriptions(outDir: string): void {
  const manifest = analyze();
  const write = (name: string, text: string) => writeFileSync(join(outDir, name), text);
  mkdirSync(join(outDir, 'types'), { recursive: true });
  write('custom-elements.json', json(manifest));
  write('vscode.html-custom-data.json', vsCodeData(manifest));
  write('web-types.json', webTypes(manifest));
  for (const [name, text] of Object.entries(typings(manifest))) {
    write(`types/${name}.d.ts`, text);
    write(`types/${name}.js`, emptyModule);
  }
}
