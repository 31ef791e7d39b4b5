import { html, svg, type TemplateResult } from 'lit';
import { canStart, isOpen } from '../../order/order-state.ts';
import type { View } from './card.ts';
import { icon } from './icons.ts';
import { payButton, payLabel } from './start.ts';

const closeIcon = icon(svg`<path d="M6.5 6.5l11 11M17.5 6.5l-11 11" />`);

export interface DialogView extends View {
  actions: View['actions'] & {
    /** Starts if that is to be done, and shows the dialog. */
    open(): void;
    close(): void;
    /** The dialog was closed, by whatever means. */
    closed(): void;
  };
}

/**
 * A button, and the card in a dialog that it opens.
 *
 * @param said what a screen reader is told: nothing outside a modal dialog is heard while it is open
 */
export function dialogView(view: DialogView, card: unknown, said: string): TemplateResult {
  const { t, dir, actions } = view;
  return html`
    <div class="opener" lang=${t.lang} dir=${dir} tabindex="-1">${opener(view)}</div>
    <dialog class="dialog" part="dialog" lang=${t.lang} dir=${dir} aria-label=${t.title} @close=${actions.closed}>
      ${card}
      <button class="quiet close" aria-label=${t.close} @click=${actions.close}>${closeIcon}</button>
      <div class="announcer" role="status">${said}</div>
    </dialog>
  `;
}

/** What the page shows beside the dialog: where the payment stands, and the way to it. */
function opener(view: DialogView): unknown {
  const { state, t, actions } = view;
  const start = { ...view, actions: { ...actions, start: actions.open } };
  if (state.phase === 'idle') return payButton(start, payLabel(view));
  if (state.phase === 'creating' || isOpen(state)) {
    const text = state.phase === 'creating' ? t.creating : t.phases[state.phase];
    return html`
      ${payButton({ ...start, isDisabled: false }, t.resume)}
      <p class="hint"><span class="dot ${state.phase === 'creating' ? 'busy' : 'live'}"></span> ${text}</p>
    `;
  }
  const verdict = state.phase === 'error' ? t.errorTitle : t.phases[state.phase];
  return html`
    <p class="verdict">${verdict}</p>
    ${canStart(state) ? payButton(start, t.retry) : ''}
  `;
}
