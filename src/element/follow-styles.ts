import { css } from 'lit';

/** What only an order needs that is followed, or over. */
export const followStyles = css`
  .paid .badge {
    background: var(--_good);
    color: var(--_surface);
    animation: pop 0.25s ease-out;
  }
  .late .qr {
    opacity: 0.18;
  }
  .dot.troubled {
    background: none;
    border: 2px solid var(--_bad);
  }
  @media (forced-colors: active) {
    .dot.troubled {
      border-color: CanvasText;
    }
  }
  .dot.live {
    animation: breathe 2.4s ease-in-out infinite;
  }
  @keyframes pop {
    from {
      transform: scale(0.7);
      opacity: 0;
    }
  }
  @keyframes breathe {
    50% {
      opacity: 0.35;
    }
  }
`;
