import type { Health } from '../order/follow-order.ts';
import { isOpen, type OrderState } from '../order/order-state.ts';
import type { Messages } from './messages/messages.ts';
import { unpaidHint } from './views/result.ts';

/** What there is to be told of; an order controller has it all. */
export interface Announced {
  state: OrderState;
  health: Health;
  /** Time left, ms. */
  remaining: number | undefined;
  cancelling: 'no' | 'asked' | 'refused';
}

/**
 * What a screen reader is told besides the bare phase: trouble, three times how little time is left, and
 * what an end without a payment means. Undefined where the phase says it all.
 */
export function laterAnnouncement(
  { state, health, remaining, cancelling }: Announced,
  t: Messages,
): string | undefined {
  if (!isOpen(state)) {
    if (!('order' in state) || state.phase === 'paid') return undefined;
    return `${t.phases[state.phase]}\n${unpaidHint(t, state.phase, state.order)}`;
  }
  if (cancelling === 'asked') return t.cancelling;
  if (health === 'offline') return t.offline;
  if (cancelling === 'refused') return t.notCancelled;
  if (remaining === 0) return t.checking;
  const isLeft = (seconds: number) => (remaining ?? Infinity) <= seconds * 1000;
  const warning = ([30, 60, 300] as const).find(isLeft);
  return warning && state.phase !== 'scanned' ? t.timeWarnings[warning] : undefined;
}
