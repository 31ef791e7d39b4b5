import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestRunnerConfig } from '@web/test-runner';
import type { FileCoverage } from './coverage.ts';

/** What the runner needs to have Chromium count what runs; the other engines have no such count. */
export const countCoverage = {
  coverage: true,
  coverageConfig: { report: false, include: ['src/**/*.ts'] },
} satisfies Partial<TestRunnerConfig>;

/** Writes what ran of each source file as JSON to `path` when the run is over. */
export function browserCoverageReporter(path: string): Reporter {
  return {
    onTestRunFinished({ testCoverage }) {
      if (!testCoverage) return;
      const { coverageMap } = testCoverage;
      const files = coverageMap.files().map((file): FileCoverage => {
        const { lines, branches, functions } = coverageMap.fileCoverageFor(file).toSummary();
        return {
          file: relative(process.cwd(), file).replaceAll('\\', '/'),
          lines,
          branches,
          functions,
        };
      });
      writeFileSync(path, JSON.stringify(files));
    },
  };
}
