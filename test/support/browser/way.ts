import type { Environment } from '../../../src/device/in-app.ts';
import { navigation } from '../../../src/device/navigate.ts';
import type { PaybyCheckout } from '../../../src/index.ts';
import type { Order } from '../../../src/protocol.ts';
import { type Mounted, mount } from './mount.ts';
import { waitUntil } from './wait-until.ts';

const { assign } = navigation;

/** Keeps the test page: where it would have gone is written down instead. */
export function stayHere(): string[] {
  const visited: string[] = [];
  navigation.assign = (url) => void visited.push(url);
  return visited;
}

export function goAgain(): void {
  navigation.assign = assign;
}

/** A checkout that runs in `environment`. */
export const mountIn = (
  environment: Environment,
  order: Partial<Order> = {},
  set: (element: PaybyCheckout) => void = () => {},
): Promise<Mounted> =>
  mount(order, (element) => {
    element.environment = environment;
    set(element);
  });

export async function shown(mounted: Mounted, wanted: RegExp): Promise<void> {
  try {
    await waitUntil(() => wanted.test(mounted.text()), '');
  } catch {
    throw new Error(`never showed ${wanted}: ${mounted.text()}`);
  }
}

/** The link into the app. */
export function wayOf({ root }: Mounted): HTMLAnchorElement {
  const way = root.querySelector<HTMLAnchorElement>('[part=app-link]');
  if (!way) throw new Error('there is no link into the app');
  return way;
}

/** The button with that label. */
export function buttonOf({ root }: Mounted, label: string): HTMLButtonElement {
  const buttons = [...root.querySelectorAll('button')];
  const button = buttons.find(({ textContent }) => textContent?.trim() === label);
  if (!button) throw new Error(`there is no button "${label}"`);
  return button;
}

/** Presses the link and keeps the browser from following it; tells whether it would have followed. */
export function press(mounted: Mounted, keys: MouseEventInit = {}): boolean {
  let follows = false;
  mounted.element.addEventListener(
    'click',
    (event) => {
      follows = !event.defaultPrevented;
      event.preventDefault();
    },
    { once: true },
  );
  const click = { bubbles: true, composed: true, cancelable: true, ...keys };
  wayOf(mounted).dispatchEvent(new MouseEvent('click', click));
  return follows;
}

/** Replaces a property for the length of a test; the returned function puts the old one back. */
export function replace(target: object, name: string, value: unknown): () => void {
  const old = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
  return () => {
    if (old) Object.defineProperty(target, name, old);
    else Reflect.deleteProperty(target, name);
  };
}

/** Storage of the tab that answers every call with an error. */
export const forbidStorage = (): (() => void) => {
  const old = Object.getOwnPropertyDescriptor(window, 'sessionStorage');
  const get = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  Object.defineProperty(window, 'sessionStorage', { get, configurable: true });
  return () => {
    if (old) Object.defineProperty(window, 'sessionStorage', old);
    else Reflect.deleteProperty(window, 'sessionStorage');
  };
};

/** How this page was come to, as the browser says. */
export const arriveBy = (type: 'navigate' | 'reload' | 'back_forward'): (() => void) =>
  replace(performance, 'getEntriesByType', () => [{ type }]);
