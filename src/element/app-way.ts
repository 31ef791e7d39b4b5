import { bridge } from '../device/bridge.ts';
import { type Environment, isInApp } from '../device/in-app.ts';
import { exit } from '../device/leave.ts';
import { hasComeBack, rememberRedirect, wasRedirected } from '../device/redirected-orders.ts';
import { files } from '../device/save-file.ts';
import { sharing } from '../device/share.ts';
import { CheckoutError } from '../order/checkout-error.ts';
import { delay, systemClock } from '../order/clock.ts';
import type { OrderController } from '../order/order-controller.ts';
import { isOpen, orderOf } from '../order/order-state.ts';
import type { Order } from '../protocol.ts';
import { PaybyRedirectEvent } from './events.ts';
import type { Messages } from './messages/messages.ts';
import type { ScreenHost } from './order-screen.ts';
import { type AppStage, appStage, stageHint } from './views/app.ts';

/** A bridge that is not there after this long is given up, ms. */
const bridgePatience = 3000;
/** A page that is still here after this long was not left, or has been come back to, ms. */
const leavingTime = 4000;

interface WayView {
  t: Messages;
  environment: Environment;
  isCodeShown: boolean;
  /** Shows the code, or hides it again. */
  toggleCode(): void;
}

/** The way into the app where it comes first: by itself inside the app, by a press on a phone. */
export class AppWay {
  readonly #host: ScreenHost;
  readonly #orders: OrderController;
  readonly #onError: (error: CheckoutError) => void;
  /** How far the customer is, and with which order. */
  #step: { id: string; stage: AppStage } | undefined;
  /** An order to go to by itself, as soon as that can be done. */
  #due: Order | undefined;
  /** The order that was gone to, so that it is not gone to by itself again. */
  #entered: string | undefined;
  #run = new AbortController();

  constructor(host: ScreenHost, orders: OrderController, onError: (error: CheckoutError) => void) {
    this.#host = host;
    this.#orders = orders;
    this.#onError = onError;
    host.addController({
      hostConnected: () => this.#due && this.#isOpen(this.#due) && this.enter(this.#due),
      hostDisconnected: () => this.#end(),
    });
  }

  /** Inside the app the payment is one step away: straight there, once per order. */
  enter(order: Order): void {
    if (this.#host.inApp === 'qr' || this.#entered === order.id) return;
    if (wasRedirected(order.id) || hasComeBack()) return;
    this.#end();
    this.#due = order;
    // A checkout that was taken off the page must not leave it.
    if (this.#host.isConnected) void this.#goIn(order);
  }

  readonly render = (view: WayView, order: Order) => {
    const { t, environment, toggleCode, isCodeShown } = view;
    // The deep link is for browsers; the app itself reads the tokenUrl.
    const way = isInApp(environment) ? { ...order, appLink: undefined } : order;
    const showCode = () => isCodeShown || toggleCode();
    const actions = {
      toggleCode,
      leave: (event: MouseEvent) => this.#press(event, way, showCode),
      prepare: () => void import('./qr-code.ts').catch(() => {}),
      saveImage: () => void this.#handOver(order, showCode, (picture) => files.save(picture)),
      share: () =>
        void this.#handOver(order, showCode, (picture, url) =>
          sharing.share(picture, t.title, url),
        ),
    };
    const canHideCode = this.#host.inApp !== 'qr';
    const canShare = sharing.isThere();
    return appStage({ ...view, stage: this.#stageOf(order), canHideCode, canShare, actions }, way);
  };

  /** What a screen reader is told of the way; nothing as long as it is only offered. */
  announcement(t: Messages, order: Order): string | undefined {
    const stage = this.#stageOf(order);
    return stage === 'ready' ? undefined : stageHint(t, stage);
  }

  #stageOf({ id }: Order): AppStage {
    if (this.#step?.id === id) return this.#step.stage;
    return wasRedirected(id) ? 'back' : 'ready';
  }

  async #goIn(order: Order): Promise<void> {
    const { signal } = this.#run;
    const isAwaited = this.#host.inApp === 'bridge' && order.bridge && !bridge.isThere();
    if (isAwaited) await this.#bridgeArrival().catch(() => {});
    if (signal.aborted || !this.#isOpen(order)) return;
    this.#entered = order.id;
    if (!this.#payByBridge(order)) this.#redirect(order);
  }

  async #bridgeArrival(): Promise<void> {
    const { signal } = this.#run;
    const waiting = new AbortController();
    const arrival = new Promise<void>((resolve) => bridge.onReady(resolve, waiting.signal));
    await Promise.race([arrival, delay(bridgePatience, systemClock, signal)]).finally(() =>
      waiting.abort(),
    );
  }

  /** By the app's own checkout, if the page wants that and the app has put its bridge there. */
  #payByBridge(order: Order): boolean {
    if (this.#host.inApp !== 'bridge' || !order.bridge) return false;
    const onReturn = () => void this.#orders.check().catch(() => {});
    const isTaken = bridge.pay(order.bridge, onReturn);
    if (isTaken) rememberRedirect(order.id);
    return isTaken;
  }

  #redirect(order: Order): void {
    const { tokenUrl } = order;
    if (!tokenUrl || !this.#host.dispatchEvent(new PaybyRedirectEvent(order, tokenUrl))) return;
    // Whoever listened may have left the order.
    if (this.#isOpen(order) && exit.leave(tokenUrl)) this.#leaving(order);
  }

  /**
   * A link is a link, except where it cannot do what it says: by the bridge, and out of a frame. Nothing
   * is waited for: browsers open apps and tabs only right after the press.
   */
  #press(event: MouseEvent, order: Order, showCode: () => void): void {
    const url = order.appLink ?? order.tokenUrl;
    if (!url || event.ctrlKey || event.metaKey || event.shiftKey) return;
    this.#end();
    this.#entered = order.id;
    const isTaken = this.#payByBridge(order);
    const isFramed = exit.isFramed();
    if (isTaken || isFramed) event.preventDefault();
    if (isTaken) return;
    if (!isFramed || exit.leave(url, true)) this.#leaving(order);
    else {
      this.#setStage(order, 'framed');
      showCode();
    }
  }

  #leaving(order: Order): void {
    rememberRedirect(order.id);
    this.#end();
    this.#setStage(order, 'leaving');
    const { signal } = this.#run;
    delay(leavingTime, systemClock, signal).then(
      () => this.#setStage(order, 'back'),
      () => {},
    );
  }

  async #handOver(
    order: Order,
    showCode: () => void,
    hand: (picture: File, url: string) => unknown,
  ): Promise<void> {
    const { id, tokenUrl } = order;
    if (!tokenUrl) return;
    try {
      const { drawPng } = await import('./qr-code.ts');
      const picture = await drawPng(tokenUrl);
      await hand(new File([picture], `payment-${id}.png`, { type: picture.type }), tokenUrl);
      if (this.#step?.stage === 'byHand') this.#setStage(order, 'ready');
    } catch (cause) {
      if (!this.#isOpen(order)) return;
      const message = `The QR code could not be handed over (${String(cause)}); it is shown instead.`;
      this.#onError(new CheckoutError('qr-failed', message, { cause }));
      this.#setStage(order, 'byHand');
      showCode();
    }
  }

  #isOpen({ id }: Order): boolean {
    const { state } = this.#orders;
    return this.#host.isConnected && isOpen(state) && orderOf(state)?.id === id;
  }

  #setStage({ id }: Order, stage: AppStage): void {
    this.#step = { id, stage };
    this.#host.requestUpdate();
  }

  #end(): void {
    this.#run.abort();
    this.#run = new AbortController();
    this.#step = undefined;
  }
}
