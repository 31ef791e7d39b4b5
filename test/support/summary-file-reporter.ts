import { writeFileSync } from 'node:fs';
import type { Reporter, TestSession, TestSuiteResult } from '@web/test-runner-core';

export interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/** What a browser test run leaves for the program that started it; keys are the engines' names. */
export type BrowserSummary = Record<string, Count>;

/** Writes a {@link BrowserSummary} as JSON to `path` when the run is over. */
export function summaryFileReporter(path: string): Reporter {
  return {
    onTestRunFinished({ sessions }) {
      writeFileSync(path, JSON.stringify(summarise(sessions)));
    },
  };
}

function summarise(sessions: TestSession[]): BrowserSummary {
  const summary: BrowserSummary = {};
  for (const session of sessions) {
    const count = summary[session.browser.name] ?? { passed: 0, failed: 0, skipped: 0 };
    summary[session.browser.name] = count;
    const failedBefore = count.failed;
    if (session.testResults) countSuite(session.testResults, count);
    // an error outside any test, or a file that never ran: one failure of its own
    if (session.errors.length > 0) count.failed += 1;
    else if (!session.passed && count.failed === failedBefore) count.failed += 1;
  }
  return summary;
}

function countSuite(suite: TestSuiteResult, count: Count): void {
  for (const test of suite.tests) {
    if (test.skipped) count.skipped += 1;
    else if (test.passed) count.passed += 1;
    else count.failed += 1;
  }
  for (const inner of suite.suites) countSuite(inner, count);
}
