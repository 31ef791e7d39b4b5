import { css } from 'lit';

/** What only an order needs, loaded with the part of the script that shows it. */
export const orderStyles = css`
  .amount {
    letter-spacing: -0.01em;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  /* Nastaliq letters are tall. */
  :lang(ur) {
    line-height: 1.9;
  }
  .countdown {
    margin-inline-start: auto;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }
  .subject {
    color: var(--_muted);
    overflow-wrap: anywhere;
    text-wrap: balance;
  }
  .plate {
    position: relative;
    overflow: hidden;
  }
  .plate.drawn {
    background: #fff;
    box-shadow: 0 0 0 1px var(--_line);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    inline-size: 100%;
  }
  .way {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 8px;
    inline-size: 100%;
  }
  .way .quiet {
    inline-size: 100%;
    border-color: var(--_line);
  }
  .tools .quiet {
    flex: 1 1 140px;
    inline-size: auto;
  }
  .stage:has(> .way) {
    justify-content: start;
  }
  .qr {
    position: relative;
    inline-size: 100%;
    block-size: 100%;
    animation: appear 0.2s ease-out;
  }
  .qr svg {
    display: block;
  }
  .logo {
    position: absolute;
    inset: 39%;
    display: grid;
    place-items: center;
  }
  .logo ::slotted(*) {
    max-inline-size: 100%;
    max-block-size: 100%;
  }
  .plate.scanned .qr {
    opacity: 0.18;
    transition: opacity 0.2s;
  }
  .overlay {
    position: absolute;
    display: grid;
    place-items: center;
    inline-size: 72px;
    block-size: 72px;
    border-radius: 50%;
    background: #fff;
    color: #1a5fd0;
    font-size: 1.867em;
    box-shadow: 0 2px 12px #0003;
  }
  .note {
    flex-basis: 100%;
    padding-inline-start: calc(0.667em + 8px);
    color: var(--_muted);
    font-size: 0.933em;
  }
  .mask {
    white-space: nowrap;
  }
  .caption {
    align-content: center;
  }
  .steps {
    list-style: none;
    counter-reset: step;
    font-size: 0.933em;
    text-wrap: balance;
  }
  .steps li {
    display: inline-block;
    margin-inline: 6px;
    counter-increment: step;
  }
  .steps li::before {
    content: counter(step);
    display: inline-block;
    unicode-bidi: isolate;
    margin-inline-end: 6px;
    color: var(--_accent);
    font-weight: 650;
  }
  .badge {
    color: var(--_muted);
  }
  .failed .badge,
  .error .badge {
    color: var(--_bad);
  }
  @media (forced-colors: active) {
    .plate {
      forced-color-adjust: none;
    }
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
`;
