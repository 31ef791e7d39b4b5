import type { Clock } from '../../../src/order/clock.ts';

/** A clock whose hands a test moves. Timers fire in order; what they start is given time to finish. */
export class FakeClock implements Clock {
  #now = 0;
  #timers = new Map<number, { at: number; callback: () => void }>();
  #nextId = 1;
  /** What the device believes the time to be at the start, epoch ms. */
  readonly #start: number;
  readonly #settle: () => Promise<void>;

  /** @param settled what a timer started is given time to finish by */
  constructor(start = Date.UTC(2026, 10, 22, 12), settled = settle) {
    this.#start = start;
    this.#settle = settled;
  }

  now(): number {
    return this.#now;
  }

  epoch(): number {
    return this.#start + this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const id = this.#nextId++;
    // As browsers have it: what is no number is no time at all.
    this.#timers.set(id, { at: this.#now + Math.max(0, ms || 0), callback });
    return () => void this.#timers.delete(id);
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#timers.size;
  }

  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.#settle();
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end);
      const next = due.sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
      if (!next) break;
      const [id, { at, callback }] = next;
      this.#timers.delete(id);
      this.#now = Math.max(this.#now, at);
      callback();
      await this.#settle();
    }
    this.#now = end;
  }
}

/** Lets every promise that can go on now do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
  }
}
