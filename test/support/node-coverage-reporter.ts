import { relative } from 'node:path';
import type { TestEvent } from 'node:test/reporters';
import type { FileCoverage } from './coverage.ts';

/** A `node --test` reporter that prints what ran of each source file, as JSON. */
export default async function* nodeCoverageReporter(events: AsyncIterable<TestEvent>) {
  for await (const { type, data } of events) {
    if (type !== 'test:coverage') continue;
    const files = data.summary.files.map(
      (file): FileCoverage => ({
        file: relative(data.summary.workingDirectory, file.path).replaceAll('\\', '/'),
        lines: { covered: file.coveredLineCount, total: file.totalLineCount },
        branches: { covered: file.coveredBranchCount, total: file.totalBranchCount },
        functions: { covered: file.coveredFunctionCount, total: file.totalFunctionCount },
      }),
    );
    yield JSON.stringify(files);
  }
}
