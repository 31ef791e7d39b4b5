/**
 * `npm test`: everything that must hold, one step after the other, and none left out because an
 * earlier one failed. The last line is `N passed, N failed`; the exit code is 1 when anything
 * failed or nothing ran.
 */
import { join } from 'node:path';
import { describeMissing, findBrowsers } from './support/browsers.ts';
import { installPackages } from './support/debian-packages.ts';
import { reportCoverage } from './support/report-coverage.ts';
import { runCommand } from './support/run-command.ts';
import {
  check,
  failed,
  passed,
  type Result,
  runSteps,
  say,
  testBrowsers,
  testNode,
} from './support/steps.ts';

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

const nodeTests = [
  'test/*.test.ts',
  'test/{acceptance,bench,cli,docs,package,release,sandbox,server,verify}/**/*.test.ts',
];

installPackages(say);
await runSteps(
  [
    ['Formatting and lint', async () => [await check('biome', 'biome', 'check')]],
    ['Types', checkTypes],
    ['Build', async () => [await check('build', 'node', 'tools/build.ts')]],
    ['Sizes', async () => [await check('sizes', 'node', 'bench/size.ts')]],
    ['Browser tests', () => testBrowsers([], { coverage: true })],
    ['Node tests', () => testNode('node tests', nodeTests, { coverage: true, concurrency: 2 })],
    ['Faults', () => testNode('faults', ['test/faults/**/*.test.ts'], { timeout: 300_000 })],
    ['End-to-end tests', () => testNode('end-to-end tests', ['test/e2e/**/*.test.ts'])],
    ['Server rendering', () => testNode('server rendering', ['test/ssr/**/*.test.ts'])],
    [
      'Strict hosts',
      () => testNode('strict hosts', ['test/hosts/**/*.test.ts'], { timeout: 300_000 }),
    ],
    ['Looks', () => testNode('looks', ['test/visual/**/*.test.ts'], { timeout: 300_000 })],
    ['Coverage', reportCoverage],
  ],
  describeMissing(findBrowsers()),
);
