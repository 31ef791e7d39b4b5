/**
 * `npm run test:mutants`: breaks the code on which the money hangs in every way Stryker knows, one at a
 * time, and counts how many of the breakages the tests notice. bench/README.md has the scores.
 */
export default {
  testRunner: 'loaded-tests',
  plugins: ['./tools/mutants/test-runner.ts'],
  loadedTests: {
    files: [
      'test/protocol.test.ts',
      'test/order/!(prerendered).test.ts', // that one wants an element
      'test/server/{signature,notifications,notification-answers,refund-notifications}.test.ts',
    ],
  },
  coverageAnalysis: 'perTest',
  mutate: [
    'src/order/*.ts',
    'src/{protocol,order-status}.ts',
    'src/server/payby/signature.ts',
    'src/server/http/notifications.ts',
  ],
  checkers: [],
  concurrency: 1,
  timeoutMS: 15_000,
  disableTypeChecks: false,
  // Without the tsconfigs: Stryker would rewrite them by an API that TypeScript 7 no longer has.
  ignorePatterns: ['/dist', '/build', '/examples', '/demo', '/docs', '/bench', '/tsconfig*.json'],
  tempDirName: 'build/mutants/sandboxes',
  reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
  jsonReporter: { fileName: 'build/mutants/report.json' },
  htmlReporter: { fileName: 'build/mutants/report.html' },
  clearTextReporter: {
    allowColor: false,
    logTests: false,
    reportTests: false,
    reportMutants: false,
  },
  thresholds: { high: 95, low: 85, break: 90 },
};
