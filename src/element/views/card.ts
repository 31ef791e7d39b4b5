import { html, nothing, type TemplateResult } from 'lit';
import type { Environment } from '../../device/in-app.ts';
import { type OrderState, orderOf } from '../../order/order-state.ts';
import type { Order } from '../../protocol.ts';
import { formatAmount } from '../format.ts';
import type { Messages } from '../messages/messages.ts';
import { codeIcon } from './icons.ts';

/** What every view shows: values in, a template out. */
export interface View {
  state: OrderState;
  /** An order as the page brought it along, before anybody has read it. */
  given?: unknown;
  environment: Environment;
  isDisabled: boolean;
  t: Messages;
  dir: 'ltr' | 'rtl';
  actions: Actions;
}

/** What the customer can do in any phase. */
export interface Actions {
  start(): void;
  cancel(): void;
}

/** The parts of a card, top to bottom; a phase fills those it needs. */
export interface CardParts {
  /** Holds the place of what is paid for while that is not known. */
  summary?: unknown;
  stage?: unknown;
  caption?: unknown;
  status?: unknown;
  actions?: unknown;
}

/** The frame of every phase: the same parts in the same places, so that the card does not jump. */
export function card({ state, t, dir }: View, parts: CardParts): TemplateResult {
  const order = orderOf(state);
  return html`
    <section class="card" part="base" tabindex="-1" lang=${t.lang} dir=${dir} aria-label=${t.title}>
      <slot name="header"><h2 class="title">${codeIcon}<span>${t.title}</span></h2></slot>
      ${order ? summary(order, t) : parts.summary} ${parts.stage}
      ${row('caption', parts.caption)} ${row('foot', parts.status)} ${row('actions', parts.actions)}
      <slot name="footer"></slot>
    </section>
  `;
}

const row = (name: string, content: unknown) =>
  content === undefined ? nothing : html`<div class=${name}>${content}</div>`;

/** What is paid for, and how much; undefined where that is not said. */
export function summary({ amount, subject: english, subjectAr }: Order, { lang }: Messages) {
  const subject = (lang === 'ar' && subjectAr) || english;
  if (!amount && !subject) return undefined;
  return html`
    <div class="summary">
      ${amount ? html`<p class="amount" part="amount"><bdi>${formatAmount(amount, lang)}</bdi></p>` : nothing}
      ${subject ? html`<p class="subject" dir="auto">${subject}</p>` : nothing}
    </div>
  `;
}

/** A real link to the payment; `press` may do better than following it. */
export const appLink = (
  label: string,
  { appLink, tokenUrl }: Order,
  press?: (event: MouseEvent) => void,
) => html`
  <a class="primary" part="app-link" href=${appLink ?? tokenUrl ?? nothing} @click=${press}>${label}</a>
`;
