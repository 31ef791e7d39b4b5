/** The building blocks of the control page. */
import { html } from 'hono/html';

export type Tone = 'plain' | 'good' | 'bad';

export const chip = (text: string, tone: Tone) => html`<span class="chip ${tone}">${text}</span>`;

/** One form with a button for each action on `subject`, posted below `address`; `primary` stands out. */
export const actionButtons = (
  subject: string,
  address: string,
  actions: readonly (readonly [action: string, label: string])[],
  primary?: string,
) =>
  actions.length > 0 &&
  html`<form method="post" class="actions">${actions.map(
    ([action, label]) =>
      html`<button aria-label="${label}: ${subject}" formaction="${address}/${action}"${action === primary ? html` class="primary"` : ''}>${label}</button>`,
  )}</form>`;

/** A select with its label; the first option is chosen unless another one is named. */
export const select = (
  label: string,
  name: string,
  options: readonly (readonly [value: string, label: string])[],
) =>
  html`<label>${label}<select name="${name}">${options.map(
    ([value, text]) => html`<option value="${value}">${text}</option>`,
  )}</select></label>`;

export const row = (name: string, value: unknown) =>
  html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
