/** What runs in the page of the leak bench: each function is sent there by its source. */

declare global {
  interface Window {
    /** What lives on the page, as far as the engine does not count it. */
    alive: {
      timers: Set<number>;
      observers: Set<MutationObserver>;
      elements: WeakRef<Element>[];
      /** The element that is taken off the page and put back. */
      same?: Element;
      /** How many event streams were answered. */
      followed: number;
    };
  }
}

/** Runs before the page's own scripts. */
export function watchPage(): void {
  const timers = new Set<number>();
  const observers = new Set<MutationObserver>();
  window.alive = { timers, observers, elements: [], followed: 0 };
  const { setTimeout, setInterval, clearTimeout, fetch } = window;
  const begin = (handler: () => void, ms?: number) => {
    const id = setTimeout(() => {
      timers.delete(id);
      handler();
    }, ms);
    timers.add(id);
    return id;
  };
  const repeat = (handler: () => void, ms?: number) => {
    const id = setInterval(handler, ms);
    timers.add(id);
    return id;
  };
  const end = (id: number) => {
    timers.delete(id);
    clearTimeout(id); // one list of numbers for both kinds
  };
  Object.assign(window, { setTimeout: begin, setInterval: repeat });
  Object.assign(window, { clearTimeout: end, clearInterval: end });
  window.fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (String(input).endsWith('/events')) window.alive.followed += 1;
    return response;
  };
  const { observe, disconnect } = MutationObserver.prototype;
  MutationObserver.prototype.observe = function begin(...target) {
    observers.add(this);
    observe.apply(this, target);
  };
  MutationObserver.prototype.disconnect = function end() {
    observers.delete(this);
    disconnect.call(this);
  };
}

/** What is put on the page, and when it is there in full. */
export interface Subject {
  tag: string;
  /** What its shadow root shows then. */
  shows: string;
  /** It follows an order then. */
  follows: boolean;
}

/**
 * Puts elements on the page and takes each off again once it is there in full. Every second time it is
 * the same one.
 */
export async function cycle({ tag, shows, follows }: Subject, times: number): Promise<void> {
  const { alive } = window;
  const make = () => {
    const element = document.createElement(tag);
    element.setAttribute('endpoint', '/orders');
    element.setAttribute('environment', 'desktop');
    element.toggleAttribute('autostart', true);
    return element;
  };
  const until = async (isSo: () => unknown) => {
    for (let turn = 0; !isSo(); turn += 1) {
      if (turn > 10_000) throw new Error(`${tag} does not show ${shows}, or follows no order.`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  const same = alive.same ?? make();
  alive.same = same;
  for (let time = 0; time < times; time += 1) {
    const element = time % 2 ? same : make();
    if (element !== same) alive.elements.push(new WeakRef(element));
    const { followed } = alive;
    document.body.append(element);
    await until(() => element.shadowRoot?.querySelector(shows));
    if (follows) await until(() => alive.followed > followed);
    element.remove();
  }
}

/** What is alive; of use once the garbage has been collected. */
export function countAlive(): { timers: number; observers: number; elements: number } {
  const { alive } = window;
  alive.elements = alive.elements.filter((element) => element.deref());
  const { timers, observers, elements } = alive;
  return { timers: timers.size, observers: observers.size, elements: elements.length };
}
