import { defaultReporter } from '@web/test-runner';
import { browserCoverageReporter, countCoverage } from './test/support/browser-coverage.ts';
import { launchersFor, stopBrowsers } from './test/support/browser-launchers.ts';
import { describeMissing, engines, findBrowsers } from './test/support/browsers.ts';
import { freePort } from './test/support/free-port.ts';
import { summaryFileReporter } from './test/support/summary-file-reporter.ts';
import { viteMiddleware } from './test/support/vite-middleware.ts';

const files = ['test/{element,order,device}/**/*.test.ts'];

/** `--browser=firefox,webkit` or BROWSERS=firefox,webkit; all engines when neither is given. */
function wantedEngines() {
  const flag = process.argv.find((argument) => argument.startsWith('--browser='));
  const list = flag?.slice('--browser='.length) ?? process.env.BROWSERS;
  if (!list) return [...engines];
  const wanted = list.split(',').map((name) => name.trim().toLowerCase());
  const unknown = wanted.filter((name) => !engines.includes(name));
  if (unknown.length > 0) {
    throw new Error(`No engine is called "${unknown.join('", "')}"; use ${engines.join(', ')}.`);
  }
  return wanted;
}

const wanted = wantedEngines();
const found = findBrowsers();
for (const engine of engines) if (!wanted.includes(engine)) delete found[engine];
for (const line of describeMissing(found, wanted)) process.stderr.write(`${line}\n`);

const summaryFile = process.env.BROWSER_SUMMARY;
/** Where to leave what ran of the sources in Chromium; nothing is counted without. */
const coverageFile = process.env.BROWSER_COVERAGE;
const vite = viteMiddleware(files);

const browsers = await launchersFor(found);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => stopBrowsers(browsers).finally(() => process.exit(1)));
}

/** The courses of a soak test, for test/element/properties.test.ts. */
const { SEED, SCALE = '1' } = process.env;
const runs = SEED ? { seed: Number(SEED), scale: Number(SCALE) } : undefined;

/** Each test file gets an empty storage, although the browsers use one tab for all of them. */
const testPage = (framework) => `<!DOCTYPE html>
<html lang="en">
  <head><title>Test</title><script>
    sessionStorage.clear(); localStorage.clear();
    ${runs ? `window.propertyRuns = ${JSON.stringify(runs)};` : ''}
  </script></head>
  <body><script type="module" src="${framework}"></script></body>
</html>`;

export default {
  files,
  port: await freePort(),
  browsers,
  concurrentBrowsers: engines.length,
  concurrency: 1, // focus and visibility belong to one page at a time
  staticLogging: !process.stdout.isTTY,
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 300_000 * (runs ? 4 * runs.scale : 1), // thousands of courses take their time
  ...(coverageFile ? countCoverage : {}),
  plugins: [vite.plugin],
  middleware: [vite.middleware],
  testRunnerHtml: testPage,
  testFramework: { config: { ui: 'bdd', timeout: 20_000 } },
  reporters: [
    // a program that reads the summary shows the numbers itself
    defaultReporter({ reportTestProgress: process.stdout.isTTY || !summaryFile }),
    ...(summaryFile ? [summaryFileReporter(summaryFile)] : []),
    ...(coverageFile ? [browserCoverageReporter(coverageFile)] : []),
  ],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
};
