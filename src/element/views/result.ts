import { html, nothing, svg } from 'lit';
import type { Order } from '../../protocol.ts';
import { formatTime, isolate } from '../format-receipt.ts';
import type { Messages } from '../messages/messages.ts';
import { card, type View } from './card.ts';
import { icon } from './icons.ts';
import { payButton } from './start.ts';

const icons = {
  paid: icon(svg`<path d="M5 12.5l4.5 4.5L19 7.5" />`),
  failed: icon(svg`<path d="M7 7l10 10M17 7L7 17" />`),
  expired: icon(svg`<circle cx="12" cy="12" r="8.5" /><path d="M12 7.5V12l3 2" />`),
  cancelled: icon(svg`<circle cx="12" cy="12" r="8.5" /><path d="M8.5 12h7" />`),
  refunded: icon(svg`<path d="M9 14L4.5 9.5 9 5M4.5 9.5H14a5 5 0 0 1 0 10h-3" />`),
} as const;

export type Result = 'paid' | 'failed' | 'expired' | 'cancelled' | 'refunded';

export interface ResultView extends View {
  /** The page to go on to. */
  onward: string | undefined;
  /** It is gone on to. */
  onLeave(): void;
}

/** How the order ended: a verdict, a sentence, and where one can go on, a button. */
export function resultView(view: ResultView, result: Result, order: Order) {
  const { t, onward, onLeave } = view;
  const isOver = result === 'paid' || result === 'refunded';
  const link =
    onward && html`<a class="primary" part="button" href=${onward} @click=${onLeave}>${t.goOn}</a>`;
  return card(view, {
    stage: html`
      <div class="result ${result}">
        <span class="badge">${icons[result]}</span>
        <p class="verdict">${t.phases[result]}</p>
        ${result === 'paid' ? receipt(order, t) : html`<p class="hint">${unpaidHint(t, result, order)}</p>`}
      </div>
    `,
    actions: isOver ? link : payButton(view, result === 'expired' ? t.again : t.retry),
  });
}

const receipt = ({ id, paidAt }: Order, t: Messages) => html`
  <slot name="paid">
    <p class="hint"><bdi class="order-id">${t.orderNumber(isolate(id))}</bdi></p>
    ${paidAt === undefined ? nothing : html`<p class="hint">${formatTime(paidAt, t.lang)}</p>`}
  </slot>
`;

/** What it means that the order ended like this, for the customer's money above all. */
export function unpaidHint(
  t: Messages,
  result: Exclude<Result, 'paid'>,
  { status }: Order,
): string {
  switch (result) {
    case 'failed':
      return t.failedHint;
    case 'expired':
      return status === 'expired' ? t.expiredHint : t.lapsedHint;
    case 'cancelled':
      return t.cancelledHint;
    case 'refunded':
      return t.refundedHint;
  }
}
