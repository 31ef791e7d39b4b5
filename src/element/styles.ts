import { css } from 'lit';

/** Colours, in light and dark; without `theme` the page's own `color-scheme` decides. */
const colours = css`
  :host {
    --_accent: var(--payby-accent, #1a5fd0);
    --_on-accent: var(--payby-on-accent, #fff);
    --_surface: var(--payby-surface, #fff);
    --_text: var(--payby-text, #14171f);
    --_muted: var(--payby-muted, #5a6272);
    --_line: var(--payby-line, #dfe3ea);
    --_fill: #f3f5f8;
    --_good: #0f7a4d;
    --_bad: #b3261e;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([theme='auto']) {
    color-scheme: light dark;
  }
  @supports (color: light-dark(#fff, #000)) {
    :host {
      --_accent: var(--payby-accent, light-dark(#1a5fd0, #8ab4ff));
      --_on-accent: var(--payby-on-accent, light-dark(#fff, #0c1a33));
      --_surface: var(--payby-surface, light-dark(#fff, #191c22));
      --_text: var(--payby-text, light-dark(#14171f, #eef1f6));
      --_muted: var(--payby-muted, light-dark(#5a6272, #a3acba));
      --_line: var(--payby-line, light-dark(#dfe3ea, #343a45));
      --_fill: light-dark(#f3f5f8, #242932);
      --_good: light-dark(#0f7a4d, #56d39b);
      --_bad: light-dark(#b3261e, #ff9d94);
    }
  }
`;

const layout = css`
  :host {
    display: block;
    box-sizing: border-box;
    inline-size: 100%;
    max-inline-size: 420px;
    font-family: var(--payby-font, inherit);
    /* Smaller codes are not read by every camera. */
    --_plate: max(200px, var(--payby-qr-size, 248px));
  }
  :host([hidden]) {
    display: none;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  /* What would come down from the page's own text, but for what it may rightly decide. */
  .card,
  .opener {
    all: initial;
    font-family: inherit;
    color-scheme: inherit;
    visibility: inherit;
    pointer-events: inherit;
    -webkit-text-size-adjust: inherit;
    -webkit-font-smoothing: inherit;
  }
  .card {
    display: flex;
    flex-direction: column;
    gap: 16px;
    padding: 20px;
    border: 1px solid var(--_line);
    border-radius: var(--payby-radius, 16px);
    background: var(--_surface);
    color: var(--_text);
    font-size: max(15px, 0.9375rem);
    line-height: 1.4;
    text-align: center;
    outline: none;
  }
  p,
  h2,
  ol {
    margin: 0;
    padding: 0;
  }
  .icon {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
  }
  .title {
    font-size: 1em;
    font-weight: 600;
    text-wrap: balance;
  }
  .title .icon {
    margin-inline-end: 8px;
    vertical-align: -0.28em;
    color: var(--_accent);
  }
  .caption,
  .hint {
    color: var(--_muted);
    overflow-wrap: anywhere;
    text-wrap: balance;
  }
  .stage,
  .result,
  .actions {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 8px;
  }
  .amount {
    font-size: 1.867em;
    font-weight: 650;
    line-height: 1.2;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 8px;
    text-align: start;
  }
  /* Two lines: a note may come below the status, and the steps take the place of one sentence. */
  .foot,
  .stage ~ .caption {
    min-block-size: 2.8em;
  }
  .status {
    flex: 1;
  }
`;

const stage = css`
  .stage,
  .result {
    flex: 1;
    justify-content: center;
    min-block-size: min(var(--_plate), 100vi - 80px);
  }
  .ghost {
    align-self: center;
    inline-size: 40%;
    block-size: 34px;
    margin-block-end: 21px;
    border-radius: 8px;
    background: var(--_fill);
  }
  .plate {
    display: grid;
    place-items: center;
    aspect-ratio: 1;
    inline-size: min(100%, var(--_plate));
    border-radius: 12px;
    background: var(--_fill);
  }
  .badge {
    display: grid;
    place-items: center;
    inline-size: 2.4em;
    block-size: 2.4em;
    margin-block-end: 4px;
    border-radius: 50%;
    background: var(--_fill);
    color: var(--_bad);
    font-size: 2em;
  }
  .verdict {
    font-size: 1.333em;
    font-weight: 650;
  }
`;

const controls = css`
  .primary,
  .quiet {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 44px;
    padding: 8px 16px;
    border: 1px solid transparent;
    border-radius: calc(var(--payby-radius, 16px) * 0.6);
    background: none;
    color: inherit;
    font: inherit;
    text-decoration: none;
    cursor: pointer;
  }
  .primary {
    inline-size: 100%;
    min-block-size: 48px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
  .primary:hover {
    filter: brightness(1.08);
  }
  .quiet {
    color: var(--_muted);
  }
  /* Begins where a primary one would, which is taller. */
  .foot + .actions {
    margin-block: -12px -8px;
    padding-block-start: 12px;
  }
  .quiet:hover {
    color: var(--_text);
    background: var(--_fill);
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  :disabled {
    opacity: 0.55;
  }
  :disabled,
  [aria-disabled='true'] {
    cursor: default;
  }
  .dot {
    flex: none;
    inline-size: 0.667em;
    block-size: 0.667em;
    border-radius: 50%;
    background: var(--_good);
  }
  .dot.busy,
  .spinner {
    border: 2px solid var(--_line);
    border-block-start-color: var(--_accent);
    background: none;
    animation: turn 0.9s linear infinite;
  }
  .spinner {
    inline-size: 32px;
    block-size: 32px;
    border-width: 3px;
    border-radius: 50%;
  }
  .announcer {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

const motion = css`
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .primary {
      border-color: ButtonText;
    }
    .title .icon {
      color: CanvasText;
    }
    :disabled {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
    .dot {
      background: CanvasText;
      forced-color-adjust: none;
    }
    .dot.busy {
      border-color: CanvasText;
      border-block-start-color: Canvas;
      background: none;
    }
  }
`;

export const styles = [colours, layout, stage, controls, motion];
