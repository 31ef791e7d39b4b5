/** The merchant's side of a notification, and a scheduler whose time passes when a test says so. */
import type { DeliveryReport, RequestReport, SandboxOptions } from '../../src/sandbox/index.ts';

export interface Received {
  url: string;
  headers: Headers;
  redirect: string;
  text: string;
  json: {
    _input_charset: string;
    notify_id: string;
    notify_time: string;
    notify_timestamp: number;
    acquireOrder: Record<string, unknown>;
    refundOrder: Record<string, unknown>;
  };
}

/** A promise and the function that resolves it. */
export function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

export const accept = () => new Response('{"response":"SUCCESS"}');

/** Takes the sandbox's notifications; `reply` answers the n-th (from 1). */
export function openShop(
  reply: (attempt: number, signal: AbortSignal) => Response | Promise<Response> = accept,
) {
  const received: Received[] = [];
  const reports: DeliveryReport[] = [];
  const requests: RequestReport[] = [];
  const waiting: ((report: DeliveryReport) => void)[] = [];
  let taken = 0;
  const timers = new Map<() => void, number>();

  const options = {
    fetch: async (input, init) => {
      const { url, headers, signal, redirect } = new Request(input, init);
      const text = await new Response(init?.body).text();
      received.push({ url, headers, redirect, text, json: JSON.parse(text) });
      return reply(received.length, signal);
    },
    schedule: (ms, callback) => {
      timers.set(callback, ms);
      return () => timers.delete(callback);
    },
    requestLog: (entry) => {
      if (entry.kind === 'request') return void requests.push(entry);
      reports.push(entry);
      waiting.shift()?.(entry);
    },
  } satisfies SandboxOptions;

  return {
    options,
    received,
    requests,
    /** The next attempt's report, as soon as that attempt is over. */
    async nextReport(): Promise<DeliveryReport> {
      const ready = reports[taken];
      taken += 1;
      return ready ?? new Promise((resolve) => waiting.push(resolve));
    },
    /** The waits of all timers that are set, ms. */
    pending: () => [...timers.values()],
    /** Lets the timer with this wait run out. */
    elapse(ms: number) {
      const due = [...timers].find(([, wait]) => wait === ms);
      if (!due) throw new Error(`No timer of ${ms} ms; there are ${[...timers.values()]}`);
      timers.delete(due[0]);
      due[0]();
    },
  };
}
