import { bridge } from '../device/bridge.ts';
import type { Environment } from '../device/in-app.ts';
import { navigation } from '../device/navigate.ts';
import { rememberRedirect, wasRedirected } from '../device/redirected-orders.ts';
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
import { type AppStage, appStage } from './views/app.ts';

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
  #stage: Exclude<AppStage, 'back'> = 'ready';
  /** The order that was gone to by itself, so that it is not gone to again. */
  #entered: string | undefined;
  #run = new AbortController();

  constructor(host: ScreenHost, orders: OrderController, onError: (error: CheckoutError) => void) {
    this.#host = host;
    this.#orders = orders;
    this.#onError = onError;
    host.addController({ hostDisconnected: () => this.#end() });
  }

  /** Inside the app the payment is one step away: straight there, once per order. */
  enter(order: Order): void {
    if (this.#host.inApp === 'qr' || this.#entered === order.id || wasRedirected(order.id)) return;
    this.#end();
    this.#entered = order.id;
    void this.#pay(order, () => this.#redirect(order));
  }

  readonly render = (view: WayView, order: Order) => {
    const { toggleCode, isCodeShown } = view;
    const showCode = () => isCodeShown || toggleCode();
    const isBack = this.#stage === 'ready' && wasRedirected(order.id);
    const actions = {
      toggleCode,
      leave: (event: MouseEvent) => this.#press(event, order, showCode),
      saveImage: () => void this.#handOver(order, showCode, (picture) => files.save(picture)),
      share: () =>
        void this.#handOver(order, showCode, (picture, url) =>
          sharing.share(picture, view.t.title, url),
        ),
    };
    const stage = isBack ? 'back' : this.#stage;
    return appStage({ ...view, stage, canShare: sharing.isThere(), actions }, order);
  };

  /** By the app's bridge if the page wants that and there is one; otherwise as `elsewise` does. */
  async #pay(order: Order, elsewise: () => void): Promise<void> {
    const { signal } = this.#run;
    if (this.#host.inApp === 'bridge' && order.bridge) {
      if (!bridge.isThere()) await this.#bridgeArrival().catch(() => {});
      if (signal.aborted || !this.#isOpen(order)) return;
      const onReturn = () => void this.#orders.check().catch(() => {});
      if (bridge.pay(order.bridge, onReturn)) return rememberRedirect(order.id);
    }
    elsewise();
  }

  async #bridgeArrival(): Promise<void> {
    const { signal } = this.#run;
    const waiting = new AbortController();
    const arrival = new Promise<void>((resolve) => bridge.onReady(resolve, waiting.signal));
    await Promise.race([arrival, delay(bridgePatience, systemClock, signal)]).finally(() =>
      waiting.abort(),
    );
  }

  #redirect(order: Order): void {
    const { tokenUrl } = order;
    if (!tokenUrl || !this.#tell(order, tokenUrl)) return;
    // Whoever listened may have left the order.
    if (this.#isOpen(order) && navigation.leave(tokenUrl)) this.#leaving(order);
  }

  /** A link is a link, except where it cannot do what it says: by the bridge, and out of a frame. */
  #press(event: MouseEvent, order: Order, showCode: () => void): void {
    const url = order.appLink ?? order.tokenUrl;
    if (!url || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const isOverBridge = this.#host.inApp === 'bridge' && order.bridge;
    if (!isOverBridge) {
      const isStaying = !this.#tell(order, url);
      if (!isStaying && !navigation.isFramed()) {
        this.#leaving(order);
        return;
      }
      event.preventDefault();
      if (isStaying) return;
    }
    event.preventDefault();
    this.#end();
    void this.#pay(order, () => {
      if (isOverBridge && !this.#tell(order, url)) return;
      if (navigation.leave(url, true)) this.#leaving(order);
      else {
        this.#setStage('framed');
        showCode();
      }
    });
  }

  #leaving(order: Order): void {
    rememberRedirect(order.id);
    this.#end();
    this.#setStage('leaving');
    const { signal } = this.#run;
    delay(leavingTime, systemClock, signal).then(
      () => this.#setStage('ready'),
      () => {},
    );
  }

  /** The page may have something better to do. */
  #tell(order: Order, url: string): boolean {
    return this.#host.dispatchEvent(new PaybyRedirectEvent(order, url));
  }

  async #handOver(
    { id, tokenUrl }: Order,
    showCode: () => void,
    hand: (picture: File, url: string) => unknown,
  ): Promise<void> {
    if (!tokenUrl) return;
    try {
      const { drawPng } = await import('./qr-code.ts');
      const picture = await drawPng(tokenUrl);
      await hand(new File([picture], `payment-${id}.png`, { type: picture.type }), tokenUrl);
    } catch (cause) {
      const message = `The QR code could not be handed over (${String(cause)}); it is shown instead.`;
      this.#onError(new CheckoutError('qr-failed', message, { cause }));
      this.#setStage('byHand');
      showCode();
    }
  }

  #isOpen({ id }: Order): boolean {
    const { state } = this.#orders;
    return isOpen(state) && orderOf(state)?.id === id;
  }

  #setStage(stage: Exclude<AppStage, 'back'>): void {
    this.#stage = stage;
    this.#host.requestUpdate();
  }

  #end(): void {
    this.#run.abort();
    this.#run = new AbortController();
    this.#stage = 'ready';
  }
}
