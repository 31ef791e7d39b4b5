import { type Reply, refusal } from '../http/api-answer.ts';
import type { Schedule } from '../time/time.ts';
import { Refusal, type ReturnName } from '../wire/return-codes.ts';
import type { CallFault } from './faults.ts';

export interface FaultPorts {
  schedule: Schedule;
  /** Ends with the sandbox: nothing is held any longer. */
  closing: AbortSignal;
}

/** These codes have an HTTP status of their own; others are answered with 200. */
const statuses: { [Name in ReturnName]?: 500 | 504 } = { SYSTEM_ERROR: 500, SERVICE_TIMEOUT: 504 };

/** What makes a right answer one that cannot be trusted or read. */
const spoilt: Record<'delay' | 'wrong-signature' | 'unsigned' | 'cut-off', Partial<Reply>> = {
  delay: {},
  'wrong-signature': {
    signature: (bytes, sign) => ({ sign: sign(Uint8Array.of(...bytes.subarray(1))) }),
  },
  unsigned: { signature: () => ({}) },
  'cut-off': { cut: true },
};

/**
 * Does a call's work, or leaves it undone, as its fault says.
 *
 * @param gone ends when the caller gives up
 * @returns what to answer; undefined to cut the connection instead
 */
export async function workWithFault(
  work: () => Reply,
  fault: CallFault | undefined,
  { schedule, closing, gone }: FaultPorts & { gone: AbortSignal },
): Promise<Reply | undefined> {
  if (!fault) return refusable(work);
  const isLeftUndone = 'done' in fault ? !fault.done : replaces.has(fault.kind);
  const reply = isLeftUndone ? undefined : refusable(work);
  const over = AbortSignal.any([gone, closing]);
  if (fault.delay !== undefined) await passed(fault.delay, schedule, over);
  if (closing.aborted) return undefined;
  switch (fault.kind) {
    case 'code':
      return refusal(new Refusal(fault.code), statuses[fault.code]);
    case 'silence':
      await ended(over);
      return undefined;
    case 'reset':
      return undefined;
    default:
      return reply && { ...reply, ...spoilt[fault.kind] };
  }
}

/** In place of the work's own answer comes another one, or none. */
const replaces: ReadonlySet<CallFault['kind']> = new Set(['code', 'silence', 'reset']);

function refusable(work: () => Reply): Reply {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof Refusal) return refusal(cause);
    throw cause;
  }
}

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

function passed(ms: number, schedule: Schedule, over: AbortSignal): Promise<void> {
  let stop = () => {};
  const wait = new Promise<void>((resolve) => {
    stop = schedule(ms, resolve);
  });
  return Promise.race([wait, ended(over)]).finally(stop);
}
