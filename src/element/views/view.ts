import type { View } from './card.ts';
import { openView } from './open.ts';
import { resultView } from './result.ts';
import { creatingView, errorView, idleView } from './start.ts';

/** The template of a checkout in any phase. */
export function checkoutView(view: View) {
  const { state } = view;
  switch (state.phase) {
    case 'idle':
      return idleView(view);
    case 'creating':
      return creatingView(view);
    case 'awaiting':
      return openView(view, state.order, false);
    case 'scanned':
      return openView(view, state.order, true);
    case 'error':
      return errorView(view);
    default:
      return resultView(view, state.phase, state.order);
  }
}
