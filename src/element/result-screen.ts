import type { LitElement } from 'lit';
import type { CheckoutError } from '../order/checkout-error.ts';
import type { OrderController } from '../order/order-controller.ts';
import { isOpen, orderOf } from '../order/order-state.ts';
import type { Order } from '../protocol.ts';
import { CardHeight } from './card-height.ts';
import { Countdown } from './countdown.ts';
import { laterAnnouncement } from './later-announcement.ts';
import type { Messages } from './messages/messages.ts';
import { type ReturnSettings, ReturnTrip } from './return-trip.ts';
import type { Settings } from './setting-findings.ts';
import { SettingsCheck } from './settings-check.ts';
import type { View } from './views/card.ts';
import { type Result, resultView } from './views/result.ts';

/** What happens on screen as an order's time goes by, and once it is over. */
export class ResultScreen {
  readonly #orders: OrderController;
  readonly #trip: ReturnTrip;

  constructor(
    host: LitElement & ReturnSettings & Settings,
    orders: OrderController,
    onError: (error: CheckoutError) => void,
  ) {
    this.#orders = orders;
    new Countdown(host, () => (isOpen(orders.state) ? orders.remaining : undefined));
    new CardHeight(host, () => orders.state.phase);
    new SettingsCheck(host);
    const paid = () => (orders.state.phase === 'paid' ? orderOf(orders.state) : undefined);
    this.#trip = new ReturnTrip(host, paid, onError);
  }

  /** The template of the order that is over. */
  readonly render = (view: View, result: Result, order: Order) =>
    resultView({ ...view, onward: this.#trip.url, onLeave: this.#trip.begin }, result, order);

  /** What a screen reader is told beside the phase. */
  announcement(t: Messages): string | undefined {
    return laterAnnouncement(this.#orders, t);
  }
}
