import type { OrderController } from '../order/order-controller.ts';
import { isOpen } from '../order/order-state.ts';
import type { Messages } from './messages/messages.ts';

/**
 * What a screen reader is told while an order is open, beside its phase: trouble, and three times how
 * little time is left.
 */
export function openAnnouncement(orders: OrderController, t: Messages): string | undefined {
  const { state, health, remaining, cancelling } = orders;
  if (!isOpen(state)) return undefined;
  if (cancelling === 'refused') return t.notCancelled;
  if (health === 'offline') return t.offline;
  if (remaining === 0) return t.checking;
  const isLeft = (seconds: number) => (remaining ?? Infinity) <= seconds * 1000;
  const warning = ([30, 60, 300] as const).find(isLeft);
  return warning && state.phase !== 'scanned' ? t.timeWarnings[warning] : undefined;
}
