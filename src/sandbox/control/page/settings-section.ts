import { html } from 'hono/html';
import { displayTime } from '../../time/time.ts';
import type { PageView } from './control-page.ts';
import { row } from './parts.ts';

export const clockSection = ({ control, root }: PageView) => html`<section id="clock">
<header><h2>Time</h2><small>${displayTime(control.now())}</small></header>
<p class="quiet">${pace(control.timeScale)} Letting time pass expires and settles orders, and sends what waits for a retry.</p>
<form method="post" action="${root}control/clock" class="actions">
  <button name="advance" value="60000">+ 1 min</button>
  <button name="advance" value="600000">+ 10 min</button>
  <button name="advance" value="3600000">+ 1 h</button>
  <button name="advance" value="86400000">+ 1 day</button>
</form>
<form method="post" action="${root}control/clock" class="fields">
  <label>Pace<input name="timeScale" value="${control.timeScale}" inputmode="decimal" required></label>
  <button>Set</button>
</form>
</section>`;

const pace = (scale: number) =>
  scale === 1 ? 'Waits are as long as PayBy’s.' : `Waits pass ${scale} times as fast as PayBy’s.`;

export const merchantSection = ({
  control,
  settings,
  root,
}: PageView) => html`<section id="allowed-ips">
<header><h2>Merchant</h2></header>
<dl>
  ${row('Partner id', html`<code>${settings.partnerId}</code>`)}
  ${row('Base URL', html`<code>${settings.baseUrl}</code>`)}
  ${row('Codes lead to', html`<code>${settings.publicUrl}</code>`)}
  ${row('Keys', 'Printed at the start, or kept in the folder given with --keys.')}
  ${row('This page as JSON', html`<a href="${root}control/state">control/state</a>`)}
</dl>
<form method="post" action="${root}control/allowed-ips" class="fields">
  <label>IP whitelist<input name="ips" value="${control.allowedIps?.join(' ') ?? ''}" placeholder="everybody"></label>
  <button>Set</button>
</form>
<form method="post" action="${root}control/reset" class="actions"><button>Forget all orders and start anew</button></form>
</section>`;
