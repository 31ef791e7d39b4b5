import type { CSSResult } from 'lit';
import { isAppFirst } from '../device/in-app.ts';
import type { CheckoutError } from '../order/checkout-error.ts';
import { nextTask } from '../order/next-task.ts';
import type { OrderController } from '../order/order-controller.ts';
import type { CheckoutDialog } from './checkout-dialog.ts';
import { environmentOf } from './environment.ts';
import { addEnglish } from './language.ts';
import { LazyPart } from './lazy-part.ts';
import { loadOrderPart } from './load-order-part.ts';
import type { OrderScreen, ScreenHost } from './order-screen.ts';
import type { ResultScreen } from './result-screen.ts';
import type { ReturnSettings } from './return-trip.ts';
import type { Settings } from './setting-findings.ts';

export interface PartsOwner {
  host: ScreenHost & ReturnSettings & Settings;
  orders(): OrderController;
  addStyles(styles: CSSResult): void;
  onError(error: CheckoutError): void;
}

/** What the element loads when it needs it, and what it is made of then. */
export class Parts {
  readonly #owner: PartsOwner;
  screen: OrderScreen | undefined;
  results: ResultScreen | undefined;
  dialog: CheckoutDialog | undefined;

  constructor(owner: PartsOwner) {
    this.#owner = owner;
  }

  /** Reads an order, shows it and follows it. */
  readonly order = new LazyPart(
    async () => {
      await nextTask(); // not with what a press shows, nor with the script itself
      // What it will need itself comes beside it, or it would come a trip later.
      const isApp = isAppFirst(environmentOf(this.#owner.host));
      void (isApp ? import('./app-part.ts') : import('./qr-code.ts')).catch(() => {});
      return loadOrderPart();
    },
    ({ OrderScreen, english, orderStyles }) => {
      const { host, orders, addStyles, onError } = this.#owner;
      addEnglish(english);
      this.screen = new OrderScreen(host, orders(), () => addStyles(orderStyles), onError);
      // After an order that is here already: that is shown at once, and not first that it is awaited.
      void nextTask()
        .then(nextTask)
        .then(() => host.requestUpdate());
    },
  );

  /** Follows it well, and shows how it ended. */
  readonly follow = new LazyPart(
    () => import('./follow-part.ts'),
    ({ ResultScreen, english, followStyles }) => {
      const { host, orders, addStyles, onError } = this.#owner;
      addEnglish(english);
      addStyles(followStyles);
      this.results = new ResultScreen(host, orders(), onError);
      host.requestUpdate();
    },
  );

  /** Shows the card in a dialog. */
  readonly inDialog = new LazyPart(
    () => import('./dialog-part.ts'),
    ({ CheckoutDialog, dialogStyles, english }) => {
      const { host, addStyles } = this.#owner;
      addEnglish(english);
      addStyles(dialogStyles);
      this.dialog = new CheckoutDialog(host);
      host.requestUpdate();
    },
  );
}
