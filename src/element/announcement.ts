import type { Health } from '../order/follow-order.ts';
import { isOpen, type OrderState } from '../order/order-state.ts';
import type { Messages } from './messages/messages.ts';

/** What a screen reader is told of: the phase, trouble, and three times how little time is left. */
export interface Announced {
  state: OrderState;
  health: Health;
  /** Time left, ms. */
  remaining: number | undefined;
  cancelling: 'no' | 'asked' | 'refused';
}

/** What a screen reader is told; it stays the same, and silent, in between. */
export function announcement({ state, health, remaining, cancelling }: Announced, t: Messages) {
  if (state.phase === 'idle') return '';
  if (state.phase === 'creating') return t.creating;
  if (state.phase === 'error')
    return `${t.errorTitle}\n${state.error.detail ?? t.errors[state.error.code]}`;
  if (!isOpen(state)) return t.phases[state.phase];
  if (cancelling === 'refused') return t.notCancelled;
  if (health === 'offline') return t.offline;
  if (remaining === 0) return t.checking;
  const warning = ([30, 60, 300] as const).find(
    (seconds) => (remaining ?? Infinity) <= seconds * 1000,
  );
  const isFar = warning === undefined || state.phase === 'scanned';
  return isFar ? t.phases[state.phase] : t.timeWarnings[warning];
}
