/** Writes docs/openapi.json; with `--check`, says whether it is up to date, and ends with 1 when not. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { document } from './openapi/document.ts';

const root = join(import.meta.dirname, '..');
const name = 'docs/openapi.json';

/** JSON as the project's formatter writes it. */
function formatted(value: unknown): string {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'format', `--stdin-file-path=${name}`];
  const input = JSON.stringify(value, null, 2);
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    input,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`biome cannot format ${name}: ${stderr}`);
  return stdout;
}

/** What is there now; nothing when it was never written. */
function present(): string | undefined {
  try {
    return readFileSync(join(root, name), 'utf8');
  } catch {
    return undefined;
  }
}

const text = formatted(document);
if (!process.argv.includes('--check')) {
  writeFileSync(join(root, name), text);
  process.stdout.write(`Wrote ${name}.\n`);
} else if (present() !== text) {
  process.stderr.write(`${name} is not up to date; run node tools/openapi.ts.\n`);
  process.exitCode = 1;
}
