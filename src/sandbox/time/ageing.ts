import type { SandboxOrder } from '../orders/order.ts';
import type { OrderBook } from '../orders/order-book.ts';
import { tokenLife } from '../orders/token-book.ts';

/**
 * Lets `ms` pass for all orders there are: they expire, settle and lose their codes as if they had
 * been placed that much earlier.
 *
 * @param now epoch ms
 */
export function age(book: OrderBook, ms: number, now: number): void {
  for (const order of book.all()) {
    if (order.state.status === 'CREATED' && lapses(order, ms, now)) book.lapse(order);
    book.save(aged(order, ms, now));
  }
}

/**
 * An order as if it had been placed `ms` earlier. One whose time would have run out in the past
 * expires this moment, since that is when its merchant can learn of it.
 *
 * @param now epoch ms
 */
function aged(order: SandboxOrder, ms: number, now: number): SandboxOrder {
  const { state } = order;
  const earlier = { ...order, requestTime: order.requestTime - ms };
  if (state.status === 'CREATED') {
    return { ...earlier, expiredTime: Math.max(order.expiredTime - ms, now) };
  }
  if (state.status !== 'PAID_SUCCESS') return earlier;
  const payment = { ...state.payment, paidTime: state.payment.paidTime - ms };
  return { ...earlier, state: { ...state, payment } };
}

/** Whether a code of this order, of which only the order's age is known, lapses in this step. */
function lapses({ requestTime }: SandboxOrder, ms: number, now: number): boolean {
  const age = now - requestTime;
  return ms >= tokenLife || (age < tokenLife && age + ms >= tokenLife);
}
