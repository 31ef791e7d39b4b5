import { navigation } from '../../../../src/device/navigate.ts';
import { systemClock } from '../../../../src/order/clock.ts';
import { FakeClock } from '../fake-clock.ts';
import { network } from './checkout-page.ts';
import { type PageCount, PageWatch } from './page-watch.ts';
import { settle } from './settle.ts';

/** The world outside, in hand: the clock, the network, chance, and the way off the page. */
export class World {
  /** The backend of the present course. */
  fetch: typeof fetch = window.fetch;
  /** What notices that the page is left. */
  onLeave: (url: string) => void = () => {};
  readonly #watch = new PageWatch();
  readonly #errors: string[] = [];
  readonly #restores: (() => void)[] = [];
  #clock = new FakeClock();
  #chance = 0;
  #baseline: PageCount = this.#watch.count;

  constructor() {
    const { console } = window;
    this.#replace(window, 'fetch', (input, init) => this.fetch(input, init));
    this.#replace(systemClock, 'now', () => this.#clock.now());
    this.#replace(systemClock, 'epoch', () => this.#clock.epoch());
    this.#replace(systemClock, 'after', (ms, callback) => this.#clock.after(ms, callback));
    this.#replace(navigation, 'assign', (url) => this.onLeave(url));
    this.#replace(Math, 'random', () => this.#nextChance());
    // Warnings are for developers; ten thousand courses give many.
    this.#replace(console, 'warn', () => {});
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => network.isOnline });
    this.#restores.push(() => Reflect.deleteProperty(navigator, 'onLine'));
    const onError = (event: ErrorEvent) => this.#errors.push(event.message);
    const onRejection = (event: PromiseRejectionEvent) => this.#errors.push(String(event.reason));
    addEventListener('error', onError);
    addEventListener('unhandledrejection', onRejection);
    this.#restores.push(() => {
      removeEventListener('error', onError);
      removeEventListener('unhandledrejection', onRejection);
    });
  }

  /** A new tab at a new time. */
  begin(): FakeClock {
    sessionStorage.clear();
    network.isOnline = true;
    this.#chance = 0;
    this.#clock = new FakeClock(undefined, settle);
    this.#baseline = this.#watch.count;
    return this.#clock;
  }

  /** What there is on the page that was not there at the beginning. */
  get leftovers(): PageCount {
    const { listeners, observers, timers } = this.#watch.count;
    return {
      listeners: listeners - this.#baseline.listeners,
      observers: observers - this.#baseline.observers,
      timers: timers - this.#baseline.timers,
    };
  }

  takeErrors(): string[] {
    return this.#errors.splice(0);
  }

  restore(): void {
    for (const restore of this.#restores.reverse()) restore();
    this.#watch.stop();
  }

  /** Chance that takes the same course every time. */
  #nextChance(): number {
    this.#chance = (this.#chance + 0.618) % 1;
    return this.#chance;
  }

  #replace<Thing extends object, Name extends keyof Thing>(
    thing: Thing,
    name: Name,
    value: Thing[Name],
  ): void {
    const before = thing[name];
    thing[name] = value;
    this.#restores.push(() => {
      thing[name] = before;
    });
  }
}
