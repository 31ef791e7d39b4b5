import type { CheckoutError, CheckoutErrorCode } from '../order/checkout-error.ts';
import type { OrderState, Phase } from '../order/order-state.ts';
import type { Order } from '../protocol.ts';

const options: EventInit = { bubbles: true, composed: true };

/** `payby-order`: there is an order now. */
export class PaybyOrderEvent extends Event {
  readonly order: Order;
  constructor(order: Order) {
    super('payby-order', options);
    this.order = order;
  }
}

/** `payby-change`: the checkout's state is another one. */
export class PaybyChangeEvent extends Event {
  readonly state: OrderState;
  readonly previous: OrderState;
  constructor(state: OrderState, previous: OrderState) {
    super('payby-change', options);
    this.state = state;
    this.previous = previous;
  }
}

/** `payby-redirect`: about to leave for the app; `preventDefault()` keeps the page. */
export class PaybyRedirectEvent extends Event {
  readonly order: Order;
  /** Where to; its host has been checked. */
  readonly url: string;
  constructor(order: Order, url: string) {
    super('payby-redirect', { ...options, cancelable: true });
    this.order = order;
    this.url = url;
  }
}

/** `payby-scanned`: somebody has scanned the code and is confirming. */
export class PaybyScannedEvent extends Event {
  readonly order: Order;
  constructor(order: Order) {
    super('payby-scanned', options);
    this.order = order;
  }
}

/** How an order can end. */
export type Outcome = 'paid' | 'failed' | 'expired' | 'cancelled';

/** `payby-paid`, `payby-failed`, `payby-expired`, `payby-cancelled`: exactly one per order. */
export class PaybyOutcomeEvent extends Event {
  readonly order: Order;
  constructor(outcome: Outcome, order: Order) {
    super(`payby-${outcome}`, options);
    this.order = order;
  }
}

/** `payby-error`: something went wrong; the checkout goes on or can be retried. */
export class PaybyErrorEvent extends Event {
  readonly code: CheckoutErrorCode;
  /** The phase in which it happened. */
  readonly phase: Phase;
  /** Whether trying again may help. */
  readonly retryable: boolean;
  /** For the developer of the page; customers read a translated sentence. */
  readonly message: string;
  readonly cause: unknown;
  constructor(error: CheckoutError, phase: Phase) {
    super('payby-error', options);
    this.code = error.code;
    this.phase = phase;
    this.retryable = error.retryable;
    this.message = error.message;
    this.cause = error.cause ?? error;
  }
}

declare global {
  interface HTMLElementEventMap {
    'payby-order': PaybyOrderEvent;
    'payby-change': PaybyChangeEvent;
    'payby-redirect': PaybyRedirectEvent;
    'payby-scanned': PaybyScannedEvent;
    'payby-paid': PaybyOutcomeEvent;
    'payby-failed': PaybyOutcomeEvent;
    'payby-expired': PaybyOutcomeEvent;
    'payby-cancelled': PaybyOutcomeEvent;
    'payby-error': PaybyErrorEvent;
  }
}
