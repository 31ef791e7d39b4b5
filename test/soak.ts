/**
 * `npm run test:soak` (after `npm run build`): what takes too long for every `npm test`. The properties
 * hold on other courses than there, ten thousand in every engine; codes are read from distorted pictures;
 * the examples are built and paid in every framework, and the server kit runs on Bun, Deno and workerd;
 * pages keep their budgets on a slow phone; a thousand checkouts that come and go leave nothing behind;
 * servers and stores are killed two hundred times each. The last line is `N passed, N failed`.
 *
 * SEED=$RANDOM takes courses that no run before has taken; SCALE=10 takes ten times as many.
 */
import { join } from 'node:path';
import { describeMissing, findBrowsers } from './support/browsers.ts';
import { installPackages } from './support/debian-packages.ts';
import { check, runSteps, say, testBrowsers, testNode } from './support/steps.ts';

process.chdir(join(import.meta.dirname, '..'));

const { SEED = '971', SCALE = '1' } = process.env;
const properties = ['test/element/properties.test.ts'];
const timeout = 1_200_000 * Number(SCALE);

installPackages(say);
await runSteps(
  [
    [
      `Properties, with SEED=${SEED}`,
      () => testBrowsers(properties, { env: { SEED, SCALE }, timeout }),
    ],
    [
      'Scannability',
      () => testNode('scannability', ['test/scan/**/*.test.ts'], { timeout: 300_000 }),
    ],
    [
      'Frameworks',
      async () => [
        await check('examples', 'npm', 'ci', '--prefix', 'examples', '--no-audit', '--no-fund'),
        ...(await testNode('frameworks', ['test/frameworks/**/*.test.ts'], { timeout: 300_000 })),
      ],
    ],
    ['Runtimes', () => testNode('runtimes', ['test/runtimes/**/*.test.ts'], { timeout: 300_000 })],
    ['Pages', async () => [await check('pages', 'node', 'bench/page.ts')]],
    ['Leaks', async () => [await check('leaks', 'node', 'bench/leak.ts')]],
    [
      'Kills',
      () =>
        testNode('kills', ['test/faults/kill-*.test.ts', 'test/server/stores/*-crash.test.ts'], {
          timeout: 500_000,
          env: { KILLS: '200', STORE_KILLS: '200' },
        }),
    ],
  ],
  describeMissing(findBrowsers()),
  'npm test',
);
