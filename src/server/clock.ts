/** The time, as a port: tests turn the clock by hand, so nothing in them sleeps. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Runs `task` once, `delay` ms from now; the answer cancels it. A task in the `background` does not
   * keep the process alive.
   */
  after(delay: number, task: () => void, options?: { background?: boolean }): () => void;
}

/** The machine's own clock and timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delay, task, { background = false } = {}) {
    const timer: unknown = setTimeout(task, delay);
    if (background && hasUnref(timer)) timer.unref();
    return () => clearTimeout(timer as number);
  },
};

/** Timers of Node, Bun and Deno's Node mode can be let go; those of other runtimes keep nothing alive. */
const hasUnref = (timer: unknown): timer is { unref(): void } =>
  typeof timer === 'object' && timer !== null && 'unref' in timer;

/** What a run that took too long ends with. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Runs `task` for at most `limit` ms. Its signal is aborted at the deadline, and the answer does not
 * wait for a task that ignores it.
 *
 * @throws DeadlineError at the deadline; otherwise whatever `task` throws
 */
export async function withDeadline<Result>(
  clock: Clock,
  limit: number,
  task: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  let cancel = () => {};
  const deadline = new Promise<never>((_, reject) => {
    cancel = clock.after(limit, () => {
      reject(new DeadlineError(`no result within ${limit} ms`));
      controller.abort();
    });
  });
  try {
    return await Promise.race([task(controller.signal), deadline]);
  } finally {
    cancel();
  }
}

/** Waits for `promise`, however it ends, but never longer than `limit` ms. */
export async function waitAtMost(
  clock: Clock,
  limit: number,
  promise: Promise<unknown>,
): Promise<void> {
  await withDeadline(clock, limit, () => promise).catch(() => {});
}
