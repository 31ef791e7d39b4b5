import type { LitElement } from 'lit';
import { bridgeReady, isAppFirst, isInApp } from '../device/in-app.ts';
import type { CheckoutError } from '../order/checkout-error.ts';
import type { OrderController } from '../order/order-controller.ts';
import { isOpen, type OrderState, orderOf } from '../order/order-state.ts';
import type { Order } from '../protocol.ts';
import type { AppWay } from './app-way.ts';
import { type EnvironmentSettings, environmentOf } from './environment.ts';
import { addEnglish } from './language.ts';
import { LazyPart } from './lazy-part.ts';
import type { Messages } from './messages/messages.ts';
import { Outcomes } from './outcomes.ts';
import { QrController } from './qr-controller.ts';
import { appLink, type View } from './views/card.ts';
import { openView, steps } from './views/open.ts';

/** The element as its screen knows it. */
export type ScreenHost = LitElement & EnvironmentSettings & { inApp: 'redirect' | 'bridge' | 'qr' };

/** What happens on screen while an order can be paid: its code, its countdown, the way into the app. */
export class OrderScreen {
  readonly #host: ScreenHost;
  readonly #orders: OrderController;
  readonly #qr: QrController;
  readonly #outcomes: Outcomes;
  readonly #appPart: LazyPart<typeof import('./app-part.ts')>;
  #way: AppWay | undefined;
  /** The order whose code was asked for on a device that is offered the app first. */
  #codeWantedFor: string | undefined;
  /** What the last update showed, as far as the card may shrink by it; at first nothing. */
  #shown = '';

  /** @param addStyles adds its styles to the card */
  constructor(
    host: ScreenHost,
    orders: OrderController,
    addStyles: () => void,
    onError: (error: CheckoutError) => void,
  ) {
    this.#host = host;
    this.#orders = orders;
    this.#qr = new QrController(host, onError);
    this.#outcomes = new Outcomes(host);
    this.#appPart = new LazyPart(
      () => import('./app-part.ts'),
      ({ AppWay, english }) => {
        addEnglish(english);
        this.#way = new AppWay(host, orders, onError);
        host.requestUpdate();
        this.enter();
      },
    );
    if (isAppFirst(environmentOf(host))) void this.#appPart.load().catch(() => {});
    host.addController({
      hostConnected: () => document.addEventListener(bridgeReady, this.#onBridge),
      hostDisconnected: () => document.removeEventListener(bridgeReady, this.#onBridge),
      hostUpdate: () => {
        this.#drawCode();
        // Only when it may shrink, as measuring has the browser lay out what nobody has seen yet; and before
        // the old card has got styles that are not its own.
        const shown = `${this.#orders.state.phase} ${this.#qr.state.status === 'failed'}`;
        if (this.#shown !== shown) this.#keepHeight();
        if (!this.#shown) addStyles();
        this.#shown = shown;
      },
    });
  }

  /** Tells the page of the change; a new order may be gone to by itself. */
  onState(next: OrderState, previous: OrderState): void {
    const isCurrent = () => this.#orders.state === next;
    this.#outcomes.tell(next, previous, isCurrent);
    if (previous.phase === 'creating' && isCurrent()) this.enter();
  }

  /** An order has come on screen: inside the app the payment is one step away. */
  enter(): void {
    const { state } = this.#orders;
    if (state.phase !== 'awaiting' || !isInApp(environmentOf(this.#host))) return;
    if (this.#way) this.#way.enter(state.order);
    else void this.#appPart.load().catch(() => {});
  }

  /** What a screen reader is told of the way into the app. */
  announcement(t: Messages): string | undefined {
    const { state } = this.#orders;
    const isOnTheWay = isOpen(state) && isAppFirst(environmentOf(this.#host));
    return isOnTheWay ? this.#way?.announcement(t, state.order) : undefined;
  }

  /** How to pay, in three steps. */
  readonly steps = steps;

  /** The template of the open order. */
  readonly render = (view: View, order: Order, isScanned: boolean) => {
    const isCodeShown = this.#isCodeShown(order);
    const open = {
      ...view,
      health: this.#orders.health,
      remaining: this.#orders.remaining,
      cancelling: this.#orders.cancelling,
      qr: this.#qr.state,
      isCodeShown,
      way: isAppFirst(view.environment) ? this.#wayIn(view, order, isCodeShown) : undefined,
    };
    return openView(open, order, isScanned);
  };

  /** While the part for it is missing: the link that matters. */
  #wayIn({ t, environment }: View, order: Order, isCodeShown: boolean) {
    if (!this.#appPart.part || !this.#way) {
      return appLink(t.openLink, isInApp(environment) ? { ...order, appLink: undefined } : order);
    }
    const toggleCode = () => this.#wantCode(isCodeShown ? undefined : order.id);
    return this.#way.render({ t, environment, isCodeShown, toggleCode }, order);
  }

  #wantCode(id: string | undefined): void {
    this.#codeWantedFor = id;
    this.#host.requestUpdate();
  }

  #drawCode(): void {
    const { state } = this.#orders;
    const order = orderOf(state);
    const isShown = order && isOpen(state) && this.#isCodeShown(order);
    const hasLogo = this.#host.querySelector(':scope > [slot="logo"]') !== null;
    this.#qr.show(isShown && this.#host.isConnected ? order.tokenUrl : undefined, hasLogo);
  }

  /** What comes next takes no less room, or the page would jump; later `CardHeight` sees to that. */
  #keepHeight(): void {
    const isIdle = this.#orders.state.phase === 'idle';
    for (const part of this.#host.renderRoot.querySelectorAll<HTMLElement>('.card, .caption'))
      part.style.minBlockSize = isIdle ? '' : getComputedStyle(part).blockSize;
  }

  #isCodeShown({ id }: Order): boolean {
    if (this.#host.inApp === 'qr' || this.#codeWantedFor === id) return true;
    return !isAppFirst(environmentOf(this.#host));
  }

  /** The app may only now have said that this is its webview. */
  readonly #onBridge = () => {
    this.#host.requestUpdate();
    this.enter();
  };
}
