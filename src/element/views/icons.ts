import { svg } from 'lit';

const icon = (paths: unknown) => svg`
  <svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`;

/** Neutral glyphs of our own; no brand's logo. */
export const icons = {
  code: icon(svg`<rect x="4" y="4" width="6" height="6" rx="1.5" /><rect x="14" y="4" width="6"
    height="6" rx="1.5" /><rect x="4" y="14" width="6" height="6" rx="1.5" /><path
    d="M14 14h2.5v2.5M20 14v6h-3.5M14 20v-.5" />`),
  phone: icon(svg`<rect x="7" y="2.5" width="10" height="19" rx="2.5" /><path d="M11 18.5h2" />`),
  paid: icon(svg`<path class="draw" d="M5 12.5l4.5 4.5L19 7.5" />`),
  failed: icon(svg`<path d="M7 7l10 10M17 7L7 17" />`),
  expired: icon(svg`<circle cx="12" cy="12" r="8.5" /><path d="M12 7.5V12l3 2" />`),
  cancelled: icon(svg`<circle cx="12" cy="12" r="8.5" /><path d="M8.5 12h7" />`),
  refunded: icon(svg`<path d="M9 14L4.5 9.5 9 5M4.5 9.5H14a5 5 0 0 1 0 10h-3" />`),
  error: icon(svg`<path d="M12 7v6.5M12 17v.01" />`),
} as const;
