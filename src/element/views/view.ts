import { html } from 'lit';
import { canStart } from '../../order/order-state.ts';
import type { Order } from '../../protocol.ts';
import type { Messages } from '../messages/messages.ts';
import { card, type View } from './card.ts';
import type { Result } from './result.ts';
import { creatingView, errorView, idleView, payButton } from './start.ts';

/** Views that are not needed before there is an order, or not before it ended. */
export interface LaterViews {
  steps: ((view: View) => unknown) | undefined;
  open: ((view: View, order: Order, isScanned: boolean) => unknown) | undefined;
  result: ((view: View, result: Result, order: Order) => unknown) | undefined;
}

/** The template of a checkout in any phase. */
export function checkoutView(view: View, { steps, open, result }: LaterViews) {
  const { state } = view;
  switch (state.phase) {
    case 'idle':
      return idleView(view);
    case 'error':
      return errorView(view, state.error);
    case 'creating':
      return creatingView(view, steps?.(view));
    case 'awaiting':
    case 'scanned':
      return open ? open(view, state.order, state.phase === 'scanned') : plain(view, state.phase);
    default:
      return result ? result(view, state.phase, state.order) : plain(view, state.phase);
  }
}

/** While a view is loading, or cannot be loaded: what matters, in words. */
const plain = (view: View, phase: keyof Messages['phases']) =>
  card(view, {
    stage: html`<div class="result"><p class="verdict">${view.t.phases[phase]}</p></div>`,
    actions: canStart(view.state) ? payButton(view, view.t.retry) : undefined,
  });

/** A card, and beside it what a screen reader is told. */
export const spoken = (card: unknown, lang: string, said: string) => html`
  ${card}
  <div class="announcer" role="status" lang=${lang}>${said}</div>
`;
