/**
 * `npm test`: everything that must hold, one step after the other, and none left out because an
 * earlier one failed. The last line is `N passed, N failed`; the exit code is 1 when anything
 * failed or nothing ran.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describeMissing, findBrowsers } from './support/browsers.ts';
import { installPackages } from './support/debian-packages.ts';
import { runCommand } from './support/run-command.ts';
import {
  check,
  counted,
  failed,
  hasNone,
  passed,
  type Result,
  readJson,
  runSteps,
  say,
  scratch,
  testBrowsers,
  withExit,
} from './support/steps.ts';
import type { Count } from './support/summary-file-reporter.ts';

process.chdir(join(import.meta.dirname, '..'));

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

const nodeTests = [
  'test/*.test.ts',
  'test/{acceptance,cli,docs,package,sandbox,server,verify}/**/*.test.ts',
];

installPackages(say);
await runSteps(
  [
    ['Formatting and lint', async () => [await check('biome', 'biome', 'check')]],
    ['Types', checkTypes],
    ['Build', async () => [await check('build', 'node', 'tools/build.ts')]],
    ['Sizes', async () => [await check('sizes', 'node', 'bench/size.ts')]],
    ['Browser tests', () => testBrowsers([], {})],
    ['Node tests', () => testNode('node tests', nodeTests)],
    ['End-to-end tests', () => testNode('end-to-end tests', ['test/e2e/**/*.test.ts'])],
    ['Looks', () => testNode('looks', ['test/visual/**/*.test.ts'], 300_000)],
    ['Scannability', () => testNode('scannability', ['test/scan/**/*.test.ts'], 300_000)],
  ],
  describeMissing(findBrowsers()),
);
