import { html } from 'hono/html';
import { isGivenBack, type SandboxOrder } from '../../orders/order.ts';
import { isFinished, type Refund } from '../../refunds/refund.ts';
import { displayDuration, displayTime } from '../../time/time.ts';
import { displayMoney } from '../../wire/money.ts';
import type { PageView } from './control-page.ts';
import { actionButtons, chip, type Tone } from './parts.ts';

/** A page shows so many; the rest is in the JSON. */
const shown = 20;

export function ordersSection({ control, root }: PageView) {
  const orders = control.orders();
  const now = control.now();
  return html`<section id="orders">
<header><h2>Orders</h2>${orders.length > 0 && html`<small>${orders.length}</small>`}</header>
${orders.length === 0 && html`<p class="quiet">None yet. They appear as your backend places them.</p>`}
<ul>${orders.slice(0, shown).map((order) => orderItem(order, now, root))}</ul>
${more(orders.length, `${root}control/orders`)}
</section>`;
}

const orderItem = (order: SandboxOrder, now: number, root: string) => html`<li>
  <div class="line"><h3>${order.terms.merchantOrderNo}</h3><span class="amount">${displayMoney(order.terms.total)}</span></div>
  <div class="line"><small><bdi>${order.terms.subject}</bdi> · ${moment(order, now)}</small>${statusChip(order)}</div>
  ${actionButtons(order.terms.merchantOrderNo, `${root}control/orders/${order.terms.merchantOrderNo}`, actionsOf(order), 'pay')}
</li>`;

function moment(order: SandboxOrder, now: number): string {
  const { state, expiredTime, payer } = order;
  if ('payment' in state) {
    const paid = `paid ${displayTime(state.payment.paidTime)}`;
    return isGivenBack(order) ? `${paid}, revoked and given back` : paid;
  }
  if (state.status === 'FAILURE') return state.because;
  const scanned = payer ? `scanned by ${payer.name}, ` : '';
  return `${scanned}expires in ${displayDuration(expiredTime - now)}`;
}

const tones: Record<SandboxOrder['state']['status'], Tone> = {
  CREATED: 'plain',
  PAID_SUCCESS: 'good',
  SETTLED: 'good',
  FAILURE: 'bad',
};

const statusChip = ({ state }: SandboxOrder) => chip(state.status, tones[state.status]);

const actionsOf = ({ state }: SandboxOrder): readonly (readonly [string, string])[] => {
  if (state.status === 'PAID_SUCCESS') return [['settle', 'Settle']];
  if (state.status !== 'CREATED') return [];
  return [
    ['pay', 'Pay'],
    ['scan', 'Scan'],
    ['decline', 'Decline'],
    ['expire', 'Expire'],
    ['lapse', 'Let the code lapse'],
  ];
};

export function refundsSection({ control, root }: PageView) {
  const refunds = control.refunds();
  if (refunds.length === 0) return '';
  return html`<section id="refunds">
<header><h2>Refunds</h2><small>${refunds.length}</small></header>
<ul>${refunds.slice(0, shown).map((refund) => refundItem(refund, root))}</ul>
${more(refunds.length, `${root}control/refunds`)}
</section>`;
}

const refundItem = (refund: Refund, root: string) => html`<li>
  <div class="line"><h3>${refund.terms.refundMerchantOrderNo}</h3><span class="amount">${displayMoney(refund.terms.amount)}</span></div>
  <div class="line"><small>of ${refund.originMerchantOrderNo}</small>${chip(refund.status, refundTones[refund.status])}</div>
  ${actionButtons(refund.terms.refundMerchantOrderNo, `${root}control/refunds/${refund.terms.refundMerchantOrderNo}`, refundActions(refund), 'succeed')}
</li>`;

const refundTones: Record<Refund['status'], Tone> = {
  CREATED: 'plain',
  REFUNDED_SETTLED: 'plain',
  SUCCESS: 'good',
  FAILURE: 'bad',
};

function refundActions(refund: Refund): readonly (readonly [string, string])[] {
  if (isFinished(refund)) return [];
  const deduct = ['deduct', 'Take it from the merchant'] as const;
  return [
    ['succeed', 'Succeed'],
    ['fail', 'Fail'],
    ...(refund.status === 'CREATED' ? [deduct] : []),
  ];
}

const more = (count: number, link: string) =>
  count > shown &&
  html`<p><small>The latest ${shown} of ${count}; <a href="${link}">all of them as JSON</a>.</small></p>`;
