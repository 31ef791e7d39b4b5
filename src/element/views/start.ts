import { html } from 'lit';
import { isAppFirst } from '../../device/in-app.ts';
import type { CheckoutError } from '../../order/checkout-error.ts';
import type { Order } from '../../protocol.ts';
import { card, summary, type View } from './card.ts';
import { errorIcon } from './icons.ts';

/** The button that asks for an order. */
export const payButton = ({ actions, isDisabled }: View, label: unknown) => html`
  <button class="primary" part="button" ?disabled=${isDisabled} @click=${actions.start}>
    ${label}
  </button>
`;

/** The button's label while there is no order, in the page's words or ours. */
export const payLabel = ({ t }: View) => html`<slot name="pay-label">${t.pay}</slot>`;

/** Before there is an order: the Pay button. */
export const idleView = (view: View) =>
  card(view, { caption: view.t.intro, actions: payButton(view, payLabel(view)) });

/** While the order is created: everything has its place, and nothing is there yet. */
export const creatingView = (view: View, steps: unknown) => {
  const { t, actions, environment } = view;
  const spinner = html`<span class="spinner"></span>`;
  return card(view, {
    summary: preview(view),
    stage: html`
      <div class="stage">
        ${isAppFirst(environment) ? spinner : html`<div class="plate">${spinner}</div>`}
      </div>
    `,
    caption: isAppFirst(environment) ? undefined : (steps ?? t.intro),
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

/** What is paid for, if the page itself says that, who may say anything; else the place for it. */
function preview({ given, t }: View): unknown {
  let said: unknown;
  try {
    said = summary(given as Order, t);
  } catch {}
  return said ?? html`<div class="ghost"></div>`;
}
