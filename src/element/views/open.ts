import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Health } from '../../order/follow-order.ts';
import type { Order } from '../../protocol.ts';
import { formatTimeLeft } from '../format-time-left.ts';
import type { QrState } from '../qr-controller.ts';
import { appLink, card, type View } from './card.ts';
import { icon } from './icons.ts';

const phoneIcon = icon(
  svg`<rect x="7" y="2.5" width="10" height="19" rx="2.5" /><path d="M11 18.5h2" />`,
);

/** What is shown while an order can be paid. */
export interface OpenView extends View {
  health: Health;
  /** Time left, ms; undefined for an order without an end. */
  remaining: number | undefined;
  qr: QrState;
  /** The way into the app, where that comes first. */
  way: TemplateResult | undefined;
  isCodeShown: boolean;
  /** Whether cancelling is under way, or could not be done. */
  cancelling: 'no' | 'asked' | 'refused';
}

/** The order waits for its payment: the code, or first the way into the app. */
export function openView(view: OpenView, order: Order, isScanned: boolean) {
  const { t, actions, cancelling, qr, way, isCodeShown } = view;
  return card(view, {
    stage: html`
      <div class="stage">
        ${way ?? nothing} ${isCodeShown ? code(view, order, isScanned) : nothing}
      </div>
    `,
    caption: way || qr.status === 'failed' ? undefined : steps(view),
    status: status(view, order, isScanned),
    actions: html`
      <button class="quiet" aria-disabled=${cancelling === 'asked'} @click=${actions.cancel}>
        ${cancelling === 'asked' ? t.cancelling : t.cancel}
      </button>
    `,
  });
}

function code({ t, qr, remaining }: OpenView, order: Order, isScanned: boolean): TemplateResult {
  if (qr.status === 'failed') {
    return html`<div class="way">${appLink(t.openLink, order)}<p class="hint">${t.qrFailed}</p></div>`;
  }
  const drawing =
    qr.status === 'drawn'
      ? html`<div class="qr" part="qr" role="img" aria-label=${t.qrLabel}>
          ${qr.svg}<span class="logo"><slot name="logo"></slot></span>
        </div>`
      : qr.status === 'drawing'
        ? html`<span class="spinner"></span>`
        : nothing;
  return html`
    <div class="plate ${isScanned ? 'scanned' : remaining === 0 ? 'late' : ''} ${qr.status === 'drawn' ? 'drawn' : ''}">
      ${drawing} ${isScanned ? html`<span class="overlay">${phoneIcon}</span>` : nothing}
    </div>
  `;
}

/** How to pay, in three steps. */
export const steps = ({ t }: View): TemplateResult => html`
  <ol class="steps" part="steps">
    ${t.steps.map((step) => html`<li>${step}</li>`)}
  </ol>
`;

function status(
  { t, health, remaining, cancelling }: OpenView,
  order: Order,
  isScanned: boolean,
): TemplateResult {
  const isTroubled = health === 'reconnecting' || health === 'offline';
  const isLate = remaining === 0;
  const mask = isScanned && order.payer?.mobileNumberMask;
  const text = isLate ? t.checking : t.phases[isScanned ? 'scanned' : 'awaiting'];
  const note = () => {
    if (health === 'offline') return t.offline;
    if (cancelling === 'refused') return t.notCancelled;
    if (isTroubled) return t.reconnecting;
    return mask ? scannedBy(t, mask) : nothing;
  };
  return html`
    <span class="dot ${isTroubled ? 'troubled' : isLate ? 'busy' : 'live'}"></span>
    <span class="status" part="status">${isScanned ? html`<strong>${text}</strong>` : text}</span>
    ${
      remaining === undefined || isLate
        ? nothing
        : html`<span class="countdown" part="countdown" role="timer" aria-label=${t.timeLeft}
            >${formatTimeLeft(remaining)}</span
          >`
    }
    <span class="note">${note()}</span>
  `;
}

/** The number keeps its order in a sentence that runs the other way, and stays in one piece. */
function scannedBy(t: View['t'], mask: string): TemplateResult {
  const [before, after] = t.scannedBy('\0').split('\0');
  return html`${before}<bdi class="mask" dir="ltr">${mask}</bdi>${after}`;
}
