/**
 * Counts what a component may leave behind on a page: listeners on what outlives it, observers of its
 * nodes, and timers that do not go through the clock.
 */
export interface PageCount {
  listeners: number;
  observers: number;
  timers: number;
}

type ListenerOptions = boolean | AddEventListenerOptions | undefined;

const isCapturing = (options: ListenerOptions | EventListenerOptions) =>
  typeof options === 'object' ? options.capture === true : options === true;

/** What stays when the element has gone. A call without an object is one to the window. */
function lastingTarget(target: unknown): EventTarget | undefined {
  if (target === undefined || target === null || target === window) return window;
  const { documentElement, body } = document;
  if (target === document || target === documentElement || target === body) return target as Node;
  return target instanceof MediaQueryList || target instanceof VisualViewport ? target : undefined;
}

/** Puts counters into the page's own functions until {@link PageWatch.stop} takes them out again. */
export class PageWatch {
  readonly #listeners = new Set<string>();
  readonly #observers = new Set<MutationObserver>();
  readonly #timers = new Set<unknown>();
  readonly #names = new WeakMap<object, number>();
  #nextName = 1;
  readonly #restores: (() => void)[] = [];

  constructor() {
    this.#watchListeners();
    this.#watchObservers();
    this.#watchTimers();
  }

  get count(): PageCount {
    const { size: listeners } = this.#listeners;
    return { listeners, observers: this.#observers.size, timers: this.#timers.size };
  }

  stop(): void {
    for (const restore of this.#restores) restore();
  }

  #watchListeners(): void {
    const nameOf = (
      target: EventTarget,
      type: string,
      listener: object,
      options: ListenerOptions,
    ) => [this.#name(target), type, this.#name(listener), isCapturing(options)].join(' ');
    const listeners = this.#listeners;
    const { prototype } = EventTarget;
    const { addEventListener, removeEventListener } = prototype;
    prototype.addEventListener = function add(type, listener, options) {
      const target = lastingTarget(this);
      if (target && listener) {
        const name = nameOf(target, type, listener, options);
        const { signal, once } = typeof options === 'object' ? options : {};
        const forget = () => void listeners.delete(name);
        if (!signal?.aborted) listeners.add(name);
        if (signal) addEventListener.call(signal, 'abort', forget, { once: true });
        if (once) addEventListener.call(target, type, forget, { once: true });
      }
      addEventListener.call(this ?? window, type, listener, options);
    };
    prototype.removeEventListener = function remove(type, listener, options) {
      const target = lastingTarget(this);
      if (target && listener) listeners.delete(nameOf(target, type, listener, options));
      removeEventListener.call(this ?? window, type, listener, options);
    };
    this.#restores.push(() => Object.assign(prototype, { addEventListener, removeEventListener }));
  }

  #watchObservers(): void {
    const { prototype } = MutationObserver;
    const { observe, disconnect } = prototype;
    const observers = this.#observers;
    prototype.observe = function begin(...target) {
      observers.add(this);
      observe.apply(this, target);
    };
    prototype.disconnect = function end() {
      observers.delete(this);
      disconnect.call(this);
    };
    this.#restores.push(() => Object.assign(prototype, { observe, disconnect }));
  }

  #watchTimers(): void {
    const { setTimeout, clearTimeout, setInterval, clearInterval } = window;
    const timers = this.#timers;
    const begin = (handler: (...rest: unknown[]) => void, ms?: number, ...rest: unknown[]) => {
      const run = () => {
        timers.delete(timer);
        handler(...rest);
      };
      const timer: unknown = Reflect.apply(setTimeout, window, [run, ms]);
      timers.add(timer);
      return timer;
    };
    const repeat = (...call: unknown[]) => {
      const timer: unknown = Reflect.apply(setInterval, window, call);
      timers.add(timer);
      return timer;
    };
    const end = (timer: unknown) => {
      timers.delete(timer);
      Reflect.apply(clearTimeout, window, [timer]); // one list of numbers for both kinds
    };
    Object.assign(window, { setTimeout: begin, setInterval: repeat });
    Object.assign(window, { clearTimeout: end, clearInterval: end });
    this.#restores.push(() =>
      Object.assign(window, { setTimeout, clearTimeout, setInterval, clearInterval }),
    );
  }

  #name(thing: object): number {
    const name = this.#names.get(thing) ?? this.#nextName++;
    this.#names.set(thing, name);
    return name;
  }
}
