/** The control page as HTML. Every value goes through Hono's `html`, which escapes it. */
import { html } from 'hono/html';
import { policyFor, shell } from '../../pages/shell.ts';
import type { SandboxControl } from '../control.ts';
import { casesSection } from './cases-section.ts';
import { controlStyle } from './control-style.ts';
import { eventsSection } from './events-section.ts';
import { faultsSection } from './faults-section.ts';
import { ordersSection, refundsSection } from './orders-section.ts';
import { clockSection, merchantSection } from './settings-section.ts';

export interface PageSettings {
  partnerId: string;
  /** The API's base URL. */
  baseUrl: string;
  /** Where payers reach the sandbox. */
  publicUrl: string;
}

export interface PageView {
  control: SandboxControl;
  settings: PageSettings;
  /** What leads from the page's address to the folder that `control` is in: empty, or `../`s. */
  root: string;
  /** Why what was asked for just now could not be done. */
  problem?: string;
}

/** The sections to jump to: on a phone they lie far apart. */
const sections = [
  ['orders', 'Orders'],
  ['cases', 'Acceptance cases'],
  ['faults', 'Faults'],
  ['clock', 'Time'],
  ['allowed-ips', 'Merchant'],
  ['events', 'Calls'],
] as const;

export const contentSecurityPolicy = policyFor(controlStyle);

export function controlPage(view: PageView) {
  const { root, problem } = view;
  return shell({
    title: 'Sandbox control',
    style: controlStyle,
    body: html`<header class="top">
  <h1>Sandbox control</h1>
  <span class="sandbox">No money moves</span>
  <p class="quiet">Orders, faults and PayBy’s acceptance cases. <a href="${root}control">Reload</a> to see what has happened since.</p>
  <nav aria-label="Sections">${sections.map(([id, name]) => html`<a href="${root}control#${id}">${name}</a> `)}</nav>
</header>
${problem && html`<p class="problem" role="alert">${problem}</p>`}
<main>
<div>
${ordersSection(view)}
${refundsSection(view)}
${casesSection(view)}
</div>
<div>
${faultsSection(view)}
${clockSection(view)}
${merchantSection(view)}
${eventsSection(view)}
</div>
</main>`,
  });
}
