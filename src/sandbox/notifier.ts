import * as v from 'valibot';
import { notifyTime, type Schedule } from './time.ts';

const minute = 60_000;

/** PayBy's documented waits before the second to the eighth attempt, ms. */
export const retryDelays: readonly number[] = [2, 10, 10, 60, 120, 360, 900].map((n) => n * minute);

/** An attempt without an answer is given up after this long, ms. */
export const attemptTimeout = 10_000;

/** What came of one attempt to deliver a notification. */
export interface DeliveryReport {
  kind: 'notification';
  notifyId: string;
  url: string;
  /** From 1 to 8. */
  attempt: number;
  /** `accepted`, or in a few words what was wrong. */
  outcome: string;
  /** When the next attempt follows, ms from now; absent when there is none. */
  retryIn?: number;
}

export interface NotifierPorts {
  fetch: typeof fetch;
  schedule: Schedule;
  /** Epoch ms. */
  now: () => number;
  /** The `sign` header for these bytes. */
  sign: (body: Uint8Array) => string;
  /** Divides the retry delays: 1 is as documented, 60 turns minutes into seconds. */
  timeScale: number;
  report: (report: DeliveryReport) => void;
}

/** What a notification is about: `{acquireOrder}` (or `{refundOrder}`), as it was at that moment. */
export type NotificationContent = Record<string, unknown>;

interface Delivery {
  id: string;
  url: string;
  content: NotificationContent;
}

const success = v.looseObject({ response: v.literal('SUCCESS') });

/**
 * Delivers notifications the way PayBy does: signed, until the merchant answers 200 with
 * `{"response":"SUCCESS"}`, at most eight times. Any http(s) host is called: the merchant of a
 * sandbox is whoever runs it.
 */
export class Notifier {
  readonly #ports: NotifierPorts;
  readonly #timers = new Set<() => void>();
  readonly #closing = new AbortController();
  #serial = 0;

  constructor(ports: NotifierPorts) {
    this.#ports = ports;
  }

  /** Starts a delivery and returns at once. */
  send(url: string, content: NotificationContent): void {
    this.#serial += 1;
    const day = notifyTime(this.#ports.now()).slice(0, 8);
    const id = `${day}${String(this.#serial).padStart(10, '0')}`;
    void this.#attempt({ id, url, content }, 1);
  }

  /** Ends every delivery, also the one under way; none starts any more. */
  close(): void {
    this.#closing.abort();
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  async #attempt(delivery: Delivery, attempt: number): Promise<void> {
    const closing = this.#closing.signal;
    if (closing.aborted) return;
    const outcome = await this.#post(delivery);
    if (closing.aborted) return;
    const delay = outcome === 'accepted' ? undefined : retryDelays[attempt - 1];
    const retryIn = delay === undefined ? undefined : delay / this.#ports.timeScale;
    if (retryIn !== undefined) {
      this.#after(retryIn, () => void this.#attempt(delivery, attempt + 1));
    }
    const { id: notifyId, url } = delivery;
    this.#ports.report({ kind: 'notification', notifyId, url, attempt, outcome, retryIn });
  }

  /** One attempt; resolves to `accepted` or to what was wrong, and never rejects. */
  async #post({ id, url, content }: Delivery): Promise<string> {
    const timeout = new AbortController();
    const stop = this.#after(attemptTimeout, () => timeout.abort());
    try {
      const body = encode({ ...content, ...stamp(id, this.#ports.now()) });
      const response = await this.#ports.fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', sign: this.#ports.sign(body) },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([timeout.signal, this.#closing.signal]),
      });
      return await judge(response);
    } catch (cause) {
      if (timeout.signal.aborted) return `no answer within ${attemptTimeout / 1000} s`;
      return cause instanceof Error ? cause.message : 'not reachable';
    } finally {
      stop();
    }
  }

  #after(ms: number, callback: () => void): () => void {
    const forget = () => {
      cancel();
      this.#timers.delete(forget);
    };
    const cancel = this.#ports.schedule(ms, () => {
      this.#timers.delete(forget);
      callback();
    });
    this.#timers.add(forget);
    return forget;
  }
}

/** The id stays the same over all attempts, the time is each attempt's own. */
const stamp = (id: string, now: number) => ({
  notify_id: id,
  notify_time: notifyTime(now),
  notify_timestamp: now,
});

const encode = (content: Record<string, unknown>) =>
  new TextEncoder().encode(JSON.stringify({ _input_charset: 'UTF-8', ...content }));

async function judge(response: Response): Promise<string> {
  if (response.status !== 200) {
    await response.body?.cancel();
    return `answered ${response.status} instead of 200`;
  }
  const text = await response.text();
  try {
    if (v.is(success, JSON.parse(text))) return 'accepted';
  } catch {
    // Falls through: an answer that is no JSON is as wrong as any other.
  }
  return `answered ${JSON.stringify(text.slice(0, 80))} instead of {"response":"SUCCESS"}`;
}
