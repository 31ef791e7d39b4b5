import type { TestEvent } from 'node:test/reporters';

/**
 * A `node --test` reporter that prints nothing but the run's counts, as JSON. A file without any
 * test passes by Node's rules; here it counts for nothing.
 */
export default async function* countReporter(events: AsyncIterable<TestEvent>) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
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
