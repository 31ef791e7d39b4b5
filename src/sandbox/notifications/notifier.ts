import type { NotificationFault } from '../faults/faults.ts';
import type { SandboxClock } from '../time/sandbox-clock.ts';
import { notifyTime, type Schedule } from '../time/time.ts';
import { postNotification, subjectsOf } from './post-notification.ts';

const minute = 60_000;

/** PayBy's documented waits before the second to the eighth attempt, ms. */
export const retryDelays: readonly number[] = [2, 10, 10, 60, 120, 360, 900].map((n) => n * minute);

/** An attempt without an answer is given up after this long, ms. */
const attemptTimeout = 10_000;

/** What came of one attempt to deliver a notification. */
export interface DeliveryReport {
  kind: 'notification';
  notifyId: string;
  url: string;
  /** The order or refund it tells of, by the merchant's number. */
  merchantOrderNo?: string;
  /** From 1 to 8; 0 where none was made, as a fault had it. */
  attempt: number;
  /** `accepted`, or in a few words what was wrong. */
  outcome: string;
  /** When the next attempt follows, ms from now; absent when there is none. */
  retryIn?: number;
  /** The fault that was asked for and struck. */
  fault?: NotificationFault['kind'];
}

export interface NotifierPorts {
  fetch: typeof fetch;
  /** For what happens on the line, such as an answer that does not come. */
  schedule: Schedule;
  /** The gateway's own waits pass on this one, which may be faster. */
  clock: SandboxClock;
  /** The `sign` header for these bytes. */
  sign: (body: Uint8Array) => string;
  /** What is to go wrong with a notification about these orders or refunds. */
  fault: (about: readonly string[]) => NotificationFault | undefined;
  report: (report: DeliveryReport) => void;
}

/** What a notification is about: `{acquireOrder}` (or `{refundOrder}`), as it was at that moment. */
export type NotificationContent = Record<string, unknown>;

interface Delivery {
  id: string;
  url: string;
  content: NotificationContent;
  merchantOrderNo?: string;
  fault?: NotificationFault['kind'];
}

/**
 * Delivers notifications the way PayBy does: signed, until the merchant answers 200 with
 * `{"response":"SUCCESS"}`, at most eight times. Any http(s) host is called: the merchant of a
 * sandbox is whoever runs it.
 */
export class Notifier {
  readonly #ports: NotifierPorts;
  readonly #timers = new Set<() => void>();
  readonly #closing = new AbortController();
  /** Those that wait until another one was sent. */
  #keptBack: Delivery[] = [];
  #serial = 0;

  constructor(ports: NotifierPorts) {
    this.#ports = ports;
  }

  /** Starts a delivery and returns at once. */
  send(url: string, content: NotificationContent): void {
    if (this.#closing.signal.aborted) return;
    this.#serial += 1;
    const day = notifyTime(this.#ports.clock.now()).slice(0, 8);
    const id = `${day}${String(this.#serial).padStart(10, '0')}`;
    const about = subjectsOf(content);
    const fault = this.#ports.fault(about);
    const delivery = { id, url, content, merchantOrderNo: about[0], fault: fault?.kind };
    switch (fault?.kind) {
      case 'lost':
        this.#report(delivery, { attempt: 0, outcome: 'lost' });
        return;
      case 'out-of-order':
        this.#keptBack.push(delivery);
        this.#report(delivery, {
          attempt: 0,
          outcome: 'kept back until another one is sent',
        });
        return;
      case 'late': {
        const retryIn = this.#later(fault.delay, () => this.#start(delivery));
        this.#report(delivery, { attempt: 0, outcome: 'kept back', retryIn });
        return;
      }
    }
    this.#start(delivery);
  }

  /** Ends every delivery, also the one under way; none starts any more. */
  close(): void {
    this.#closing.abort();
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    this.#keptBack = [];
  }

  #start(delivery: Delivery): void {
    const keptBack = this.#keptBack;
    this.#keptBack = [];
    const first = this.#attempt(delivery, 1);
    // Its double is of the same content and id, and of no retries.
    if (delivery.fault === 'doubled') void this.#attempt(delivery, retryDelays.length + 1);
    if (keptBack.length === 0) return;
    void first.then(() => keptBack.forEach((other) => void this.#attempt(other, 1)));
  }

  async #attempt(delivery: Delivery, attempt: number): Promise<void> {
    const closing = this.#closing.signal;
    if (closing.aborted) return;
    const outcome = await this.#post(delivery, attempt, closing);
    if (closing.aborted) return;
    const delay = outcome === 'accepted' ? undefined : retryDelays[attempt - 1];
    const retryIn =
      delay === undefined
        ? undefined
        : this.#later(delay, () => void this.#attempt(delivery, attempt + 1));
    this.#report(delivery, { attempt, outcome, retryIn });
  }

  /** One attempt; resolves to `accepted` or to what was wrong, and never rejects. */
  async #post(delivery: Delivery, attempt: number, closing: AbortSignal): Promise<string> {
    const { id: notifyId, url, content, fault } = delivery;
    const { sign, clock, schedule, fetch } = this.#ports;
    const timeout = new AbortController();
    const stop = this.#keep(schedule, attemptTimeout, () => timeout.abort());
    const isForged = fault === 'wrong-signature' && attempt === 1;
    try {
      return await postNotification({
        url,
        notifyId,
        content,
        now: clock.now(),
        sign: isForged ? (body) => sign(body.subarray(1)) : sign,
        fetch,
        signal: AbortSignal.any([timeout.signal, closing]),
      });
    } catch (cause) {
      if (timeout.signal.aborted) return `no answer within ${attemptTimeout / 1000} s`;
      return cause instanceof Error ? cause.message : 'not reachable';
    } finally {
      stop();
    }
  }

  #report(
    { id: notifyId, url, merchantOrderNo, fault }: Delivery,
    came: Pick<DeliveryReport, 'attempt' | 'outcome' | 'retryIn'>,
  ): void {
    const about = { notifyId, url, merchantOrderNo, ...(fault && { fault }) };
    this.#ports.report({ kind: 'notification', ...about, ...came });
  }

  /** Waits on the gateway's own clock; returns for how long, ms of real time. */
  #later(ms: number, callback: () => void): number {
    this.#keep(this.#ports.clock.schedule, ms, callback);
    return ms / this.#ports.clock.timeScale;
  }

  #keep(schedule: Schedule, ms: number, callback: () => void): () => void {
    const forget = () => {
      cancel();
      this.#timers.delete(forget);
    };
    const cancel = schedule(ms, () => {
      this.#timers.delete(forget);
      callback();
    });
    this.#timers.add(forget);
    return forget;
  }
}
