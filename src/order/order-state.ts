import { isFinal } from '../order-status.ts';
import type { Order } from '../protocol.ts';
import type { CheckoutError } from './checkout-error.ts';
import { ownFields } from './own-fields.ts';

/** Where a checkout stands. Reset leads back to idle from anywhere. */
export type OrderState =
  | { phase: 'idle' } //                            → creating
  | { phase: 'creating' } //                        → any below, idle
  | { phase: 'awaiting'; order: Order } //          → scanned | a final one
  | { phase: 'scanned'; order: Order } //           → awaiting | a final one
  | { phase: 'paid'; order: Order } //              final
  | { phase: 'failed'; order: Order } //            final → creating
  /** `isLapsed`: only the time says so, the backend has not. → paid, or any other final word */
  | { phase: 'expired'; order: Order; isLapsed?: true } // final → creating
  | { phase: 'cancelled'; order: Order } //         final → creating
  | { phase: 'refunded'; order: Order } //          final
  | { phase: 'error'; error: CheckoutError }; //    → creating

export type Phase = OrderState['phase'];

export type OrderEvent =
  | { type: 'started' }
  /** The backend, and nobody else, said what the order is now. */
  | { type: 'reported'; order: Order }
  /** Time is up and the backend, asked again, still called the order unpaid. */
  | { type: 'lapsed' }
  /** A lapsed order was followed for long enough. */
  | { type: 'given-up' }
  | { type: 'broke'; error: CheckoutError }
  | { type: 'reset' };

/** Whether an order is on screen that may still be paid. */
export const isOpen = (
  state: OrderState,
): state is OrderState & { phase: 'awaiting' | 'scanned' } =>
  state.phase === 'awaiting' || state.phase === 'scanned';

/** Whether only the time says that the order has expired: a payment may still be on its way. */
export const isLapsed = (state: OrderState): state is OrderState & { phase: 'expired' } =>
  state.phase === 'expired' && state.isLapsed === true;

/** Whether the backend may still have news of the order on screen. */
export const isFollowed = (
  state: OrderState,
): state is OrderState & { phase: 'awaiting' | 'scanned' | 'expired' } =>
  isOpen(state) || isLapsed(state);

const startable: readonly Phase[] = ['idle', 'failed', 'expired', 'cancelled', 'error'];

/** Whether an order may be created: never beside one that is open, under way, or paid. */
export const canStart = (state: OrderState): boolean => startable.includes(state.phase);

/** The order of a state that has one. */
export const orderOf = (state: OrderState): Order | undefined =>
  'order' in state ? state.order : undefined;

/** The state that follows `state` when `event` happens; the same object when it is ignored. */
export function nextState(state: OrderState, event: OrderEvent): OrderState {
  switch (event.type) {
    case 'reset':
      return state.phase === 'idle' ? state : { phase: 'idle' };
    case 'started':
      return canStart(state) ? { phase: 'creating' } : state;
    case 'broke':
      return state.phase === 'creating' ? { phase: 'error', error: event.error } : state;
    case 'lapsed':
      return isOpen(state) ? { phase: 'expired', order: state.order, isLapsed: true } : state;
    case 'given-up':
      return isLapsed(state) ? { phase: 'expired', order: state.order } : state;
    case 'reported':
      return afterReport(state, event.order);
  }
}

function afterReport(state: OrderState, reported: Order): OrderState {
  if (state.phase === 'creating') return stateOf(reported);
  // Where the backend has spoken its last word, or there is no order, nothing more is to be heard.
  if (!('order' in state) || isFinal(state.order.status)) return state;
  if (reported.id !== state.order.id) return state;
  const isUnpaid = !isFinal(reported.status);
  if (isUnpaid && state.phase === 'expired') return state;
  // Answers of two feeds may overtake each other: an older word never undoes a newer one.
  if (isUnpaid && isOlder(reported, state.order)) return state;
  return stateOf({ ...state.order, ...reported });
}

/** Whether two states show the same; the server's time of answering does not count. */
export const looksSame = (a: OrderState, b: OrderState): boolean =>
  a === b ||
  // Asked for by itself: a page can change how objects are written as JSON.
  (a.phase === b.phase && JSON.stringify(withoutTime(a)) === JSON.stringify(withoutTime(b)));

const withoutTime = (state: OrderState) =>
  'order' in state ? { ...state, order: { ...state.order, now: 0 } } : state;

const stateOf = (order: Order): OrderState => ({
  phase: order.status === 'pending' ? 'awaiting' : order.status,
  order: ownFields(order),
});

const isOlder = (reported: Order, known: Order): boolean =>
  reported.now !== undefined && known.now !== undefined && reported.now < known.now;
