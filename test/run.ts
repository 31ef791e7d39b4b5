/**
 * `npm test`: everything that must hold, one step after the other, and none left out because an
 * earlier one failed. The last line is `N passed, N failed`; the exit code is 1 when anything
 * failed or nothing ran.
 */
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeMissing, findBrowsers, installBrowsers } from './support/browsers.ts';
import { endRunningCommands, runCommand } from './support/run-command.ts';
import type { BrowserSummary, Count } from './support/summary-file-reporter.ts';

process.chdir(join(import.meta.dirname, '..'));
const scratch = mkdtempSync(join(tmpdir(), 'payby-checkout-run-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => endRunningCommands().finally(() => process.exit(1)));
}

/** One line for each thing that was counted in a step, for the summary. */
type Result = Count & { name: string };

const passed: Count = { passed: 1, failed: 0, skipped: 0 };
const failed: Count = { passed: 0, failed: 1, skipped: 0 };

const say = (line: string) => process.stdout.write(`${line}\n`);
const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Runs a tool that either succeeds or not: one passed or one failed. */
async function check(name: string, command: string, ...args: string[]): Promise<Result> {
  const { ok } = await runCommand(command, args);
  return { name, ...(ok ? passed : failed) };
}

async function checkTypes(): Promise<Result[]> {
  const results: Result[] = [];
  for (const config of ['tsconfig.json', 'tsconfig.node.json', 'tsconfig.test.json']) {
    const { ok, output } = await runCommand('tsc', ['-p', config, '--pretty'], { capture: true });
    if (output.includes('TS18003')) {
      say(`${config}: no files yet.`);
      continue;
    }
    if (!ok) say(output.trimEnd());
    results.push({ name: config, ...(ok ? passed : failed) });
  }
  return results;
}

async function testBrowsers(): Promise<Result[]> {
  if (hasNone('test/{element,order,device}/**/*.test.ts')) return [];
  const summaryFile = join(scratch, 'browsers.json');
  const { ok } = await runCommand('web-test-runner', [], {
    env: { BROWSER_SUMMARY: summaryFile },
  });
  const summary = readJson<BrowserSummary>(summaryFile) ?? {};
  const results = Object.entries(summary).map(([name, count]) => ({ name, ...counted(count) }));
  return withExit('browser tests', ok, results);
}

async function testNode(name: string, patterns: string[], timeout = 60_000): Promise<Result[]> {
  if (hasNone(...patterns)) return [];
  const countFile = join(scratch, 'node.json');
  rmSync(countFile, { force: true });
  const { ok } = await runCommand('node', [
    '--test',
    `--test-timeout=${timeout}`,
    '--test-reporter=./test/support/failures-reporter.ts',
    '--test-reporter-destination=stdout',
    '--test-reporter=./test/support/count-reporter.ts',
    `--test-reporter-destination=${countFile}`,
    ...patterns,
  ]);
  const count = readJson<Count>(countFile) ?? { passed: 0, failed: 0, skipped: 0 };
  return withExit(name, ok, [{ name, ...counted(count) }]);
}

/** Test files exist here, so a run without a single test is a failure. */
function counted(count: Count): Count {
  if (count.passed + count.failed > 0) return count;
  say('Test files exist, but no test ran.');
  return { ...count, failed: 1 };
}

/** A runner that ended badly although no test failed is a failure of its own. */
function withExit(name: string, ok: boolean, results: Result[]): Result[] {
  if (ok || results.some((result) => result.failed > 0)) return results;
  return [...results, { name: `${name}, as a whole`, ...failed }];
}

function hasNone(...patterns: string[]): boolean {
  if (globSync(patterns).length > 0) return false;
  say(`No files match ${patterns.join(' ')} yet.`);
  return true;
}

function readJson<Shape>(file: string): Shape | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Shape;
  } catch {
    return undefined; // the runner ended before it wrote one
  }
}

const nodeTests = ['test/*.test.ts', 'test/{server,sandbox,package}/**/*.test.ts'];

const steps: [heading: string, run: () => Promise<Result[]>][] = [
  ['Formatting and lint', async () => [await check('biome', 'biome', 'check')]],
  ['Types', checkTypes],
  ['Build', async () => [await check('build', 'node', 'tools/build.ts')]],
  ['Sizes', async () => [await check('sizes', 'node', 'bench/size.ts')]],
  ['Browser tests', testBrowsers],
  ['Node tests', () => testNode('node tests', nodeTests)],
  ['End-to-end tests', () => testNode('end-to-end tests', ['test/e2e/**/*.test.ts'])],
  ['Looks', () => testNode('looks', ['test/visual/**/*.test.ts'], 300_000)],
  ['Scannability', () => testNode('scannability', ['test/scan/**/*.test.ts'], 300_000)],
];

installBrowsers(say);
const leftOut = describeMissing(findBrowsers());
const results: Result[] = [];
for (const [index, [heading, run]] of steps.entries()) {
  say(`\n== ${index + 1}/${steps.length} ${heading}`);
  const startedAt = performance.now();
  const stepResults = await run();
  for (const { name, passed, failed, skipped } of stepResults) {
    say(`${name}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  }
  say(`-- ${heading}: ${seconds(startedAt)}`);
  results.push(...stepResults);
}

const total = (key: keyof Count) => results.reduce((sum, result) => sum + result[key], 0);
say('');
for (const { name, failed } of results) if (failed > 0) say(`Failed: ${name} (${failed})`);
for (const line of leftOut) say(line);
if (total('passed') === 0) process.exitCode = 1;
if (total('failed') > 0) process.exitCode = 1;
say(`${total('passed')} passed, ${total('failed')} failed`);
