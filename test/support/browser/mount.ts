import { fixture, html } from '@open-wc/testing';
import '../../../src/index.ts';
import type { PaybyCheckout } from '../../../src/index.ts';
import type { Order } from '../../../src/protocol.ts';
import { eventNames } from './event-names.ts';
import { FakeBackend } from './fake-backend.ts';

/** An element on the page whose requests go to a fake backend. */
export interface Mounted {
  element: PaybyCheckout;
  backend: FakeBackend;
  /** Names of the element's events, in order. */
  events: string[];
  root: ShadowRoot;
  /** Text of the card as a person reads it. */
  text(): string;
  button(part?: string): HTMLButtonElement;
}

let restore: (() => void) | undefined;

/** Puts back what {@link mount} replaced; call it after each test. */
export function unmount(): void {
  restore?.();
  restore = undefined;
}

/** Puts a checkout on the page; what an earlier one kept in the tab is gone unless `unmount` was not called. */
export async function mount(
  order: Partial<Order> = {},
  set: (element: PaybyCheckout) => void = () => {},
): Promise<Mounted> {
  const backend = new FakeBackend(order);
  const { fetch } = window;
  window.fetch = backend.fetch;
  restore = () => {
    window.fetch = fetch;
    sessionStorage.clear();
  };
  const events: string[] = [];
  const element = document.createElement('payby-checkout');
  element.endpoint = '/api/payby/orders';
  for (const name of eventNames)
    element.addEventListener(name, ({ type }) => void events.push(type));
  set(element);
  await fixture(html`${element}`);
  await element.updateComplete;
  const root = element.shadowRoot;
  if (!root) throw new Error('the element has no shadow root');
  const card = () => root.querySelector<HTMLElement>('[part=base]');
  return {
    element,
    backend,
    events,
    root,
    text: () =>
      card()
        ?.innerText.replace(/[\u2066\u2069]/g, '')
        .replace(/\s+/g, ' ')
        .trim() ?? '',
    button(part = 'button') {
      const button = root.querySelector<HTMLButtonElement>(`[part=${part}], .${part}`);
      if (!button) throw new Error(`no ${part} in: ${card()?.innerText}`);
      return button;
    },
  };
}

/** The next event of that name. */
export const heard = <Name extends keyof HTMLElementEventMap>(target: HTMLElement, name: Name) =>
  new Promise<HTMLElementEventMap[Name]>((resolve) => {
    target.addEventListener(name, resolve, { once: true });
  });
