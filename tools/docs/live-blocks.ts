/** `<!-- live: name -->` on a line of its own is where the site puts something to try. */
import type { MarkdownIt } from 'markdown-it';

/** The live blocks there are, and what stands in their place where scripts do not run. */
export const placeholders: Readonly<Record<string, string>> = {
  first: 'With scripts on, the checkout itself stands here.',
  phases: 'With scripts on, the checkout itself stands here, in every phase.',
  theme: 'With scripts on, an editor for these properties stands here.',
  device: 'With scripts on, what this browser says of itself stands here.',
};

/** A plugin for markdown-it; other comments are left out of the page. */
export function liveBlocks(markdown: MarkdownIt): void {
  markdown.block.ruler.before('paragraph', 'live', (state, line, _end, silent) => {
    const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
    const text = state.src.slice(start, state.eMarks[line]);
    const [, comment] = /^<!-- (.*) -->$/.exec(text) ?? [];
    if (comment === undefined) return false;
    if (silent) return true;
    const [, name] = /^live: ([a-z]+)$/.exec(comment) ?? [];
    if (name !== undefined) state.push('live', '', 0).info = name;
    state.line = line + 1;
    return true;
  });
  markdown.renderer.rules.live = (tokens, index) => {
    const name = String(tokens[index]?.info);
    const without = placeholders[name];
    if (without === undefined) throw new Error(`There is no live block "${name}".`);
    return `<div class="live" data-live="${name}"><p class="note">${without}</p></div>\n`;
  };
}
