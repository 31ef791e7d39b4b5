/**
 * `npm run bench:size`: what a page downloads for the script tag, beside the least any page needs
 * to show a QR code with Lit and qr-code-styling. Fails above the budgets. 1 kB is 1,000 bytes.
 */
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build, type PluginOption, type Rolldown, type UserConfig } from 'vite';
import { classicBuild, scriptTagBuild } from '../vite.config.ts';

process.chdir(join(import.meta.dirname, '..'));
process.env.NODE_ENV = 'production';

const budgets = { beforeCode: 14_000, downToCode: 28_000, classic: 47_000 }; // bytes, brotli

interface Size {
  raw: number;
  gzip: number;
  brotli: number;
}

interface Script {
  chunks: Rolldown.OutputChunk[];
  /** What the script tag itself downloads. */
  beforeCode: Rolldown.OutputChunk[];
  /** That, and what reading an order and drawing its QR code downloads. */
  downToCode: Rolldown.OutputChunk[];
  /** What comes once there is an order: following it, showing how it ended. */
  afterCode: Rolldown.OutputChunk[];
  /** Whether the QR code library waits until a code is drawn. */
  isCodeLazy: boolean;
}

const size = ({ code }: Rolldown.OutputChunk): Size => ({
  raw: Buffer.byteLength(code),
  gzip: gzipSync(code, { level: 9 }).length,
  brotli: brotliCompressSync(code).length,
});

const sum = (chunks: Rolldown.OutputChunk[]): Size =>
  chunks.map(size).reduce(
    (total, { raw, gzip, brotli }) => ({
      raw: total.raw + raw,
      gzip: total.gzip + gzip,
      brotli: total.brotli + brotli,
    }),
    { raw: 0, gzip: 0, brotli: 0 },
  );

const isNamed = (plugin: PluginOption, name: string): boolean =>
  typeof plugin === 'object' && plugin !== null && 'name' in plugin && plugin.name === name;

async function chunksOf(config: UserConfig): Promise<Rolldown.OutputChunk[]> {
  const settings = { ...config.build, write: false };
  const result = await build({ ...config, configFile: false, logLevel: 'warn', build: settings });
  const outputs = Array.isArray(result) ? result : [];
  return outputs.flatMap(({ output }) => output.filter((file) => file.type === 'chunk'));
}

/** @param leaveOut names of build plugins to do without */
async function bundle(name: string, entry: string, leaveOut: string[] = []): Promise<Script> {
  const config = scriptTagBuild(name, entry, 'dist/cdn');
  const isWanted = (plugin: PluginOption) => !leaveOut.some((left) => isNamed(plugin, left));
  const plugins = config.plugins?.filter(isWanted) ?? [];
  const chunks = await chunksOf({ ...config, plugins });
  const beforeCode = withImports(
    chunks.filter((chunk) => chunk.isEntry),
    chunks,
  );
  const drawing = chunks.filter((chunk) =>
    chunk.moduleIds.some((id) => id.includes('/qr-code-styling/')),
  );
  const reading = chunks.filter((chunk) => chunk.name === 'order-part');
  const shown = withImports([...reading, ...drawing], chunks);
  const downToCode = [...new Set([...beforeCode, ...shown])];
  return {
    chunks,
    beforeCode,
    downToCode,
    afterCode: chunks.filter((chunk) => chunk.name === 'follow-part'),
    isCodeLazy: drawing.length > 0 && !drawing.some((chunk) => beforeCode.includes(chunk)),
  };
}

/** `start` and every chunk that they import without being asked later. */
function withImports(
  start: Rolldown.OutputChunk[],
  all: Rolldown.OutputChunk[],
): Rolldown.OutputChunk[] {
  const found = new Set(start);
  for (const chunk of found) {
    for (const name of chunk.imports) {
      const imported = all.find(({ fileName }) => fileName === name);
      if (imported) found.add(imported);
    }
  }
  return [...found];
}

const kB = (bytes: number) => (bytes / 1000).toFixed(1).padStart(9);
const say = (line: string) => process.stdout.write(`${line}\n`);
const row = (label: string, { raw, gzip, brotli }: Size) =>
  say(`${label.padEnd(44)}${kB(raw)}${kB(gzip)}${kB(brotli)}`);

const element = await bundle('payby-checkout', 'src/index.ts');
// The control carries the library as it comes.
const control = await bundle('control', 'bench/control/bare-checkout.ts', [
  'lean-lit',
  'lean-qr-code-styling',
]);
const classic = await chunksOf(classicBuild());

say(`${'kB'.padEnd(44)}${'raw'.padStart(9)}${'gzip'.padStart(9)}${'brotli'.padStart(9)}`);
for (const script of [element, control]) {
  for (const chunk of script.chunks) row(chunk.fileName, size(chunk));
}
say('');
row('script tag, before any QR', sum(element.beforeCode));
row('  control', sum(control.beforeCode));
row('everything down to a QR', sum(element.downToCode));
row('  control', sum(control.downToCode));
row('after that: following, the result', sum(element.afterCode));
row('classic script, with all languages', sum(classic));
say('');

const failures: string[] = [];
for (const [key, what, chunks] of [
  ['beforeCode', 'The script tag', element.beforeCode],
  ['downToCode', 'Everything down to a QR', element.downToCode],
  ['classic', 'The classic script', classic],
] as const) {
  const bytes = sum(chunks).brotli;
  const verdict = `${what}: ${kB(bytes).trim()} of ${kB(budgets[key]).trim()} kB brotli`;
  if (bytes > budgets[key]) failures.push(`${verdict}, over the budget.`);
  else say(`${verdict}, within the budget.`);
}
if (!element.isCodeLazy) failures.push('The QR code is not in a chunk of its own.');
for (const failure of failures) say(failure);
if (failures.length > 0) process.exitCode = 1;
