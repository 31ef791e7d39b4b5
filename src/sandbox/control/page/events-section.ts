import { html } from 'hono/html';
import { describeEvent } from '../../events/describe-event.ts';
import type { SandboxEvent } from '../../events/event-log.ts';
import { clockTime } from '../../time/time.ts';
import type { PageView } from './control-page.ts';

/** A page shows so many; the rest is in the JSON. */
const shown = 15;

export function eventsSection({ control }: PageView) {
  const events = control.events();
  return html`<section id="events">
<header><h2>Calls and notifications</h2>${events.length > 0 && html`<small>UAE time</small>`}</header>
${events.length === 0 && html`<p class="quiet">None yet.</p>`}
<ul class="events">${events.slice(0, shown).map(eventItem)}</ul>
</section>`;
}

const eventItem = (event: SandboxEvent) =>
  html`<li><small>${clockTime(event.at)}</small><span>${describeEvent(event)}</span></li>`;
