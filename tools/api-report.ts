/**
 * Writes api/*.api.md: what each entry point of the package gives, so that a reviewer sees in a diff what a
 * change does to those who use it. With `--check`, says which are not up to date, and ends with 1 then.
 * It reads dist/, so build first.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
} from '@microsoft/api-extractor';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'api');
const madeNow = join(root, 'build/api'); // where a check leaves what it found

interface Manifest {
  exports: Record<string, string | { types?: string }>;
}

/** The report's name and the declarations of each entry point; what is only made from the manifest has none. */
function entryPoints(): { name: string; types: string }[] {
  const manifest: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.entries(manifest.exports).flatMap(([specifier, target]) => {
    const types = typeof target === 'string' ? undefined : target.types;
    if (!types || specifier.startsWith('./types/')) return [];
    return [{ name: specifier.replace(/^\.\/?/, '').replaceAll('/', '-') || 'index', types }];
  });
}

/** The compiler that comes with the extractor reads what TypeScript 7 wrote. */
const compilerOptions = {
  target: 'ES2022',
  lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
  module: 'ESNext',
  moduleResolution: 'Bundler',
  types: ['node'],
  strict: true,
  skipLibCheck: true,
};

function configFor(name: string, types: string): ExtractorConfig {
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(root, types),
      compiler: { overrideTsconfig: { compilerOptions, files: [types] } },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: folder,
        reportTempFolder: madeNow,
        includeForgottenExports: true, // the shape of an Order is in types nobody imports by name
      },
      newlineKind: 'lf',
      messages: {
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Warning, addToApiReportFile: true },
          // A type without "export" in a report is one that only other types name.
          'ae-forgotten-export': { logLevel: ExtractorLogLevel.None },
          'ae-missing-release-tag': { logLevel: ExtractorLogLevel.None },
          'ae-undocumented': { logLevel: ExtractorLogLevel.None },
          'ae-unresolved-link': { logLevel: ExtractorLogLevel.None },
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
    configObjectFullPath: join(root, 'package.json'),
    packageJsonFullPath: join(root, 'package.json'),
  });
}

/** Errors are told; the rest is in the reports, or about them. */
function onMessage(message: ExtractorMessage): void {
  if (message.logLevel === ExtractorLogLevel.Error) process.stderr.write(`${message.text}\n`);
  message.handled = true;
}

function difference(name: string): string {
  const files = [join(folder, name), join(madeNow, name)];
  const [before = '', after = ''] = files.map((file) => (existsSync(file) ? file : '/dev/null'));
  return spawnSync('git', ['diff', '--no-index', '--', before, after], { encoding: 'utf8' }).stdout;
}

const isCheck = process.argv.includes('--check');
const entries = entryPoints();
const missing = entries.filter(({ types }) => !existsSync(join(root, types)));
if (missing.length > 0) {
  throw new Error(`${missing.map(({ types }) => types).join(', ')}: not there; run npm run build.`);
}
rmSync(madeNow, { recursive: true, force: true });
for (const path of [folder, madeNow]) mkdirSync(path, { recursive: true });
const reports = entries.map(({ name, types }) => ({
  file: `${name}.api.md`,
  config: configFor(name, types),
}));
const [first, ...others] = reports;
if (!first) throw new Error('package.json exports nothing that has types.');
const compilerState = CompilerState.create(first.config, {
  additionalEntryPoints: others.map(({ config }) => config.mainEntryPointFilePath),
});
const changed: string[] = [];
for (const { file, config } of reports) {
  const { apiReportChanged, errorCount } = Extractor.invoke(config, {
    localBuild: !isCheck,
    compilerState,
    messageCallback: onMessage,
  });
  if (errorCount > 0) process.exitCode = 1;
  if (apiReportChanged) changed.push(file);
}
const names = new Set(reports.map(({ file }) => file));
const stale = readdirSync(folder).filter((name) => !names.has(name));

if (isCheck && changed.length + stale.length > 0) {
  for (const name of [...changed, ...stale]) process.stderr.write(difference(name));
  process.stderr.write(
    `What the package gives has changed: ${[...changed, ...stale].join(', ')}. ` +
      'Run npm run api, and look at the difference before you commit it.\n',
  );
  process.exitCode = 1;
} else if (!isCheck) {
  for (const name of stale) rmSync(join(folder, name));
  process.stdout.write(`Wrote ${names.size} reports to api/, ${changed.length} of them anew.\n`);
}
