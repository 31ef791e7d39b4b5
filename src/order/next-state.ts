import { isFinal } from '../order-status.ts';
import type { Order } from '../protocol.ts';
import { isLapsed, isOpen, type OrderState } from './order-state.ts';
import { ownFields } from './own-fields.ts';

/** What is heard of an order, from its first answer on. */
export type OrderNews =
  /** The backend, and nobody else, said what the order is now. */
  | { type: 'reported'; order: Order }
  /** Time is up and the backend, asked again, still called the order unpaid. */
  | { type: 'lapsed' }
  /** A lapsed order was followed for long enough. */
  | { type: 'given-up' };

/** The state that follows `state` with that news; the same object when it is ignored. */
export function nextState(state: OrderState, news: OrderNews): OrderState {
  switch (news.type) {
    case 'lapsed':
      return isOpen(state) ? { phase: 'expired', order: state.order, isLapsed: true } : state;
    case 'given-up':
      return isLapsed(state) ? { phase: 'expired', order: state.order } : state;
    case 'reported':
      return afterReport(state, news.order);
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
