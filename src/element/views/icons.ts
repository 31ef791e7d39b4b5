import { svg } from 'lit';

/** A glyph in the colour and size of its text; neutral, of our own, no brand's logo. */
export const icon = (paths: unknown) => svg`
  <svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`;

export const codeIcon =
  icon(svg`<rect x="4" y="4" width="6" height="6" rx="1.5" /><rect x="14" y="4"
  width="6" height="6" rx="1.5" /><rect x="4" y="14" width="6" height="6" rx="1.5" /><path
  d="M14 14h2.5v2.5M20 14v6h-3.5M14 20v-.5" />`);
export const errorIcon = icon(svg`<path d="M12 7v6.5M12 17v.01" />`);
