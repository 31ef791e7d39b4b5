import { css } from 'lit';

/** What only a dialog needs, loaded with it. */
export const dialogStyles = css`
  .opener {
    display: flex;
    flex-direction: column;
    gap: 8px;
    color: var(--_text);
    font-size: max(15px, 0.9375rem);
    line-height: 1.4;
    text-align: center;
    outline: none;
  }
  /* A button and a line, or a verdict, or both: the page around stays where it is. */
  .opener:has(p) {
    justify-content: center;
    min-block-size: calc(56px + 1.867em);
  }
  .opener .hint {
    text-align: start;
  }
  .opener .dot {
    display: inline-block;
    margin-inline-end: 4px;
  }
  .dialog {
    inline-size: min(420px, 100vi - 24px);
    max-block-size: calc(100dvb - 24px);
    margin: auto;
    padding: 0;
    border: none;
    border-radius: var(--payby-radius, 16px);
    background: var(--_surface);
    color: inherit;
    overflow: auto;
  }
  .dialog::backdrop {
    background: #0b0d1299;
  }
  .dialog .card {
    border: none;
    padding-block-start: 16px;
  }
  .dialog .title {
    align-content: center;
    min-block-size: 44px;
    padding-inline: 36px;
  }
  .close {
    position: absolute;
    inset-block-start: 12px;
    inset-inline-end: 8px;
    min-inline-size: 44px;
    padding: 8px;
  }
  .dialog[open] {
    animation: rise 0.18s ease-out;
  }
  @keyframes rise {
    from {
      transform: translateY(12px);
      opacity: 0;
    }
  }
`;
