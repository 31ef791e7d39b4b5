/** The panel with the code to copy. */
import { html, render } from 'lit';
import type { Attribute } from './attributes.ts';
import { type Piece, scriptOf, tagOf, textOf } from './snippet.ts';

/** Shows the code for these attributes below `root`, and keeps the form that was chosen there. */
export function codePanel(root: HTMLElement) {
  let isScript = false;
  let said = '';
  let shown: { attributes: readonly Attribute[]; details: unknown } = {
    attributes: [],
    details: undefined,
  };

  async function copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      said = 'Copied';
    } catch {
      // Whoever may not write to the clipboard can still copy by hand what is selected.
      const code = root.querySelector('code');
      if (code) getSelection()?.selectAllChildren(code);
      said = 'Selected: copy it with your keyboard or menu';
    }
    draw();
  }

  function choose(next: boolean): void {
    isScript = next;
    said = '';
    draw();
  }

  function draw(): void {
    const { attributes, details } = shown;
    const pieces = isScript ? scriptOf(attributes, details) : tagOf(attributes);
    render(view(pieces), root);
  }

  const view = (pieces: readonly Piece[]) => html`
    <div class="bar">
      <h2 id="code-title">Code</h2>
      <fieldset class="segments">
        <legend class="unseen">Form of the code</legend>
        ${form('Tag', false)} ${form('Script', true)}
      </fieldset>
      <button class="button" type="button" @click=${() => copy(textOf(pieces))}>Copy</button>
    </div>
    <pre class="code" tabindex="0" role="region" aria-label="Code to copy"><code>${pieces.map(
      ({ text, kind }) => html`<span class=${kind}>${text}</span>`,
    )}</code></pre>
    <p class="note said" role="status">${said}</p>
  `;

  const form = (label: string, value: boolean) => html`
    <label class="segment">
      <input
        type="radio"
        name="code"
        .checked=${isScript === value}
        @change=${() => choose(value)}
      />
      <span>${label}</span>
    </label>
  `;

  return {
    show(attributes: readonly Attribute[], details: unknown): void {
      shown = { attributes, details };
      said = '';
      draw();
    },
  };
}
