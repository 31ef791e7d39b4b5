import { palette } from '../pages/palette.ts';

/** The wallet page's whole style: one calm card, one accent, light and dark. */
export const walletStyle = `${palette}
* { box-sizing: border-box; margin: 0; }
body {
  min-height: 100vh; min-height: 100dvh; padding: 16px; display: grid; align-content: center; justify-items: center;
  gap: 16px; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif;
}
main {
  width: 100%; max-width: 400px; padding: 24px 20px; display: grid; gap: 20px; overflow-wrap: break-word;
  background: var(--card); border: 1px solid var(--line); border-radius: 16px;
}
.sandbox {
  justify-self: center; padding: 4px 12px; border-radius: 999px; background: var(--wash); color: var(--accent);
  font-size: 14px; font-weight: 600;
}
header { display: grid; gap: 4px; text-align: center; min-width: 0; }
h1 { font-size: 16px; font-weight: 600; }
h1.verdict { font-size: 22px; line-height: 1.3; text-wrap: balance; }
.amount { font-size: 36px; line-height: 1.2; font-weight: 700; font-variant-numeric: tabular-nums; }
.amount.long { font-size: min(24px, 6vw); }
.quiet { color: var(--quiet); text-wrap: balance; }
svg {
  width: 56px; height: 56px; padding: 14px; margin: 0 auto 8px; border-radius: 50%; background: var(--wash);
  color: var(--accent); fill: none; stroke: currentColor; stroke-width: 2.5; stroke-linecap: round; stroke-linejoin: round;
}
svg.alert { background: var(--alert-wash); color: var(--alert); }
dl { display: grid; gap: 12px; padding-top: 16px; border-top: 1px solid var(--line); }
dl > div { display: grid; grid-template-columns: max-content 1fr; gap: 16px; }
dt { color: var(--quiet); }
dd { min-width: 0; text-align: end; }
dd small { display: block; color: var(--quiet); font-size: 14px; }
form, nav { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
nav > *, .primary { grid-column: 1 / -1; }
.people { gap: 8px; }
.people ul {
  display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: 4px; padding: 4px; list-style: none;
  border: 1px solid var(--line); border-radius: 12px;
}
.people a {
  display: block; padding: 10px 4px; border-radius: 8px; color: inherit; text-align: center; text-decoration: none;
}
.people a:hover { background: var(--page); }
.people [aria-current] { background: var(--wash); color: var(--accent); font-weight: 600; }
button, .button {
  min-height: 48px; padding: 10px 16px; border: 1px solid var(--edge); border-radius: 12px; background: transparent;
  color: inherit; font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer;
}
.primary { border-color: transparent; background: var(--accent); color: var(--on-accent); }
button:hover, .button:hover { border-color: var(--accent); }
.primary:hover { filter: brightness(1.08); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.note { font-size: 14px; text-align: center; }
footer { max-width: 400px; font-size: 14px; text-align: center; color: var(--quiet); text-wrap: balance; }
@media (forced-colors: active) {
  .primary { border-color: ButtonText; }
  .people [aria-current] { outline: 2px solid Highlight; }
}
`;
