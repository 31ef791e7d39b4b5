import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { navigation } from '../device/navigate.ts';
import { rememberReturn, wasReturned } from '../device/returned-orders.ts';
import { CheckoutError } from '../order/checkout-error.ts';
import { systemClock } from '../order/clock.ts';
import type { Order } from '../protocol.ts';

/** How long the customer sees that it is paid before the page is left, ms. */
const pause = 4000;

/** The page to go on to, as the shop has named it. */
export interface ReturnSettings {
  returnUrl: string;
}

/** Leads on to the page that the shop has named, some time after the payment, once for each order. */
export class ReturnTrip implements ReactiveController {
  readonly #host: ReactiveControllerHost & ReturnSettings;
  readonly #paid: () => Order | undefined;
  readonly #onError: (error: CheckoutError) => void;
  #stop: (() => void) | undefined;
  /** The address that was told to be wrong. */
  #wrong: string | undefined;

  /** @param paid the order, once it is paid */
  constructor(
    host: ReactiveControllerHost & ReturnSettings,
    paid: () => Order | undefined,
    onError: (error: CheckoutError) => void,
  ) {
    this.#host = host;
    this.#paid = paid;
    this.#onError = onError;
    host.addController(this);
  }

  /** Where to go on to; undefined before the payment, and without such a page. */
  get url(): string | undefined {
    return this.#paid() && hrefOf(this.#host.returnUrl);
  }

  /** The customer goes on at once. */
  readonly begin = (): void => {
    const order = this.#paid();
    if (order) rememberReturn(order.id);
    this.hostDisconnected();
  };

  hostUpdated(): void {
    const order = this.#paid();
    const { url } = this;
    this.#checkAddress();
    if (!order || !url || wasReturned(order.id)) {
      this.hostDisconnected();
      return;
    }
    this.#stop ??= systemClock.after(pause, () => {
      if (!this.url) return;
      rememberReturn(order.id);
      navigation.assign(this.url);
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** Told with the first order, and not only when somebody has paid. */
  #checkAddress(): void {
    const { returnUrl } = this.#host;
    if (!returnUrl || hrefOf(returnUrl) || this.#wrong === returnUrl) return;
    this.#wrong = returnUrl;
    const wrong = `<payby-checkout>: return-url "${returnUrl}" is not an http(s) URL; the page is not left.`;
    this.#onError(new CheckoutError('configuration', wrong));
  }
}

/** The page as a URL; undefined for anything but http(s). */
function hrefOf(returnUrl: string): string | undefined {
  if (!returnUrl || !URL.canParse(returnUrl, document.baseURI)) return undefined;
  const { href, protocol } = new URL(returnUrl, document.baseURI);
  return /^https?:$/.test(protocol) ? href : undefined;
}
