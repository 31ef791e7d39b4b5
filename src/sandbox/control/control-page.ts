/** The control page as HTML. Every value goes through Hono's `html`, which escapes it. */
import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { casesSection } from './cases-section.ts';
import type { SandboxControl } from './control.ts';
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

const styleHash = createHash('sha256').update(controlStyle).digest('base64');

/** Nothing but this page's own style and its forms: no script, no other origin, no frame. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function controlPage(view: PageView) {
  const { root, problem } = view;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Sandbox control</title>
<style>${raw(controlStyle)}</style>
</head>
<body>
<header class="top">
  <h1>Sandbox control</h1>
  <span class="sandbox">No money moves</span>
  <p class="quiet">Orders, faults and PayBy’s acceptance cases. <a href="${root}control">Reload</a> to see what has happened since.</p>
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
</main>
<footer>A test double of PayBy’s public payment protocol, not a PayBy or BOTIM product.</footer>
</body>
</html>`;
}
