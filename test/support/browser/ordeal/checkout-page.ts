import '../../../../src/index.ts';
import type { OrderRequest, PaybyCheckout } from '../../../../src/index.ts';
import { eventNames } from '../event-names.ts';
import type { FakeClock } from '../fake-clock.ts';
import type { Course, OrderPlan, PageAct, Setup, Step } from './course.ts';
import type { Oracle } from './oracle.ts';
import { stir } from './settle.ts';
import type { UnrulyBackend } from './unruly-backend.ts';
import { wordFor } from './words.ts';

/** A merchant's page with one checkout, which does with it whatever a page can do. */
export class CheckoutPage {
  readonly #setup: Setup;
  readonly #backend: UnrulyBackend;
  readonly #oracle: Oracle;
  readonly #clock: FakeClock;
  /** Not laid out: nothing here is about looks, and drawing costs most of the time. */
  readonly #places = [document.createElement('div'), document.createElement('div')] as const;
  #element: PaybyCheckout;
  #hasReacted = false;

  constructor({ setup }: Course, backend: UnrulyBackend, oracle: Oracle, clock: FakeClock) {
    this.#setup = setup;
    this.#backend = backend;
    this.#oracle = oracle;
    this.#clock = clock;
    for (const place of this.#places) {
      place.hidden = true;
      document.body.append(place);
    }
    this.#element = this.#mount();
  }

  get element(): PaybyCheckout {
    return this.#element;
  }

  remove(): void {
    this.#element.remove();
    for (const place of this.#places) place.remove();
  }

  /** Does what a step says, as far as it is the page's to do. */
  take(step: Step): void {
    const element = this.#element;
    stir();
    switch (step.do) {
      case 'page':
        this.#act(step.act);
        break;
      case 'press':
        this.#press(step.button);
        break;
      case 'give':
        this.#give(step.plan, step.as, step.whose);
        break;
      case 'take-order':
        // Where there is none, there is nothing to take back.
        if (element.order) this.#oracle.reset(element, () => takeOrder(element));
        else takeOrder(element);
        break;
      case 'set':
        if (step.name === 'details') element.details = { note: step.value };
        else if (step.name === 'reference') {
          this.#oracle.moved(element);
          element.reference = `cart-${step.value}`;
        } else element.endpoint = `/api/${step.value}/orders`;
        break;
      case 'disable':
        element.disabled = step.isDisabled;
        break;
      case 'environment':
        element.environment = step.environment;
        break;
      case 'wake':
        wake(step.by);
    }
  }

  #mount(): PaybyCheckout {
    const element = document.createElement('payby-checkout');
    const { environment, updates, inApp, tokenHosts, reference, isAutostarted } = this.#setup;
    const settings = { environment, updates, inApp, tokenHosts, reference };
    Object.assign(element, { ...settings, autostart: isAutostarted, endpoint: '/api/orders' });
    element.requestInit = this.#requestInit();
    if (this.#setup.hasCreateOrder) {
      element.createOrder = ({ idempotencyKey }: OrderRequest) =>
        this.#backend.createForPage(idempotencyKey);
    }
    for (const name of eventNames) {
      element.addEventListener(name, (event) => {
        this.#oracle.heard(event, element);
        if (this.#setup.reaction?.on === name) this.#react(event, element);
      });
    }
    this.#places[0].append(element);
    return element;
  }

  /** A page may do anything in a listener; once, or it would never come to an end. */
  #react(event: Event, element: PaybyCheckout): void {
    const act = this.#setup.reaction?.act;
    if (!act || this.#hasReacted || element !== this.#element) return;
    this.#hasReacted = true;
    if (act === 'prevent') event.preventDefault();
    else this.#act(act);
  }

  #act(act: PageAct): void {
    const element = this.#element;
    switch (act) {
      case 'start':
      case 'retry':
        element[act]();
        break;
      case 'cancel':
        void element.cancel();
        break;
      case 'reset':
        this.#oracle.reset(element, () => element.reset());
        break;
      case 'remove':
        element.remove();
        break;
      case 'connect':
        if (!element.isConnected) this.#places[0].append(element);
        break;
      case 'move':
        this.#places[element.parentElement === this.#places[0] ? 1 : 0].append(element);
        break;
      case 'reload':
        element.remove();
        this.#element = this.#mount();
    }
  }

  #press(button: 'main' | 'cancel' | 'code'): void {
    const label = { main: /./, cancel: /^\s*Cancel/, code: /another device/ }[button];
    const buttons = [...(this.#element.shadowRoot?.querySelectorAll('button') ?? [])];
    const isWanted = (one: HTMLButtonElement) => label.test(one.textContent ?? '');
    buttons
      .find((one) => isWanted(one) && (button !== 'main' || one.part.contains('button')))
      ?.click();
  }

  /** The page's own server made the order, so its word counts as the backend's. */
  #give(plan: OrderPlan, as: 'property' | 'attribute', whose: 'present' | 'new'): void {
    const element = this.#element;
    const present = element.order?.id;
    const id = whose === 'present' && present ? present : 'G1';
    const { text, word } = wordFor(plan, id, this.#clock.epoch());
    this.#oracle.testimony.add(word, true);
    const give = () => {
      if (as === 'attribute') element.setAttribute('order', text);
      else element.order = JSON.parse(text);
    };
    if (id === present) give();
    else this.#oracle.reset(element, give);
  }

  #requestInit(): PaybyCheckout['requestInit'] {
    const init = { headers: { 'x-shop': '1' } };
    switch (this.#setup.requestInit) {
      case 'none':
        return undefined;
      case 'headers':
        return init;
      case 'slow':
        return async () => {
          await Promise.resolve();
          return init;
        };
      case 'hanging':
        return () => new Promise(() => {});
      case 'throwing':
        return () => {
          throw new Error('the page has no session');
        };
    }
  }
}

/** Whether the page believes to be online; read through `navigator.onLine`. */
export const network = { isOnline: true };

function wake(by: 'visibilitychange' | 'pageshow' | 'online' | 'offline'): void {
  if (by === 'visibilitychange') document.dispatchEvent(new Event(by));
  else window.dispatchEvent(new Event(by));
  if (by === 'online' || by === 'offline') network.isOnline = by === 'online';
}

function takeOrder(element: PaybyCheckout): void {
  element.order = undefined;
}
