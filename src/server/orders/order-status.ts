/** Which status may follow which. One table, so that no path can lose a payment. */
import type { OrderStatus } from '../../protocol.ts';
import type { OrderRecord } from '../stores/order-store.ts';

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

/** What an order's place between PayBy and the shop hangs on. */
export type Standing = Pick<OrderRecord, 'status' | 'told' | 'refunds'>;

/** Whether an order waits for its customer. */
export const isOpen = ({ status }: Pick<OrderRecord, 'status'>): boolean =>
  status === 'pending' || status === 'scanned';

/** Whether an order is paid and the shop has not taken the payment yet. */
export const awaitsPaid = ({ status, told }: Standing): boolean =>
  status === 'paid' && told !== 'paid';

/** Whether the shop has yet to take how an order ended, or money that went back. */
export const awaitsShop = (order: Standing): boolean =>
  (!isOpen(order) && order.told !== order.status) ||
  (order.refunds ?? []).some(({ status, told }) => status === 'succeeded' && !told);

/** Whether there is something left to do for an order, by its customer, PayBy or the shop. */
export const isUnsettled = (order: Standing): boolean =>
  isOpen(order) ||
  awaitsShop(order) ||
  (order.refunds ?? []).some(({ status }) => status === 'pending');
