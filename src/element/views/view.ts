import { html } from 'lit';
import type { OrderState } from '../../order/order-state.ts';
import type { LazyPart } from '../lazy-part.ts';
import { card, type View } from './card.ts';
import { creatingView, errorView, idleView } from './start.ts';

/** Templates that are not needed before there is an order, or not before it ended. */
export interface LazyViews {
  order: LazyPart<Pick<typeof import('./open.ts'), 'openView'>>;
  follow: LazyPart<Pick<typeof import('./result.ts'), 'resultView'>>;
}

/** The template of a checkout in any phase. */
export function checkoutView(view: View, lazy: LazyViews) {
  const { state } = view;
  switch (state.phase) {
    case 'idle':
      return idleView(view);
    case 'error':
      return errorView(view);
    case 'creating':
      return creatingView(view);
    case 'awaiting':
    case 'scanned': {
      const { part } = lazy.order;
      return part
        ? part.openView(view, state.order, state.phase === 'scanned')
        : plain(view, state);
    }
    default: {
      const { part } = lazy.follow;
      return part ? part.resultView(view, state.phase, state.order) : plain(view, state);
    }
  }
}

type Shown = Extract<OrderState, { order: unknown }>;

/** While a view is loading, or cannot be loaded: what matters, in words. */
const plain = ({ t }: View, { phase, order }: Shown) =>
  card(t, {
    order,
    stage: html`<div class="result"><p class="verdict">${t.phases[phase]}</p></div>`,
  });
