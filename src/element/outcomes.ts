import { isLapsed, type OrderState, orderOf } from '../order/order-state.ts';
import type { Order } from '../protocol.ts';
import {
  type Outcome,
  PaybyChangeEvent,
  PaybyOrderEvent,
  PaybyOutcomeEvent,
  PaybyScannedEvent,
} from './events.ts';

/**
 * Tells the page of its orders: every change, and of each order exactly one outcome. Only that it was
 * paid is told also of an order whose other end was told before: no payment may be lost on a page.
 */
export class Outcomes {
  readonly #target: EventTarget;
  readonly #told = new Map<string, Outcome>();
  /** An order that only the time ended, and another may take its place: its end is still to be told. */
  #left: Order | undefined;

  constructor(target: EventTarget) {
    this.#target = target;
  }

  /** @param isCurrent whether `next` is still the state: whoever listens may go on in the meantime */
  tell(next: OrderState, previous: OrderState, isCurrent: () => boolean): void {
    const order = orderOf(next);
    const isNew = order !== undefined && orderOf(previous)?.id !== order.id;
    if (isLapsed(previous) && order?.id !== previous.order.id) this.#left = previous.order;
    this.#tellLeft(next);
    if (isNew) this.#target.dispatchEvent(new PaybyOrderEvent(order));
    if (isCurrent()) this.#target.dispatchEvent(new PaybyChangeEvent(next, previous));
    if (!order || isLapsed(next)) return;
    const isNext = isNew || isLapsed(previous) || next.phase !== previous.phase;
    if (isNext) this.#tellPhase(next.phase, order);
  }

  /** Asked for another order, the backend may answer the one that was left: then it goes on. */
  #tellLeft(next: OrderState): void {
    const left = this.#left;
    const order = orderOf(next);
    if (!left || !(order || next.phase === 'idle')) return;
    this.#left = undefined;
    if (order?.id !== left.id) this.#tellPhase('expired', left);
  }

  #tellPhase(phase: OrderState['phase'], order: Order): void {
    switch (phase) {
      case 'scanned':
        this.#target.dispatchEvent(new PaybyScannedEvent(order));
        break;
      case 'paid':
      case 'failed':
      case 'expired':
      case 'cancelled': {
        const told = this.#told.get(order.id);
        if (told && (phase !== 'paid' || told === 'paid')) return;
        this.#told.set(order.id, phase);
        this.#target.dispatchEvent(new PaybyOutcomeEvent(phase, order));
      }
    }
  }
}
