import { Readable } from 'node:stream';
import { spec, type TestEvent } from 'node:test/reporters';

const shown: readonly TestEvent['type'][] = ['test:fail', 'test:stderr', 'test:stdout'];

async function* withoutPasses(events: AsyncIterable<TestEvent>) {
  for await (const event of events) if (shown.includes(event.type)) yield event;
}

/** A `node --test` reporter like `spec` that says nothing about the tests that pass. */
export default async function* failuresReporter(events: AsyncIterable<TestEvent>) {
  yield* Readable.from(withoutPasses(events)).pipe(new spec());
}
