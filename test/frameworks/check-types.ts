/** What a framework's own checker says of a project, by file and line. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { run } from './workshop.ts';

export interface Checked {
  /** Where it found errors, `wrong.tsx:7`. */
  found: string[];
  /** The lines that say of themselves that they are wrong. */
  wanted: string[];
}

const place = /([\w-]+\.(?:tsx?|vue|svelte))"?[(: ]+(\d+)[,:]\d/;

export async function checkTypes(folder: string, command: readonly string[]): Promise<Checked> {
  const { said } = await run(folder, command);
  const errors = stripVTControlCharacters(said)
    .split('\n')
    .filter((line) => /error/i.test(line));
  const places = errors.flatMap((line) => {
    const [, file, number] = place.exec(line) ?? [];
    return file ? [`${file}:${number}`] : [];
  });
  return { found: [...new Set(places)].sort(), wanted: linesSaidWrong(join(folder, 'src')).sort() };
}

function linesSaidWrong(folder: string): string[] {
  const [file = ''] = readdirSync(folder).filter((name) => name.startsWith('wrong.'));
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  return lines.flatMap((line, index) =>
    /(\/\/|<!--) wrong\b/.test(line) ? [`${file}:${index + 1}`] : [],
  );
}
