import type { OrderState } from '../order/order-state.ts';
import type { Messages } from './messages/messages.ts';

/** What a screen reader is told of the phase; it stays the same, and silent, in between. */
export function announcement(state: OrderState, t: Messages): string {
  switch (state.phase) {
    case 'idle':
      return '';
    case 'creating':
      return t.creating;
    case 'error':
      return `${t.errorTitle}\n${state.error.detail ?? t.errors[state.error.code]}`;
    default:
      return t.phases[state.phase];
  }
}
