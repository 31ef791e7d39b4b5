import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { navigation } from '../device/navigate.ts';
import { CheckoutError } from '../order/checkout-error.ts';
import { systemClock } from '../order/clock.ts';

/** How long the customer sees that it is paid before the page is left, ms. */
const pause = 4000;

/** The page to go on to, as the shop has named it. */
export interface ReturnSettings {
  returnUrl: string;
}

/** Leads on to the page that the shop has named, some time after the payment. */
export class ReturnTrip implements ReactiveController {
  readonly #host: ReactiveControllerHost & ReturnSettings;
  readonly #isPaid: () => boolean;
  readonly #onError: (error: CheckoutError) => void;
  #stop: (() => void) | undefined;
  /** The address that was told to be wrong. */
  #wrong: string | undefined;

  constructor(
    host: ReactiveControllerHost & ReturnSettings,
    isPaid: () => boolean,
    onError: (error: CheckoutError) => void,
  ) {
    this.#host = host;
    this.#isPaid = isPaid;
    this.#onError = onError;
    host.addController(this);
  }

  /** Where to go on to; undefined before the payment, and without such a page. */
  get url(): string | undefined {
    const { returnUrl } = this.#host;
    if (!returnUrl || !this.#isPaid()) return undefined;
    if (URL.canParse(returnUrl, document.baseURI)) {
      const { href, protocol } = new URL(returnUrl, document.baseURI);
      if (/^https?:$/.test(protocol)) return href;
    }
    if (this.#wrong !== returnUrl) {
      this.#wrong = returnUrl;
      const wrong = `<payby-checkout>: return-url "${returnUrl}" is not an http(s) URL; the page is not left.`;
      this.#onError(new CheckoutError('configuration', wrong));
    }
    return undefined;
  }

  hostUpdated(): void {
    if (!this.url) this.hostDisconnected();
    else this.#stop ??= systemClock.after(pause, () => this.url && navigation.assign(this.url));
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
