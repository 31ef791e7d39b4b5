import type { LitElement } from 'lit';
import { detectEnvironment, deviceFacts, type Environment, isInApp } from '../device/in-app.ts';
import { navigation } from '../device/navigate.ts';
import { rememberRedirect, wasRedirected } from '../device/redirected-orders.ts';
import { files } from '../device/save-file.ts';
import { CheckoutError } from '../order/checkout-error.ts';
import type { OrderController } from '../order/order-controller.ts';
import { isOpen, orderOf } from '../order/order-state.ts';
import type { Order } from '../protocol.ts';
import { Countdown } from './countdown.ts';
import { PaybyRedirectEvent } from './events.ts';
import { loadQrCode, QrController } from './qr-controller.ts';
import type { View } from './views/card.ts';
import { isAppFirst, openView } from './views/open.ts';

/** The element as its screen knows it. */
export type ScreenHost = LitElement & {
  environment: 'auto' | Environment;
  detect: (() => Environment) | undefined;
  inApp: 'redirect' | 'qr';
};

/** What happens on screen while an order can be paid: its code, its countdown, the way into the app. */
export class OrderScreen {
  readonly #host: ScreenHost;
  readonly #orders: OrderController;
  readonly #qr: QrController;
  readonly #onError: (error: CheckoutError) => void;
  /** The order whose code was asked for on a device that is offered the app first. */
  #codeWantedFor: string | undefined;

  constructor(host: ScreenHost, orders: OrderController, onError: (error: CheckoutError) => void) {
    this.#host = host;
    this.#orders = orders;
    this.#onError = onError;
    this.#qr = new QrController(host, onError);
    new Countdown(host, () => (isOpen(orders.state) ? orders.remaining : undefined));
    // Sent for while the backend is still asked, except where the app comes first.
    if (!isAppFirst(this.#environment())) void loadQrCode().catch(() => {});
    host.addController({ hostUpdate: () => this.#drawCode() });
  }

  /** Inside the app the payment is one step away: no code, straight there, once per order. */
  enter(order: Order): void {
    const { tokenUrl } = order;
    if (!tokenUrl || this.#host.inApp !== 'redirect' || !isInApp(this.#environment())) return;
    if (wasRedirected(order.id)) return;
    if (!this.#host.dispatchEvent(new PaybyRedirectEvent(order, tokenUrl))) return;
    // Whoever listened may have left the order.
    if (orderOf(this.#orders.state)?.id !== order.id) return;
    rememberRedirect(order.id);
    navigation.assign(tokenUrl);
  }

  /** The template of the open order. */
  readonly render = (view: View, order: Order, isScanned: boolean) => {
    const open = {
      ...view,
      health: this.#orders.health,
      remaining: this.#orders.remaining,
      qr: this.#qr.state,
      environment: this.#environment(),
      isCodeWanted: this.#isCodeWanted(order),
      cancelling: this.#orders.cancelling,
      actions: {
        ...view.actions,
        showCode: () => this.#showCode(order),
        saveImage: () => void this.#saveImage(order),
      },
    };
    return openView(open, order, isScanned);
  };

  #drawCode(): void {
    const { state } = this.#orders;
    const order = orderOf(state);
    const isShown =
      order && isOpen(state) && (this.#isCodeWanted(order) || !isAppFirst(this.#environment()));
    const hasLogo = this.#host.querySelector(':scope > [slot="logo"]') !== null;
    this.#qr.show(isShown && this.#host.isConnected ? order.tokenUrl : undefined, hasLogo);
  }

  #showCode({ id }: Order): void {
    this.#codeWantedFor = id;
    this.#host.requestUpdate();
  }

  async #saveImage({ id, tokenUrl }: Order): Promise<void> {
    if (!tokenUrl) return;
    try {
      const { drawPng } = await loadQrCode();
      files.save(await drawPng(tokenUrl), `payment-${id}.png`);
    } catch (cause) {
      const message = `The QR code could not be saved (${String(cause)}); the link to pay works.`;
      this.#onError(new CheckoutError('qr-failed', message, { cause }));
    }
  }

  #isCodeWanted = ({ id }: Order): boolean =>
    this.#host.inApp === 'qr' || this.#codeWantedFor === id;

  #environment(): Environment {
    const { environment, detect } = this.#host;
    if (environment !== 'auto') return environment;
    try {
      if (detect) return detect();
    } catch {
      // The page's own detection does not work; the built-in one does.
    }
    return detectEnvironment(deviceFacts());
  }
}
