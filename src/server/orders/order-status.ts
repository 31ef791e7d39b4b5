/** Which status may follow which. Every store asks this one table, so that none can lose a payment. */
import type { OrderStatus } from '../../protocol.ts';

/**
 * Paid never goes back, except to refunded. Failed, expired and cancelled give way to paid, and so to
 * refunded, all the same: they are the shop's side of the story, and the kit moves an order to `paid`
 * only when PayBy itself, signed, says that money moved. That must not be lost, however late it comes.
 */
const followers: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  pending: ['scanned', 'paid', 'failed', 'expired', 'cancelled', 'refunded'],
  scanned: ['paid', 'failed', 'expired', 'cancelled', 'refunded'],
  failed: ['paid', 'refunded'],
  expired: ['paid', 'refunded'],
  cancelled: ['paid', 'refunded'],
  paid: ['refunded'],
  refunded: [],
};

/** Whether an order may move from one status to another. No status follows itself. */
export const canFollow = (from: OrderStatus, to: OrderStatus): boolean =>
  followers[from].includes(to);

/** Whether an order waits for its customer. */
export const isOpen = ({ status }: { status: OrderStatus }): boolean =>
  status === 'pending' || status === 'scanned';

/** Whether an order is paid and the shop has not taken it yet. */
export const awaitsShop = (order: { status: OrderStatus; fulfilled: boolean }): boolean =>
  order.status === 'paid' && !order.fulfilled;
