import { html, nothing, type TemplateResult } from 'lit';
import { type Environment, isInApp } from '../../device/in-app.ts';
import type { Health } from '../../order/follow-order.ts';
import type { OrderState } from '../../order/order-state.ts';
import type { Order } from '../../protocol.ts';
import { formatAmount } from '../format.ts';
import type { Messages } from '../messages/messages.ts';
import type { QrState } from '../qr-controller.ts';
import { codeIcon } from './icons.ts';

/** All that a view shows: values in, a template out. */
export interface View {
  state: OrderState;
  health: Health;
  /** Time left, ms; undefined for an order without an end. */
  remaining: number | undefined;
  qr: QrState;
  environment: Environment;
  /** The customer asked for the code on a device that is offered the app first. */
  isCodeWanted: boolean;
  isCancelling: boolean;
  isDisabled: boolean;
  t: Messages;
  actions: Actions;
}

/** What the customer can do. */
export interface Actions {
  start(): void;
  cancel(): void;
  showCode(): void;
}

/** The parts of a card, top to bottom; a phase fills those it needs. */
export interface CardParts {
  order?: Order | undefined;
  stage?: unknown;
  caption?: unknown;
  status?: unknown;
  actions?: unknown;
}

/** The frame of every phase: the same parts in the same places, so that the card does not jump. */
export function card(t: Messages, parts: CardParts): TemplateResult {
  return html`
    <section class="card" part="base" tabindex="-1" lang=${t.lang} aria-label=${t.title}>
      <slot name="header"><h2 class="title">${codeIcon}<span>${t.title}</span></h2></slot>
      ${parts.order ? summary(parts.order, t) : nothing}
      ${parts.stage ?? nothing}
      ${parts.caption === undefined ? nothing : html`<div class="caption">${parts.caption}</div>`}
      ${parts.status === undefined ? nothing : html`<div class="foot">${parts.status}</div>`}
      ${parts.actions === undefined ? nothing : html`<div class="actions">${parts.actions}</div>`}
      <slot name="footer"></slot>
    </section>
  `;
}

function summary({ amount, subject }: Order, t: Messages) {
  if (!amount && !subject) return nothing;
  return html`
    <div class="summary">
      ${amount ? html`<p class="amount" part="amount">${formatAmount(amount, t.lang)}</p>` : nothing}
      ${subject ? html`<p class="subject" dir="auto">${subject}</p>` : nothing}
    </div>
  `;
}

/** Whether the app is the first way to pay here, and the code only the second. */
export const isAppFirst = ({ environment }: View): boolean =>
  environment === 'phone' || isInApp(environment);
