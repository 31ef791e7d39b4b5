import { isLapsed, type OrderState, orderOf } from '../order/order-state.ts';
import type { Order } from '../protocol.ts';
import {
  PaybyChangeEvent,
  PaybyOrderEvent,
  PaybyOutcomeEvent,
  PaybyScannedEvent,
} from './events.ts';

/** Tells the page of its orders: every change, and of each order exactly one outcome. */
export class Outcomes {
  readonly #target: EventTarget;
  readonly #told = new Set<string>();

  constructor(target: EventTarget) {
    this.#target = target;
  }

  /** @param isCurrent whether `next` is still the state: whoever listens may go on in the meantime */
  tell(next: OrderState, previous: OrderState, isCurrent: () => boolean): void {
    const order = orderOf(next);
    const isNew = order !== undefined && orderOf(previous)?.id !== order.id;
    // An order that only the time ended is told of once nothing more can be heard of it.
    if (isLapsed(previous) && order?.id !== previous.order.id) {
      this.#tellPhase('expired', previous.order);
    }
    if (isNew) this.#target.dispatchEvent(new PaybyOrderEvent(order));
    if (isCurrent()) this.#target.dispatchEvent(new PaybyChangeEvent(next, previous));
    if (!order || isLapsed(next)) return;
    const isNext = isNew || isLapsed(previous) || next.phase !== previous.phase;
    if (isNext) this.#tellPhase(next.phase, order);
  }

  #tellPhase(phase: OrderState['phase'], order: Order): void {
    switch (phase) {
      case 'scanned':
        this.#target.dispatchEvent(new PaybyScannedEvent(order));
        break;
      case 'paid':
      case 'failed':
      case 'expired':
      case 'cancelled':
        if (this.#told.has(order.id)) return;
        this.#told.add(order.id);
        this.#target.dispatchEvent(new PaybyOutcomeEvent(phase, order));
    }
  }
}
