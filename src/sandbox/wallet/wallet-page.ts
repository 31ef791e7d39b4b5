/** The wallet page as HTML. Every value goes through Hono's `html`, which escapes it. */
import { html, raw } from 'hono/html';
import { type Payment, paymentOf, type SandboxOrder } from '../orders/order.ts';
import { type Payer, payers } from '../orders/payers.ts';
import { policyFor, shell } from '../pages/shell.ts';
import { displayDuration, displayTime } from '../time/time.ts';
import { isHttpUrl } from '../wire/fields.ts';
import { displayMoney } from '../wire/money.ts';
import { walletStyle } from './wallet-style.ts';
import { verdictOf } from './wallet-verdict.ts';
import type { WalletView } from './wallet-view.ts';

export interface PageContext {
  /** Epoch ms. */
  now: number;
  partnerId: string;
}

export const contentSecurityPolicy = policyFor(walletStyle);

/** The whole page for one view. */
export function walletPage(view: WalletView, context: PageContext) {
  const title = view.kind === 'payable' ? 'Confirm payment' : verdictOf(view).title;
  return shell({
    title: `${title} · Sandbox wallet`,
    style: walletStyle,
    body: html`<header class="sandbox">Sandbox: no money moves</header>
<main>${view.kind === 'payable' ? confirmation(view, context) : result(view, context)}</main>`,
  });
}

function confirmation(view: WalletView & { kind: 'payable' }, context: PageContext) {
  const { order, ft, payer } = view;
  const amount = displayMoney(order.terms.total);
  return html`
<header>
  <h1><bdi>${merchantName(order, context)}</bdi></h1>
  <p class="${amount.length > 14 ? 'amount long' : 'amount'}">${amount}</p>
  <p class="quiet" dir="auto">${order.terms.subject}</p>
  ${order.terms.subjectAr && html`<p class="quiet" lang="ar" dir="rtl">${order.terms.subjectAr}</p>`}
</header>
${details(order, context)}
${people(ft, payer)}
<form method="post" action="wallet/pay">
  <input type="hidden" name="ft" value="${ft}">
  <input type="hidden" name="as" value="${payer.id}">
  <button class="primary">Pay ${amount}</button>
  <button formaction="wallet/decline">Decline</button>
  <button formaction="wallet/leave">Leave</button>
</form>
<p class="note quiet">${
    order.terms.oneTimePayment
      ? 'One attempt only: declining ends this order.'
      : 'After declining, this order can be tried again.'
  }</p>`;
}

function result(view: Exclude<WalletView, { kind: 'payable' }>, context: PageContext) {
  const { title, text, icon } = verdictOf(view);
  return html`
<header>
  ${icons[icon]}
  <h1 class="verdict">${title}</h1>
  <p class="quiet">${text}</p>
</header>
${'order' in view && summary(view, context)}
${'ft' in view && people(view.ft, view.payer)}
${'order' in view && wayOn(view)}`;
}

/** Whose wallet this is, and the way to another person's: one phone stands for several. */
const people = (ft: string, payer: Payer) => html`
<nav class="people" aria-labelledby="paying-as">
  <span id="paying-as" class="quiet">Paying as</span>
  <ul>${payers.map(
    ({ id, name }) => html`
    <li><a href="wallet?ft=${ft}&amp;as=${id}"${id === payer.id && raw(' aria-current="true"')}>${name}</a></li>`,
  )}
  </ul>
</nav>`;

const icons = {
  done: html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 12.5l5.5 5.5L20 6.5"/></svg>`,
  alert: html`<svg class="alert" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 4v10M12 19.5v.1"/></svg>`,
  pause: html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M8 5v14M16 5v14"/></svg>`,
};

/** What the payer should know before deciding, beside what is shown in large. */
const details = ({ terms, payer, expiredTime }: SandboxOrder, { now }: PageContext) => html`<dl>
  ${row('Order', terms.merchantOrderNo)}
  ${expiry(expiredTime, now)}
  ${payer && row('Wallet', html`${payer.mobileNumberMask}<small>${binding(terms.changePayer)}</small>`)}
</dl>`;

function summary(view: WalletView & { order: SandboxOrder }, context: PageContext) {
  const { order } = view;
  const payment = paymentOf(order);
  return html`<dl>
  ${row('To', html`<bdi>${merchantName(order, context)}</bdi>`)}
  ${row('Amount', displayMoney(order.terms.total))}
  ${row('For', html`<bdi>${order.terms.subject}</bdi>`)}
  ${row('Order', order.terms.merchantOrderNo)}
  ${payment && row('Paid', html`${displayTime(payment.paidTime)}${discount(order, payment)}`)}
  ${view.kind === 'bound' && row('Bound to', order.payer?.mobileNumberMask)}
  ${order.state.status === 'CREATED' && expiry(order.expiredTime, context.now)}
</dl>`;
}

const discount = ({ terms }: SandboxOrder, { paidAmount }: Payment) =>
  paidAmount < terms.total && html`<small>${displayMoney(paidAmount)} after a discount</small>`;

const row = (name: string, value: unknown) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const expiry = (time: number, now: number) =>
  row('Expires', html`in ${displayDuration(time - now)}<small>${displayTime(time)}</small>`);

const binding = (bound: boolean) => (bound ? 'The order is bound to it' : 'Others may still scan');

function wayOn(view: WalletView & { order: SandboxOrder }) {
  const open = 'ft' in view && view.kind !== 'bound';
  const back = view.order.terms.redirectUrl;
  const again = view.kind === 'left' ? 'Back to the order' : 'Try again';
  const links = [
    open &&
      html`<a class="button primary" href="wallet?ft=${view.ft}&amp;as=${view.payer.id}">${again}</a>`,
    back &&
      isHttpUrl(back) &&
      html`<a class="${open ? 'button' : 'button primary'}" href="${back}" rel="noreferrer">Back to the merchant</a>`,
  ].filter(Boolean);
  return links.length > 0 && html`<nav>${links}</nav>`;
}

const merchantName = ({ terms }: SandboxOrder, { partnerId }: PageContext) =>
  terms.merchantName || `Merchant ${partnerId}`;
