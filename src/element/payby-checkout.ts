import {
  adoptStyles,
  type CSSResult,
  isServer,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import type { Environment } from '../device/in-app.ts';
import type { PageInit } from '../order/backend.ts';
import type { CheckoutError } from '../order/checkout-error.ts';
import type { CreateOrder } from '../order/create-order.ts';
import type { Health } from '../order/follow-order.ts';
import { nextTask } from '../order/next-task.ts';
import { OrderController } from '../order/order-controller.ts';
import { type OrderListener, systemPorts } from '../order/order-ports.ts';
import { isFollowed, isOpen, type OrderState, orderOf } from '../order/order-state.ts';
import type { Order } from '../protocol.ts';
import { version } from '../version.ts';
import { announcement } from './announcement.ts';
import { parseOrder, text } from './attributes.ts';
import { environmentOf } from './environment.ts';
import { PaybyChangeEvent, PaybyErrorEvent } from './events.ts';
import { FormElement } from './form-element.ts';
import { Language } from './language.ts';
import type { Messages } from './messages/messages.ts';
import { Parts } from './parts.ts';
import { styles } from './styles.ts';
import type { View } from './views/card.ts';
import { payButton, payLabel } from './views/start.ts';
import { checkoutView, spoken } from './views/view.ts';
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
 * @csspart dialog - The dialog, where the card is shown in one.
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
 * @cssprop [--payby-accent=light-dark(#1a5fd0, #8ab4ff)] - Colour of buttons and marks.
 * @cssprop [--payby-on-accent=light-dark(#fff, #0c1a33)] - Colour of text on the accent.
 * @cssprop [--payby-surface=light-dark(#fff, #191c22)] - The card's background.
 * @cssprop [--payby-text=light-dark(#14171f, #eef1f6)] - Colour of text.
 * @cssprop [--payby-muted=light-dark(#5a6272, #a3acba)] - Colour of secondary text.
 * @cssprop [--payby-line=light-dark(#dfe3ea, #343a45)] - Colour of lines.
 * @cssprop [--payby-qr-size=248px] - Side of the code's plate.
 * @cssprop [--payby-radius=16px] - Radius of the card's corners.
 * @cssprop [--payby-font=inherit] - Font family; the page's own by default.
 */
export class PaybyCheckout extends FormElement {
  static override styles = styles;

  /** The version of the script that the element is from. */
  static readonly version: string = version;

  static override properties: PropertyDeclarations = {
    endpoint: text(),
    reference: text(),
    autostart: { type: Boolean },
    display: text('inline'),
    updates: text('auto'),
    environment: text('auto'),
    inApp: { ...text('redirect'), attribute: 'in-app' },
    tokenHosts: { ...text(), attribute: 'token-hosts' },
    returnUrl: { ...text(), attribute: 'return-url' },
    theme: { ...text(), reflect: true, useDefault: true },
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

  /** Shows the card in its place, or in a modal dialog that a button opens. */
  display: 'inline' | 'dialog' = 'inline';

  /** How to follow the order: `auto` is the event stream, and polling while that is not healthy. */
  updates: 'auto' | 'sse' | 'poll' = 'auto';

  /** Where the page runs; `auto` finds out. */
  environment: 'auto' | Environment = 'auto';

  /** In the app: go straight to the payment, open it over the page by the app’s bridge, or show the code. */
  inApp: 'redirect' | 'bridge' | 'qr' = 'redirect';

  /** Hosts, besides PayBy's own, that an order's links may lead to; separated by spaces. */
  tokenHosts = '';

  /** The page to go on to after the payment, a few seconds later; http(s), relative to this one. */
  returnUrl = '';

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

  readonly #parts = new Parts({
    host: this,
    orders: () => this.#orders,
    addStyles: (styles) => this.#addStyles(styles),
    onError: (error) => this.#onError(error),
  });
  readonly #language = new Language(this);
  #isDialogWanted = false;
  /** It starts by itself, as soon as it is not disabled any more. */
  #isStartDue = false;
  readonly #styles = [...(this.constructor as typeof PaybyCheckout).elementStyles];
  #focused: Element | undefined;
  /** It does what comes before its first rendering; undefined until then, and never again true. */
  #isBeginning: boolean | undefined;
  /** The height that the page has kept for it, px. */
  readonly #room = isServer ? 0 : this.offsetHeight;
  readonly #listener: OrderListener = {
    settings: () => ({
      // Frameworks take a property back by null or undefined; Preact by an empty text.
      endpoint: this.endpoint ?? '',
      base: document.baseURI,
      reference: this.reference ?? '',
      details: this.details || undefined,
      createOrder: this.createOrder,
      requestInit: this.requestInit,
      updates: this.updates,
      tokenHosts: this.tokenHosts ?? '',
    }),
    onState: (next, previous) => this.#onState(next, previous),
    onError: (error) => this.#onError(error),
  };
  readonly #orders = new OrderController(this, this.#listener, {
    ...systemPorts,
    loadOpenOrder: () => this.#parts.order.load(),
    loadFollowOrder: () => this.#parts.follow.load(),
    loadDecoder: () => import('../order/decode-answer.ts'),
  });

  constructor() {
    super();
    this.#markState();
  }

  override connectedCallback(): void {
    // On a server nothing may begin, even where its renderer calls this.
    if (isServer) return;
    super.connectedCallback();
    this.#updateForm();
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
    if (order) this.#orders.adopt(order);
    // A page that binds it both ways writes back that there is none yet.
    else if (this.order || this.#orders.given) this.reset();
  }

  /** The id of its order once that is paid; what is sent with a form. */
  get value(): string {
    const { state } = this;
    return state.phase === 'paid' ? state.order.id : '';
  }

  /**
   * Does what the Pay button does: creates an order, unless one is open, under way or paid, and shows
   * the dialog if there is to be one.
   */
  start(): void {
    if (!this.isDisabled) this.#orders.start();
    this.#isDialogWanted = this.display === 'dialog' && this.state.phase !== 'idle';
    this.requestUpdate();
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

  /** Called by the browser when its form is reset: an order that may still be paid stays on screen. */
  formResetCallback(): void {
    if (this.state.phase !== 'creating' && !isFollowed(this.state)) this.reset();
  }

  /** What a server has declared is seen until it renders, or else the room that the page has kept. */
  protected override createRenderRoot(): ShadowRoot {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    if (!root.firstChild) {
      const room = document.createElement('div');
      room.style.height = `${this.#room}px`;
      root.append(room);
    }
    return root;
  }

  /**
   * The first not in one task with the script itself, nor with what it begins with: a slow phone would be deaf
   * for too long. What a server has declared makes room for the same: it knows neither this tab's orders nor
   * the device.
   */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.#isBeginning === undefined) {
      await nextTask();
      this.#language.hostUpdate();
      this.#isBeginning = true;
      this.performUpdate();
      await nextTask();
      this.#addStyles();
      await nextTask();
      // Said in another language first, it would be read out in that one, and laid out the other way around.
      await this.#language.ready;
      this.renderRoot.replaceChildren();
      this.requestUpdate();
    }
    await super.scheduleUpdate();
  }

  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    const isBeginning = this.#isBeginning;
    this.#isBeginning = false;
    if (isBeginning) this.#applySettings(changed);
    return !isBeginning;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (isServer) this.#language.hostUpdate();
    this.#applySettings(changed);
    this.#focused = this.shadowRoot?.activeElement ?? undefined;
  }

  /** An order is asked for, or taken up, when the page has set what that needs. */
  #applySettings(changed: PropertyValues<this>): void {
    const keys = ['endpoint', 'reference', 'details', 'createOrder'] as const;
    if (changed.get('reference')) this.#orders.moveOn();
    if (changed.get('updates')) this.#orders.refollow();
    this.#isStartDue = this.autostart && (this.#isStartDue || this.#canAutostart(changed));
    if (this.#isStartDue && !this.isDisabled) {
      this.#isStartDue = false;
      this.#orders.start();
    } else if (!isServer && keys.some((key) => changed.has(key))) this.#orders.resume();
  }

  protected override render(): TemplateResult {
    try {
      return this.#render(this.#language.messages);
    } catch {
      // Wording of the page's own that cannot be shown must not hide what became of the money.
      return this.#render(this.#language.english);
    }
  }

  #render(t: Messages) {
    const { screen, results, follow } = this.#parts;
    const view: View = {
      state: this.state,
      given: this.#orders.given?.value,
      environment: environmentOf(this),
      isDisabled: this.isDisabled,
      t,
      dir: this.#language.dir,
      actions: this.#actions,
    };
    const isOver = orderOf(view.state) && !isOpen(view.state);
    // Sent for by being asked for.
    const result = isOver && follow.part ? results?.render : undefined;
    const later = { steps: screen?.steps, open: screen?.render, result };
    const phase = results?.announcement(t) ?? announcement(view.state, t);
    const said = [phase, screen?.announcement(t)].filter(Boolean).join('\n');
    return spoken(this.#inDialog(view, checkoutView(view, later), said), t.lang, said);
  }

  /** The card in its place; in a dialog, once the part for that is here, with a button to open it. */
  #inDialog(view: View, card: unknown, said: string): unknown {
    if (this.display !== 'dialog') return card;
    const { inDialog, dialog } = this.#parts;
    if (inDialog.part && dialog) return dialog.render(view, card, said, () => this.start());
    return view.state.phase === 'idle' ? payButton(view, payLabel(view)) : card;
  }

  protected override updated(): void {
    const { renderRoot } = this;
    this.#updateForm();
    const { dialog } = this.#parts;
    if (this.#isDialogWanted && dialog) {
      this.#isDialogWanted = false;
      dialog.open();
    }
    // A control that had the focus may be gone: then the card has it, not the page's beginning.
    if (!this.#focused || this.#focused.isConnected) return;
    renderRoot.querySelector<HTMLElement>('.card')?.focus({ preventScroll: true });
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

  #updateForm(): void {
    const anchor = this.renderRoot?.querySelector<HTMLElement>('.primary, .card') ?? null;
    this.setFormValue(this.value, this.#language.messages.required, anchor);
  }

  #onState(next: OrderState, previous: OrderState): void {
    this.#markState();
    // Who hears of the payment may send the form at once.
    this.#updateForm();
    if (this.#parts.screen) this.#parts.screen.onState(next, previous);
    else this.dispatchEvent(new PaybyChangeEvent(next, previous));
  }

  readonly #onError = (error: CheckoutError) => {
    this.dispatchEvent(new PaybyErrorEvent(error, this.state.phase));
    warnDeveloper(error);
  };

  #addStyles(...more: CSSResult[]): void {
    this.#styles.push(...more);
    try {
      adoptStyles(this.renderRoot as ShadowRoot, this.#styles);
    } catch {
      // In another document than the script's, sheets cannot be shared; the payment goes on without.
    }
  }

  #markState(): void {
    const { states } = this.internals;
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
