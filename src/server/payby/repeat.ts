/** Sending the same again while nobody knows what became of it, for operations that allow it. */
import type { Clock } from '../clock.ts';
import { operations } from './operations.ts';
import { PaybyError, type PaybyOperation, PaybyUnknownError } from './payby-error.ts';

/** What one call of an operation may spend, over all its attempts. */
export interface Allowance {
  /** Attempts after the first. */
  readonly retries: number;
  /** For each attempt, ms. */
  readonly timeout: number;
  /** When the last attempt is given up, epoch ms. */
  readonly endsAt: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * The pause after the `failed`th failed attempt, ms: 3 s, 4.5 s, then 6 s. PayBy's acceptance cases want
 * queries 2–6 s and cancels 3–10 s apart; each of these is both.
 */
const pauseAfter = (failed: number): number => Math.min(3_000 * 1.5 ** (failed - 1), 6_000);

/** Whether the same request may fare better in a moment: PayBy's own trouble, or the way there. */
const isPassing = ({ reason, httpStatus = 0 }: PaybyUnknownError): boolean =>
  reason === 'gateway' ||
  reason === 'network' ||
  reason === 'timeout' ||
  // The error page of something that stands before PayBy.
  (reason === 'signature' && httpStatus >= 500);

/**
 * Runs `attempt` until its outcome is known or the allowance is spent.
 *
 * @param attempt gets the ms it may take
 * @throws PaybyError for a refusal; after an unknown attempt that is its `cause`, and the refusal is
 *   thrown only when it settles what became of that one
 * @throws PaybyUnknownError the last one; when a later attempt was refused, the refusal is its `cause`
 */
export async function repeat<Result>(
  clock: Clock,
  operation: PaybyOperation,
  { retries, timeout, endsAt, signal }: Allowance,
  attempt: (limit: number) => Promise<Result>,
): Promise<Result> {
  const { repeatable, settles } = operations[operation];
  let unknown: PaybyUnknownError | undefined;
  for (let failed = 1; ; failed += 1) {
    try {
      return await attempt(Math.min(timeout, endsAt - clock.now()));
    } catch (thrown) {
      if (thrown instanceof PaybyError && unknown) {
        throw settles(thrown) ? because(thrown, unknown) : undecided(unknown, thrown);
      }
      if (!(thrown instanceof PaybyUnknownError)) throw unknown ?? thrown;
      unknown = thrown;
    }
    const pause = pauseAfter(failed);
    const isLast = !repeatable || failed > retries || clock.now() + pause >= endsAt;
    if (isLast || !isPassing(unknown)) throw unknown;
    await waitFor(clock, pause, signal);
    if (signal?.aborted) throw unknown;
  }
}

function because(refusal: PaybyError, unknown: PaybyUnknownError): PaybyError {
  refusal.cause = unknown;
  return refusal;
}

function undecided(unknown: PaybyUnknownError, refusal: PaybyError): PaybyUnknownError {
  const { operation, reason } = unknown;
  const { applyStatus, code, msg, traceCode } = refusal;
  const said = `${applyStatus} ${code} ${msg ?? ''}`.trimEnd();
  const message = `an attempt was not answered (${reason}), and PayBy answered ${said} to the next`;
  return new PaybyUnknownError({
    operation,
    reason,
    message,
    code,
    msg,
    traceCode,
    cause: refusal,
  });
}

/** Ends early, and quietly, when the signal is aborted. */
const waitFor = (clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(ms, end);
    signal?.addEventListener('abort', end);
  });
