import { html } from 'lit';
import { card, type View } from './card.ts';
import { errorIcon } from './icons.ts';

/** Before there is an order: the Pay button. */
export const idleView = ({ t, actions, isDisabled }: View) =>
  card(t, {
    caption: t.intro,
    actions: html`
      <button class="primary" part="button" ?disabled=${isDisabled} @click=${actions.start}>
        <slot name="pay-label">${t.pay}</slot>
      </button>
    `,
  });

/** While the order is created: the stage is set, the code still missing. */
export const creatingView = ({ t, actions }: View) =>
  card(t, {
    stage: html`<div class="stage"><div class="plate pending"><span class="spinner"></span></div></div>`,
    status: html`<span class="dot busy"></span><span class="status" part="status">${t.creating}</span>`,
    actions: html`<button class="quiet" @click=${actions.cancel}>${t.cancel}</button>`,
  });

/** There is no order: what went wrong, in one sentence, and a way on. */
export function errorView({ t, state, actions, isDisabled }: View) {
  const code = state.phase === 'error' ? state.error.code : 'configuration';
  return card(t, {
    stage: html`
      <div class="result error" part="error">
        <span class="badge">${errorIcon}</span>
        <p class="verdict">${t.errorTitle}</p>
        <p class="hint">${t.errors[code]}</p>
      </div>
    `,
    actions: html`
      <button class="primary" part="button" ?disabled=${isDisabled} @click=${actions.start}>
        ${t.retry}
      </button>
    `,
  });
}
