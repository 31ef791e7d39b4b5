/** A framework's example, and its bench, as projects of their own: copied, checked, built. */
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const examples = join(root, 'examples');

export type Framework = 'react' | 'vue' | 'svelte' | 'angular' | 'preact' | 'solid' | 'html';

export interface Workshop extends Disposable {
  /** Where the projects lie beside each other, with what examples share. */
  folder: string;
  /** The example as it is. */
  example: string;
  /** The example's project with the bench in its place, and the example beside it. */
  bench: string;
}

export function openWorkshop(framework: Framework): Workshop {
  const installed = join(examples, 'node_modules');
  if (!existsSync(join(installed, 'payby-checkout/dist/index.js'))) {
    throw new Error('The examples are not installed: "npm run test:frameworks" does that.');
  }
  const folder = mkdtempSync(join(tmpdir(), `payby-${framework}-`));
  symlinkSync(installed, join(folder, 'node_modules'), 'junction');
  for (const file of ['shop.ts', 'shop.css']) cpSync(join(examples, file), join(folder, file));
  const [example, bench] = [join(folder, 'example'), join(folder, 'bench')];
  for (const copy of [example, bench]) {
    cpSync(join(examples, framework), copy, { recursive: true });
  }
  const own = join(import.meta.dirname, 'benches', framework);
  if (existsSync(own)) {
    cpSync(own, join(bench, 'src'), { recursive: true });
    cpSync(join(import.meta.dirname, 'bench.ts'), join(bench, 'src/bench.ts'));
    const { code, ending } = guideOf(framework); // checked together with the bench
    writeFileSync(join(bench, `src/guide.${ending}`), code);
  }
  return { folder, example, bench, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

/** The page that docs/spa.md shows for a framework, and how its file's name ends. */
export function guideOf(framework: Framework): { code: string; ending: string } {
  const guide = readFileSync(join(root, 'docs/spa.md'), 'utf8');
  const isOfIt = (section: string) => section.split('\n', 1)[0]?.toLowerCase().includes(framework);
  const section = guide.split(/^## /m).find(isOfIt) ?? '';
  const [, language = '', code = ''] = /^```(\w+)\n([\s\S]*?)^```/m.exec(section) ?? [];
  if (!code) throw new Error(`docs/spa.md shows no code for ${framework}.`);
  return { code, ending: language === 'typescript' ? 'ts' : language };
}

/** Runs a project's own tool, and tells what it said; it may fail. */
export function run(
  folder: string,
  [command = '', ...args]: readonly string[],
  env: Record<string, string> = {},
): Promise<{ ok: boolean; said: string }> {
  const tools = [join(examples, 'node_modules/.bin'), join(root, 'node_modules/.bin')];
  const PATH = [...tools, process.env.PATH].join(delimiter);
  const options = {
    cwd: folder,
    env: { ...process.env, PATH, CI: 'true', NO_COLOR: '1', ...env },
    timeout: 120_000,
    shell: process.platform === 'win32',
  };
  return new Promise((resolve) => {
    execFile(command, args, options, (error, out, errors) =>
      resolve({ ok: !error, said: `${out}${errors}`.trim() }),
    );
  });
}

/** Runs a tool, and fails with what it said. */
export async function runTool(
  folder: string,
  command: readonly string[],
  env: Record<string, string> = {},
): Promise<void> {
  const { ok, said } = await run(folder, command, env);
  if (!ok) throw new Error(`${command.join(' ')} failed in ${folder}:\n${said}`);
}
