import type { Backend } from './backend.ts';
import type { CheckoutError } from './checkout-error.ts';
import { type Clock, systemClock } from './clock.ts';
import type { CreateOrder } from './create-order.ts';
import type { LoadFollowOrder } from './follow-patiently.ts';
import { nextTask } from './next-task.ts';
import type { OrderState } from './order-state.ts';
import type { LoadDecoder } from './order-word.ts';

/** What the page has set, read afresh whenever it is needed. */
export interface OrderSettings {
  endpoint: string;
  /** What relative URLs are relative to. */
  base: string;
  reference?: string | undefined;
  details?: unknown;
  createOrder?: CreateOrder | undefined;
  requestInit?: Backend['requestInit'];
  updates: 'auto' | 'sse' | 'poll';
  /** Hosts, besides PayBy's own, as the attribute has them. */
  tokenHosts: string;
}

/** Who owns the checkout: asked for its settings, told of every change before it renders. */
export interface OrderListener {
  settings(): OrderSettings;
  onState(state: OrderState, previous: OrderState): void;
  onError(error: CheckoutError): void;
}

/** The world outside, replaced in tests. */
export interface OrderPorts {
  clock: Clock;
  fetch: typeof fetch;
  /** A number in [0, 1). */
  random(): number;
  isOnline(): boolean;
  /** What outlives a reload and belongs to this tab. May throw. */
  storage(): Storage;
  /** Calls back when the page is looked at again or the network is back. */
  onWake(callback: () => void, signal: AbortSignal): void;
  /** Whether the page is only prepared and nobody sees it yet; calls back, once, when it is shown. */
  isAhead(onShown: () => void): boolean;
  /** Lets the browser answer a press, or paint a frame, before it goes on. */
  nextTask(): Promise<void>;
  /** The parts of the script that are loaded when they are needed. */
  loadOpenOrder(): Promise<typeof import('./open-order.ts')>;
  loadFollowOrder: LoadFollowOrder;
  loadDecoder: LoadDecoder;
}

/** How requests are made as the page wants them now. */
export function backendOf(
  { ports, settings }: { ports: OrderPorts; settings(): OrderSettings },
  read: Backend['read'],
): Backend {
  const { requestInit } = settings();
  const { fetch, clock } = ports;
  return { fetch, clock, read, ...(requestInit && { requestInit }) };
}

export const systemPorts: Omit<OrderPorts, 'loadOpenOrder' | 'loadFollowOrder' | 'loadDecoder'> = {
  clock: systemClock,
  nextTask,
  // Looked up at every call: a page may replace fetch after the element was made.
  fetch: (input, init) => fetch(input, init),
  random: () => Math.random(),
  isOnline: () => navigator.onLine,
  storage: () => sessionStorage,
  isAhead(onShown) {
    const isAhead = Boolean(Reflect.get(document, 'prerendering'));
    // The same function is only added once.
    if (isAhead) document.addEventListener('prerenderingchange', onShown, { once: true });
    return isAhead;
  },
  onWake(callback, signal) {
    document.addEventListener('visibilitychange', () => document.hidden || callback(), { signal });
    addEventListener('pageshow', callback, { signal });
    addEventListener('online', callback, { signal });
  },
};
