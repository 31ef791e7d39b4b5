/**
 * Fails a browser test file when anything in its page threw outside a test's own promise. The
 * runner only logs such errors. Every browser test file gets this module as its first import.
 *
 * A test that throws on purpose calls `preventDefault()` on the event in a listener of its own.
 */
interface Uncaught {
  event: ErrorEvent | PromiseRejectionEvent;
  during: string;
}

const uncaught: Uncaught[] = [];
let during = 'before the first test';

const record = (event: ErrorEvent | PromiseRejectionEvent) => {
  uncaught.push({ event, during });
};
// the runner prints the stack of each among the browser's logs
addEventListener('error', record);
addEventListener('unhandledrejection', record);

function tell({ event, during }: Uncaught): string {
  const cause: unknown = 'reason' in event ? event.reason : (event.error ?? event.message);
  return `Uncaught ${during}: ${cause instanceof Error ? cause.message : cause}`;
}

/** The browser's notice that a resize observer needs another frame; it is not an error. */
function isResizeNotice({ event }: Uncaught): boolean {
  return 'message' in event && event.message.startsWith('ResizeObserver loop');
}

beforeEach(function () {
  during = `in "${this.currentTest?.fullTitle()}"`;
});

after('nothing was thrown outside the tests', async () => {
  await new Promise((resolve) => setTimeout(resolve, 20)); // for what the last test left behind
  const errors = uncaught.filter(
    (entry) => !entry.event.defaultPrevented && !isResizeNotice(entry),
  );
  if (errors.length > 0) throw new Error(errors.map(tell).join('\n'));
});
