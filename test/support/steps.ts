import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeMissing, findBrowsers } from './browsers.ts';
import type { NodeCount } from './count-reporter.ts';
import { endRunningCommands, type RunOptions, runCommand } from './run-command.ts';
import type { BrowserSummary, Count } from './summary-file-reporter.ts';

/** One line for each thing that was counted in a step, for the summary. */
export type Result = Count & { name: string };

export type Step = [heading: string, run: () => Promise<Result[]>];

export const passed: Count = { passed: 1, failed: 0, skipped: 0 };
export const failed: Count = { passed: 0, failed: 1, skipped: 0 };

export const say = (line: string) => process.stdout.write(`${line}\n`);
const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** A folder for this run alone. */
export const scratch = mkdtempSync(join(tmpdir(), 'payby-checkout-run-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => endRunningCommands().finally(() => process.exit(1)));
}

/** Runs a tool that either succeeds or not: one passed or one failed. */
export async function check(name: string, command: string, ...args: string[]): Promise<Result> {
  const { ok } = await runCommand(command, args);
  return { name, ...(ok ? passed : failed) };
}

/** Where a run of the browser tests leaves what ran of the sources; one of Node's leaves it with its count. */
export const coverageFiles = {
  browser: join(scratch, 'browser-coverage.json'),
  node: join(scratch, 'node-coverage.json'),
};

/** Runs browser test files in every engine there is; all of them when none are named. Where CI is set, all must be. */
export async function testBrowsers(
  files: string[],
  options: RunOptions & { coverage?: boolean },
): Promise<Result[]> {
  const summaryFile = join(scratch, 'browsers.json');
  rmSync(summaryFile, { force: true });
  const args = files.length > 0 ? ['--files', ...files] : [];
  const env = {
    BROWSER_SUMMARY: summaryFile,
    ...(options.coverage && { BROWSER_COVERAGE: coverageFiles.browser }),
    ...options.env,
  };
  const { ok } = await runCommand('web-test-runner', args, { ...options, env });
  const summary = readJson<BrowserSummary>(summaryFile) ?? {};
  const results = Object.entries(summary).map(([name, count]) => ({ name, ...counted(count) }));
  const missing = process.env.CI ? describeMissing(findBrowsers()) : [];
  for (const line of missing) results.push({ name: line, ...failed });
  return withExit('browser tests', ok, results);
}

/** Runs Node's tests; a single one may take `timeout` ms. */
export async function testNode(
  name: string,
  patterns: string[],
  {
    timeout = 60_000,
    env = {},
    coverage = false,
    concurrency = 1,
  }: {
    timeout?: number;
    env?: Record<string, string>;
    coverage?: boolean;
    /** How many files at a time. */
    concurrency?: number;
  } = {},
): Promise<Result[]> {
  if (hasNone(...patterns)) return [];
  const countFile = join(scratch, 'node.json');
  rmSync(countFile, { force: true });
  const args = [
    '--test',
    `--test-timeout=${timeout}`,
    `--test-concurrency=${concurrency}`,
    '--test-reporter=./test/support/failures-reporter.ts',
    '--test-reporter-destination=stdout',
    '--test-reporter=./test/support/count-reporter.ts',
    `--test-reporter-destination=${countFile}`,
    ...(coverage ? ['--experimental-test-coverage', '--test-coverage-include=src/**'] : []),
    ...patterns,
  ];
  const { ok } = await runCommand('node', args, { env });
  const { files, ...count } = readJson<NodeCount>(countFile) ?? {
    passed: 0,
    failed: 0,
    skipped: 0,
  };
  if (files) writeFileSync(coverageFiles.node, JSON.stringify(files));
  return withExit(name, ok, [{ name, ...counted(count) }]);
}

/** Test files exist here, so a run without a single test is a failure. */
export function counted(count: Count): Count {
  if (count.passed + count.failed > 0) return count;
  say('Test files exist, but no test ran.');
  return { ...count, failed: 1 };
}

/** A runner that ended badly although no test failed is a failure of its own. */
export function withExit(name: string, ok: boolean, results: Result[]): Result[] {
  if (ok || results.some((result) => result.failed > 0)) return results;
  return [...results, { name: `${name}, as a whole`, ...failed }];
}

export function hasNone(...patterns: string[]): boolean {
  if (globSync(patterns).length > 0) return false;
  say(`No files match ${patterns.join(' ')} yet.`);
  return true;
}

export function readJson<Shape>(file: string): Shape | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Shape;
  } catch {
    return undefined; // the runner ended before it wrote one
  }
}

/**
 * Runs the steps one after the other, and leaves none out because an earlier one failed. The last line
 * is `N passed, N failed`; the exit code is 1 when anything failed or nothing ran.
 *
 * With TALLY, a file's name, the last line counts what the runs before this one left there, too; `after`
 * names the one that must have.
 */
export async function runSteps(steps: Step[], notes: string[], after?: string): Promise<void> {
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
  const tally = process.env.TALLY;
  if (tally) {
    const before = readJson<Result[]>(tally);
    if (!before && after) results.unshift({ name: `${after}, which did not end`, ...failed });
    results.unshift(...(before ?? []));
    writeFileSync(tally, JSON.stringify(results));
  }

  const total = (key: keyof Count) => results.reduce((sum, result) => sum + result[key], 0);
  say('');
  for (const { name, failed } of results) if (failed > 0) say(`Failed: ${name} (${failed})`);
  for (const line of notes) say(line);
  if (total('passed') === 0 || total('failed') > 0) process.exitCode = 1;
  say(`${total('passed')} passed, ${total('failed')} failed`);
}
