import { palette } from '../../pages/palette.ts';

/** The control page's whole style: the wallet's colours, one column on a phone and two beside that. */
export const controlStyle = `${palette}
* { box-sizing: border-box; margin: 0; }
body { padding: 16px; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
body > * { max-width: 1120px; margin-inline: auto; }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; padding-block: 4px 16px; }
.top p { flex-basis: 100%; }
.top nav { display: flex; flex-wrap: wrap; gap: 0 16px; }
.top nav a { padding-block: 6px; }
.sandbox {
  padding: 2px 12px; border-radius: 999px; background: var(--wash); color: var(--accent);
  font-size: 14px; font-weight: 600;
}
h1 { font-size: 22px; line-height: 1.3; }
h2 { font-size: 16px; }
h3 { font-size: 15px; font-weight: 600; }
section > h3 { padding-top: 12px; border-top: 1px solid var(--line); }
.quiet, dt, small, th { color: var(--quiet); }
small { font-size: 14px; }
a { color: var(--accent); }
main { display: grid; gap: 16px; align-items: start; }
main > div { display: grid; gap: 16px; min-width: 0; }
@media (min-width: 880px) { main { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); } }
section {
  display: grid; gap: 12px; padding: 16px; min-width: 0; overflow-wrap: anywhere;
  background: var(--card); border: 1px solid var(--line); border-radius: 16px;
}
section > header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 8px; }
ul { list-style: none; padding: 0; display: grid; }
ul:empty { display: none; }
li { display: grid; gap: 8px; padding-block: 12px; border-top: 1px solid var(--line); }
li:last-child { padding-bottom: 0; }
.entry { display: grid; grid-template-columns: minmax(0, 1fr) max-content; align-items: center; gap: 12px; }
.line { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 4px 12px; }
.line > :first-child { flex: 1 1 60%; min-width: 0; }
.line > :last-child { margin-inline-start: auto; }
.amount { font-variant-numeric: tabular-nums; font-weight: 600; white-space: nowrap; }
.chip {
  display: inline-block; padding: 0 10px; border: 1px solid var(--line); border-radius: 999px; font-size: 14px;
  white-space: nowrap;
}
.chip.good { border-color: transparent; background: var(--wash); color: var(--accent); }
.chip.bad { border-color: transparent; background: var(--alert-wash); color: var(--alert); }
.problem { padding: 12px 16px; margin-bottom: 16px; border-radius: 12px; background: var(--alert-wash); color: var(--alert); }
.checks { gap: 6px; }
.checks li { display: grid; grid-template-columns: 56px minmax(0, 1fr); gap: 2px 10px; padding: 0; border: 0; }
.checks .chip { justify-self: start; align-self: start; }
.checks small { grid-column: 2; }
dl { display: grid; gap: 8px; }
dl > div { display: grid; gap: 0 12px; }
@media (min-width: 480px) { dl > div { grid-template-columns: 7.5em minmax(0, 1fr); } }
code { font: 14px/1.5 ui-monospace, monospace; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 190px), 1fr)); gap: 12px; align-items: end; }
label { display: grid; gap: 4px; font-size: 14px; color: var(--quiet); }
label.tick { display: flex; align-items: center; gap: 8px; min-height: 40px; }
input, select { width: 100%; min-height: 40px; padding: 6px 10px; border: 1px solid var(--edge); border-radius: 8px; background: var(--card); color: var(--text); font: inherit; font-size: 15px; }
input[type=checkbox] { width: 20px; min-height: 20px; accent-color: var(--accent); }
button {
  min-height: 40px; padding: 6px 14px; border: 1px solid var(--edge); border-radius: 10px; background: transparent;
  color: inherit; font: inherit; font-weight: 600; cursor: pointer;
}
.primary { border-color: transparent; background: var(--accent); color: var(--on-accent); }
button:hover { border-color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.events li { grid-template-columns: max-content minmax(0, 1fr); padding-block: 6px; font-size: 14px; }
body > footer { padding-block: 24px 8px; font-size: 14px; color: var(--quiet); }
@media (forced-colors: active) { .primary, .chip { border-color: ButtonText; } }
`;
