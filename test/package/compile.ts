import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../support/run-command.ts';
import type { Project } from './install.ts';

/** What the compiler says of a project's file, for these options; nothing when all is well. */
export async function compile(
  { folder }: Project,
  name: string,
  code: string,
  options: object,
): Promise<string> {
  const common = { strict: true, noEmit: true, target: 'es2022', skipLibCheck: false };
  writeFileSync(join(folder, name), code);
  const config = join(folder, `${name}.json`);
  const compilerOptions = { ...common, ...options };
  writeFileSync(config, JSON.stringify({ compilerOptions, files: [name] }));
  const { ok, output } = await runCommand('tsc', ['-p', config], { capture: true });
  return ok ? '' : output;
}
