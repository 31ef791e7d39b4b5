import { adoptStyles, html, LitElement, type PropertyValues } from 'lit';
import type { Environment } from '../device/in-app.ts';
import type { PageInit } from '../order/backend.ts';
import type { CheckoutError } from '../order/checkout-error.ts';
import type { CreateOrder } from '../order/create-order.ts';
import type { Health } from '../order/follow-order.ts';
import { OrderController } from '../order/order-controller.ts';
import { type OrderListener, systemPorts } from '../order/order-ports.ts';
import { isLapsed, isOpen, type OrderState, orderOf } from '../order/order-state.ts';
import { tokenHosts } from '../order/token-hosts.ts';
import type { Order } from '../protocol.ts';
import { announcement } from './announcement.ts';
import { environmentOf } from './environment.ts';
import {
  PaybyChangeEvent,
  PaybyErrorEvent,
  PaybyOrderEvent,
  PaybyOutcomeEvent,
  PaybyScannedEvent,
} from './events.ts';
import { Language } from './language.ts';
import { LazyPart } from './lazy-part.ts';
import type { OrderScreen } from './order-screen.ts';
import { styles } from './styles.ts';
import type { View } from './views/card.ts';
import { checkoutView } from './views/view.ts';
import { warnDeveloper } from './warn-developer.ts';

/**
 * Asks the merchant's backend for an order, shows its code (or goes straight into the app), follows
 * the order and shows the result.
 *
 * @summary A checkout for BOTIM and PayBy in one tag.
 * @tag payby-checkout
 *
 * @fires {PaybyOrderEvent} payby-order - There is an order now.
 * @fires {PaybyChangeEvent} payby-change - The state is another one; fires for every change.
 * @fires {PaybyRedirectEvent} payby-redirect - About to leave for the app; cancelable.
 * @fires {PaybyScannedEvent} payby-scanned - Somebody has scanned the code.
 * @fires {PaybyOutcomeEvent} payby-paid - The backend said the order is paid.
 * @fires {PaybyOutcomeEvent} payby-failed - The order cannot be paid any more.
 * @fires {PaybyOutcomeEvent} payby-expired - Its time ended without a payment.
 * @fires {PaybyOutcomeEvent} payby-cancelled - It was withdrawn.
 * @fires {PaybyErrorEvent} payby-error - Something went wrong; the checkout goes on or can be retried.
 *
 * @slot header - Replaces the title.
 * @slot footer - Below everything.
 * @slot pay-label - The Pay button's label.
 * @slot paid - What is said below "Paid".
 * @slot logo - Lies over the middle of the code, at most 22 % of its width.
 *
 * @csspart base - The card.
 * @csspart amount - The amount.
 * @csspart qr - The code.
 * @csspart steps - How to pay, in three steps.
 * @csspart countdown - Time left.
 * @csspart status - What is going on.
 * @csspart button - The main button.
 * @csspart app-link - The link into the app.
 * @csspart error - What went wrong.
 *
 * @cssstate idle - No order yet.
 * @cssstate creating - The order is being created.
 * @cssstate awaiting - Waiting for the payment.
 * @cssstate scanned - Somebody is confirming.
 * @cssstate paid - Paid.
 * @cssstate failed - Failed.
 * @cssstate expired - Expired.
 * @cssstate cancelled - Cancelled.
 * @cssstate refunded - Paid and given back.
 * @cssstate error - There is no order; it can be retried.
 *
 * @cssprop --payby-accent - Colour of buttons and marks.
 * @cssprop --payby-on-accent - Colour of text on the accent.
 * @cssprop --payby-surface - The card's background.
 * @cssprop --payby-text - Colour of text.
 * @cssprop --payby-muted - Colour of secondary text.
 * @cssprop --payby-line - Colour of lines.
 * @cssprop --payby-qr-size - Side of the code's plate.
 * @cssprop --payby-radius - Radius of the card's corners.
 * @cssprop --payby-font - Font family; the page's own by default.
 */
export class PaybyCheckout extends LitElement {
  static override styles = styles;

  static override properties = {
    endpoint: {},
    reference: {},
    autostart: { type: Boolean },
    disabled: { type: Boolean, reflect: true },
    updates: {},
    environment: {},
    inApp: { attribute: 'in-app' },
    tokenHosts: { attribute: 'token-hosts' },
    theme: { reflect: true },
    details: { attribute: false },
    createOrder: { attribute: false },
    requestInit: { attribute: false },
    detect: { attribute: false },
    order: { converter: { fromAttribute: parseOrder } },
  };

  /** The merchant's order URL, absolute or relative to the page. */
  endpoint = '';

  /** The merchant's cart or order; the backend finds the price by it. */
  reference = '';

  /** Creates the order when connected, without waiting for the button. */
  autostart = false;

  /** Keeps the customer from starting. */
  disabled = false;

  /** How to follow the order: `auto` is the event stream, and polling while that is not healthy. */
  updates: 'auto' | 'sse' | 'poll' = 'auto';

  /** Where the page runs; `auto` finds out. */
  environment: 'auto' | Environment = 'auto';

  /** In the app: go straight to the payment, open it over the page by the app’s bridge, or show the code. */
  inApp: 'redirect' | 'bridge' | 'qr' = 'redirect';

  /** Hosts, besides PayBy's own, that an order's links may lead to; separated by spaces. */
  tokenHosts = '';

  /** `light`, `dark`, or `auto` for the device's; without it the page's own colour scheme. */
  theme: 'auto' | 'light' | 'dark' | '' = '';

  /** JSON sent to the backend with the create request. */
  details: unknown;

  /** Creates the order in place of the endpoint. */
  createOrder: CreateOrder | undefined;

  /** Headers, credentials and the like for every request to the backend. */
  requestInit: PageInit | (() => PageInit | Promise<PageInit>) | undefined;

  /** Finds out where the page runs, in place of the built-in detection. */
  detect: (() => Environment) | undefined;

  readonly #internals = this.attachInternals();
  readonly #orderPart = new LazyPart(
    () => import('./order-part.ts'),
    ({ OrderScreen, orderStyles }) => {
      adoptStyles(this.renderRoot as ShadowRoot, [...PaybyCheckout.elementStyles, orderStyles]);
      this.#screen = new OrderScreen(this, this.#orders, (error) => this.#onError(error));
      this.requestUpdate();
    },
  );
  readonly #followPart = new LazyPart(
    () => import('./follow-part.ts'),
    ({ CardHeight, Countdown }) => {
      const remaining = () => (isOpen(this.state) ? this.#orders.remaining : undefined);
      new Countdown(this, remaining);
      new CardHeight(this, () => this.state.phase);
      this.requestUpdate();
    },
  );
  readonly #language = new Language(this);
  #screen: OrderScreen | undefined;
  #focused: Element | undefined;
  readonly #listener: OrderListener = {
    settings: () => ({
      endpoint: this.endpoint,
      base: document.baseURI,
      reference: this.reference,
      details: this.details,
      createOrder: this.createOrder,
      requestInit: this.requestInit,
      updates: this.updates,
      tokenHosts: tokenHosts(this.tokenHosts),
    }),
    onState: (next, previous) => this.#onState(next, previous),
    onError: (error) => this.#onError(error),
  };
  readonly #orders = new OrderController(this, this.#listener, {
    ...systemPorts,
    loadOpenOrder: () => this.#orderPart.load(),
    loadFollowOrder: () => this.#followPart.load(),
    loadDecoder: () => import('../order/decode-answer.ts'),
  });

  constructor() {
    super();
    this.#markState();
  }

  /** Where the checkout stands. */
  get state(): OrderState {
    return this.#orders.state;
  }

  /** How the page hears of its order; meaningful while the order is open. */
  get health(): Health {
    return this.#orders.health;
  }

  /**
   * The present order. Set it, as an object or as JSON in the attribute, to show and follow an order
   * that the page's own server has made; nothing is created then.
   */
  get order(): Order | undefined {
    return orderOf(this.state);
  }
  set order(order: unknown) {
    if (order === undefined || order === null) this.reset();
    else this.#orders.adopt(order);
  }

  /** Creates an order, as the Pay button does. Does nothing while one is open, or when paid. */
  start(): void {
    if (this.disabled) return;
    this.#orders.start();
  }

  /** Withdraws the order; the backend's answer decides how it ends. */
  cancel(): Promise<void> {
    return this.#orders.cancel();
  }

  /** After an error or an unpaid end: starts anew. While an order is open: asks for its status. */
  retry(): void {
    if (isOpen(this.state)) void this.#orders.check().catch(() => {});
    else this.start();
  }

  /** Back to the beginning. An open order is left to the backend. */
  reset(): void {
    this.#orders.reset();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.autostart && this.#canAutostart(changed)) this.start();
    this.#focused = this.shadowRoot?.activeElement ?? undefined;
  }

  protected override render() {
    const view: View = {
      state: this.state,
      environment: environmentOf(this),
      isDisabled: this.disabled,
      t: this.#language.messages,
      dir: this.#language.dir,
      actions: this.#actions,
    };
    const isOver = orderOf(view.state) && !isOpen(view.state);
    const later = {
      open: this.#screen?.render,
      result: isOver ? this.#followPart.part?.resultView : undefined,
    };
    return html`
      ${checkoutView(view, later)}
      <div class="announcer" role="status">${announcement(this.#announced(), view.t)}</div>
    `;
  }

  /** A control that had the focus may be gone: then the card has it, not the page's beginning. */
  protected override updated(): void {
    if (!this.#focused || this.#focused.isConnected) return;
    this.renderRoot.querySelector<HTMLElement>('.card')?.focus({ preventScroll: true });
  }

  /** Once the element is set up, and not again when a page renders the same setup anew. */
  #canAutostart(changed: PropertyValues<this>): boolean {
    const wasSetUp = changed.get('endpoint') || changed.get('createOrder');
    const isSetUp = !wasSetUp && (changed.has('endpoint') || changed.has('createOrder'));
    const { state } = this;
    if (state.phase === 'idle') return isSetUp || changed.has('autostart');
    return isSetUp && state.phase === 'error' && state.error.code === 'configuration';
  }

  readonly #actions = {
    start: () => this.start(),
    cancel: () => void this.cancel(),
  };

  #onState(next: OrderState, previous: OrderState): void {
    this.#markState();
    const order = orderOf(next);
    const isNew = order !== undefined && orderOf(previous)?.id !== order.id;
    // An order that only the time ended is told of once nothing more can be heard of it.
    if (isLapsed(previous) && order?.id !== previous.order.id)
      this.#tell('expired', previous.order);
    if (isNew) this.dispatchEvent(new PaybyOrderEvent(order));
    if (this.state === next) this.dispatchEvent(new PaybyChangeEvent(next, previous));
    if (!order || isLapsed(next)) return;
    if (isNew || isLapsed(previous) || next.phase !== previous.phase) this.#tell(next.phase, order);
    // Whoever listened may have gone on in the meantime.
    if (isNew && next.phase === 'awaiting' && this.state === next) this.#screen?.enter();
  }

  #tell(phase: OrderState['phase'], order: Order): void {
    switch (phase) {
      case 'scanned':
        this.dispatchEvent(new PaybyScannedEvent(order));
        break;
      case 'paid':
      case 'failed':
      case 'expired':
      case 'cancelled':
        this.dispatchEvent(new PaybyOutcomeEvent(phase, order));
    }
  }

  #announced() {
    const { state, health, remaining, cancelling } = this.#orders;
    return { state, health, remaining, cancelling };
  }

  #onError(error: CheckoutError): void {
    this.dispatchEvent(new PaybyErrorEvent(error, this.state.phase));
    warnDeveloper(error);
  }

  #markState(): void {
    const { states } = this.#internals;
    if (!states) return;
    states.clear();
    try {
      states.add(this.state.phase);
    } catch {
      // Browsers of before 2024 take nothing but names that begin with two dashes.
      states.add(`--${this.state.phase}`);
    }
  }
}

/** An `order` attribute that is no JSON is passed on as it is, so that the error can show it. */
function parseOrder(value: string | null): unknown {
  if (value === null) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
