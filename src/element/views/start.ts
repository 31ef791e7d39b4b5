import { html } from 'lit';
import type { CheckoutError } from '../../order/checkout-error.ts';
import { card, type View } from './card.ts';
import { errorIcon } from './icons.ts';

/** The button that asks for an order. */
export const payButton = ({ actions, isDisabled }: View, label: unknown) => html`
  <button class="primary" part="button" ?disabled=${isDisabled} @click=${actions.start}>
    ${label}
  </button>
`;

/** Before there is an order: the Pay button. */
export const idleView = (view: View) =>
  card(view, {
    caption: view.t.intro,
    actions: payButton(view, html`<slot name="pay-label">${view.t.pay}</slot>`),
  });

/** While the order is created: the stage is set, the code still missing. */
export const creatingView = (view: View) => {
  const { t, actions } = view;
  return card(view, {
    stage: html`<div class="stage"><div class="plate pending"><span class="spinner"></span></div></div>`,
    status: html`<span class="dot busy"></span><span class="status" part="status">${t.creating}</span>`,
    actions: html`<button class="quiet" @click=${actions.cancel}>${t.cancel}</button>`,
  });
};

/** There is no order: what went wrong, in the shop's words if it has any, and a way on. */
export function errorView(view: View, error: CheckoutError) {
  const { t } = view;
  return card(view, {
    stage: html`
      <div class="result error" part="error">
        <span class="badge">${errorIcon}</span>
        <p class="verdict">${t.errorTitle}</p>
        <p class="hint" dir="auto">${error.detail ?? t.errors[error.code]}</p>
      </div>
    `,
    actions: payButton(view, t.retry),
  });
}
