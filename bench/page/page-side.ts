/** What runs in the pages of the page bench: each function is sent there by its source. */

import type { PaybyChangeEvent } from '../../src/element/events.ts';

/** Something that has moved by itself. */
export interface Shift {
  /** In which transition, by the checkout's phases. */
  phase: string;
  /** Its score, as Chromium counts it. */
  value: number;
  /** In the half second after a press, in which that is expected. */
  isPressed: boolean;
  /** It was the page around, and not only within the card. */
  isAround: boolean;
}

declare global {
  interface Window {
    bench: {
      /** When the code was on screen, ms since the page was asked for. */
      codeAt?: number;
      /** Tasks of 50 ms and more. */
      tasks: { start: number; duration: number }[];
      /** What has moved without being asked to, the moment after a press included. */
      shifts: Shift[];
      /** How long the page took to show that it was pressed, ms. */
      presses: number[];
      /** When timers and frames called back, ms, and what had asked for it. */
      callbacks: { at: number; kind: string }[];
    };
  }
}

/** Notes long tasks, shifts and presses. Runs before the page's own scripts, as all of these. */
export function watchPage(): void {
  window.bench = { tasks: [], shifts: [], presses: [], callbacks: [] };
  const { bench } = window;
  let phase = 'idle';
  addEventListener('payby-change', (event) => {
    const { previous, state } = event as PaybyChangeEvent;
    phase = `${previous.phase} → ${state.phase}`;
  });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      bench.tasks.push({ start: startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value = 0, hadRecentInput = false } = entry.toJSON();
      // A node within a shadow root is not told.
      const sources: { node: Node | null }[] = Reflect.get(entry, 'sources') ?? [];
      const isAround = sources.some(({ node }) => node !== null);
      bench.shifts.push({ phase, value, isPressed: hadRecentInput, isAround });
    }
  }).observe({ type: 'layout-shift', buffered: true });
  const eventTiming = { type: 'event', buffered: true, durationThreshold: 16 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (entry.toJSON().interactionId > 0) bench.presses.push(entry.duration);
  }).observe(eventTiming);
}

/**
 * Notes when the code is on screen: after the first frame that has it, in its full size.
 *
 * @param path finds the code, from the document on; each but the last is a shadow root's host
 */
export function watchForCode(path: readonly string[]): void {
  const roots: ParentNode[] = [document];
  const find = () => {
    for (let depth = roots.length; depth < path.length; depth += 1) {
      const root = roots.at(-1)?.querySelector(path[depth - 1] ?? '')?.shadowRoot;
      if (!root) return null;
      roots.push(root);
    }
    return roots.at(-1)?.querySelector(path.at(-1) ?? '');
  };
  const isThere = (code: Element) => {
    if (!code.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const isDrawn =
      code instanceof HTMLImageElement ? code.complete && code.naturalWidth > 0 : true;
    return isDrawn && code.getBoundingClientRect().width >= 100;
  };
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    window.bench.codeAt = performance.now();
  };
  let isLooking = false;
  const look = (code: Element) => {
    // What is there before a frame is painted is painted in it; a message comes after that.
    if (isThere(code)) port2.postMessage(null);
    else requestAnimationFrame(() => look(code));
  };
  // Only once there is something to look at: looking takes time from the page as well.
  const observer = new MutationObserver(() => {
    const code = isLooking ? null : find();
    if (!code) return;
    isLooking = true;
    observer.disconnect();
    requestAnimationFrame(() => look(code));
  });
  const whatever = { childList: true, subtree: true };
  observer.observe(document, whatever);
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function attach(init) {
    const root = attachShadow.call(this, init);
    observer.observe(root, whatever);
    return root;
  };
}

/** Notes whenever a timer or a frame calls the page back. */
export function watchTimers(): void {
  const { setTimeout, setInterval, requestAnimationFrame } = window;
  const noting = (kind: string, handler: (time: number) => void) => (time: number) => {
    window.bench.callbacks.push({ at: performance.now(), kind });
    handler(time);
  };
  Object.assign(window, {
    setTimeout: (handler: () => void, ms = 0) => setTimeout(noting(`after ${ms} ms`, handler), ms),
    setInterval: (handler: () => void, ms = 0) =>
      setInterval(noting(`every ${ms} ms`, handler), ms),
    requestAnimationFrame: (handler: FrameRequestCallback) =>
      requestAnimationFrame(noting('frame', handler)),
  });
}

/** Of the checkout's animations, those that never end. */
export const endlessAnimations = (): string[] =>
  (document.querySelector('payby-checkout')?.shadowRoot?.getAnimations() ?? [])
    .filter(({ effect }) => effect?.getTiming().iterations === Number.POSITIVE_INFINITY)
    .map((animation) =>
      animation instanceof CSSAnimation ? animation.animationName : 'animation',
    );
