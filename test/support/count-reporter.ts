import type { TestEvent } from 'node:test/reporters';
import { type FileCoverage, inNode } from './coverage.ts';
import type { Count } from './summary-file-reporter.ts';

/** What the reporter writes; `files` where Node was asked to count what runs of them. */
export type NodeCount = Count & { files?: FileCoverage[] };

/**
 * A `node --test` reporter that prints nothing but the run's counts, as JSON. A file without any
 * test passes by Node's rules; here it counts for nothing.
 */
export default async function* countReporter(events: AsyncIterable<TestEvent>) {
  const count: NodeCount = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    if (type === 'test:coverage') count.files = inNode(data.summary);
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details.type === 'suite') continue;
    if (data.skip || data.todo) count.skipped += 1;
    else if (type === 'test:fail') count.failed += 1;
    else if (!isWholeFile(data.name, data.file)) count.passed += 1;
  }
  yield JSON.stringify(count);
}

function isWholeFile(name: string, file: string | undefined): boolean {
  return file?.replaceAll('\\', '/').endsWith(`/${name.replaceAll('\\', '/')}`) ?? false;
}
