/** What every framework's bench shows by its own template, and the tests change from outside. */

/** What the template binds; undefined takes back. */
export interface BenchState {
  isShown: boolean;
  endpoint: string | undefined;
  reference: string | undefined;
  details: unknown;
  requestInit: (() => { headers: Record<string, string> }) | undefined;
  createOrder: (() => Promise<unknown>) | undefined;
  order: object | undefined;
  autostart: boolean;
  disabled: boolean;
  inApp: 'redirect' | 'bridge' | 'qr';
  /** Text in the slot `pay-label`. */
  label: string;
  /** Whether there is something in the slot `footer`. */
  hasFooter: boolean;
  /** Who hears `payby-change` and `payby-error`; nobody when empty. */
  listener: string;
  /** One more checkout for each, in this order, by its key. */
  carts: readonly string[];
}

export interface Bench {
  set(change: Partial<BenchState>): void;
  /** Takes the whole application off the page. */
  unmount(): void;
  state: BenchState;
  /** What the template's own handlers heard: `listener name detail`. */
  heard: string[];
}

export const initial: BenchState = {
  isShown: true,
  endpoint: '/api/payby/orders',
  reference: undefined,
  details: undefined,
  requestInit: undefined,
  createOrder: undefined,
  order: undefined,
  autostart: false,
  disabled: false,
  inApp: 'redirect',
  label: 'Pay now',
  hasFooter: false,
  listener: 'first',
  carts: [],
};

declare global {
  interface Window {
    fixture: Bench;
  }
}

/**
 * Makes the bench that tests drive.
 *
 * @param show gives the framework its next state
 */
export function installBench(
  show: (state: BenchState) => void,
  unmount: () => void,
): (text: string) => void {
  const bench: Bench = {
    state: initial,
    heard: [],
    set(change) {
      bench.state = { ...bench.state, ...change };
      show(bench.state);
    },
    unmount,
  };
  window.fixture = bench;
  return (text) => bench.heard.push(text);
}
