import type { View } from './views/card.ts';

/** What a screen reader is told: changes with the phase, never with the clock. */
export function announcement({ state, t }: View): string {
  switch (state.phase) {
    case 'idle':
      return '';
    case 'creating':
      return t.creating;
    case 'error':
      return `${t.errorTitle}. ${t.errors[state.error.code]}`;
    default:
      return t.phases[state.phase];
  }
}
