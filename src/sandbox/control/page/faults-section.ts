import { html } from 'hono/html';
import { targets, type WaitingFault } from '../../faults/faults.ts';
import { returnCodes } from '../../wire/return-codes.ts';
import type { PageView } from './control-page.ts';
import { select } from './parts.ts';

const callKinds = [
  ['code', 'Answer with a code'],
  ['silence', 'Never answer'],
  ['reset', 'Cut the connection'],
  ['delay', 'Answer late'],
  ['wrong-signature', 'Sign the answer wrongly'],
  ['unsigned', 'Do not sign the answer'],
  ['cut-off', 'Send half of the answer'],
] as const;

const notificationKinds = [
  ['lost', 'Lose it'],
  ['doubled', 'Send it twice'],
  ['late', 'Send it late'],
  ['out-of-order', 'Send it after the next one'],
  ['wrong-signature', 'Sign it wrongly at first'],
] as const;

/** The codes people ask for first; the others follow by name. */
const usual = ['SYSTEM_ERROR', 'SERVICE_TIMEOUT', 'RATE_LIMIT_REJECT', 'RISK_FAIL'];
const codes = [...new Set([...usual, ...Object.keys(returnCodes)])];

const timesField = html`<label>How often<input name="times" value="1" pattern="[1-9][0-9]{0,5}|always" required title="A number, or always"></label>`;
const orderField = html`<label>Only for the order<input name="merchantOrderNo" maxlength="64" placeholder="any"></label>`;
const delayField = html`<label>Late by, ms<input name="delay" inputmode="numeric" pattern="[0-9]*" placeholder="0"></label>`;

export function faultsSection({ control, root }: PageView) {
  const faults = control.faults();
  const address = `${root}control/faults`;
  return html`<section id="faults">
<header><h2>Faults</h2>${
    faults.length > 0 &&
    html`<form method="post" action="${address}/clear"><button>Clear all</button></form>`
  }</header>
${
  faults.length === 0
    ? html`<p class="quiet">None: everything works.</p>`
    : html`<ul>${faults.map((fault) => faultItem(fault, address))}</ul>`
}
<h3>Let a call go wrong</h3>
<form method="post" action="${address}" class="fields">
  ${select('Operation', 'on', [['', 'any'], ...targets.map((name) => [name, name] as const)])}
  ${select('What happens', 'kind', callKinds)}
  ${select(
    'Code',
    'code',
    codes.map((name) => [name, name] as const),
  )}
  ${delayField}${timesField}${orderField}
  <label class="tick"><input type="checkbox" name="done" value="yes">The work is done all the same</label>
  <button class="primary">Add</button>
</form>
<h3>Let a notification go wrong</h3>
<form method="post" action="${address}" class="fields">
  <input type="hidden" name="on" value="notification">
  ${select('What happens', 'kind', notificationKinds)}
  ${delayField}${timesField}${orderField}
  <button class="primary">Add</button>
</form>
</section>`;
}

const faultItem = (fault: WaitingFault, address: string) => html`<li>
  <div class="entry"><span>${describe(fault)}</span>
  <form method="post" action="${address}/${fault.id}/clear"><button>Clear</button></form></div>
</li>`;

/** In words: `placeOrder: code SYSTEM_ERROR, work done; once`. */
export function describe({ on, fault, left, merchantOrderNo }: WaitingFault): string {
  const what = [
    'code' in fault ? fault.code : fault.kind,
    'done' in fault && fault.done && 'work done',
    'delay' in fault && fault.delay !== undefined && `${fault.delay} ms late`,
    merchantOrderNo !== undefined && `only ${merchantOrderNo}`,
  ].filter(Boolean);
  const often = left === 'always' ? 'always' : left === 1 ? 'once' : `${left} times`;
  return `${on ?? 'any call'}: ${what.join(', ')}; ${often}`;
}
