/**
 * Tables of three columns and more, or of names too long to stand beside anything: on a phone each row
 * becomes a block, whose cells name their columns.
 */
import type { Token } from 'markdown-it';

/** Roles by element, said aloud: laid out as blocks, tables lose them in browsers. */
const roles: Readonly<Record<string, string>> = {
  table: 'table',
  thead: 'rowgroup',
  tbody: 'rowgroup',
  tr: 'row',
  th: 'columnheader',
  td: 'cell',
};

/** In characters of code: a third of 320 px has room for a little less. */
const longestName = 18;

/** Marks wide tables among the tokens of a page. */
export function markWideTables(tokens: readonly Token[]): void {
  for (const [start, token] of tokens.entries()) {
    if (token.type !== 'table_open') continue;
    const length = tokens.slice(start).findIndex(({ type }) => type === 'table_close');
    const table = tokens.slice(start, start + length);
    const heads = table
      .filter((_, index) => table[index - 1]?.type === 'th_open')
      .map(({ content }) => content.replaceAll('`', ''));
    if (heads.length < 3 && !table.some(isOfLongName)) continue;
    token.attrSet('class', 'wide');
    let column = 0;
    for (const part of table) {
      const role = part.nesting === 1 ? roles[part.tag] : undefined;
      if (role) part.attrSet('role', role);
      if (part.type === 'tr_open') column = 0;
      if (part.type !== 'td_open') continue;
      part.attrSet('data-head', heads[column] ?? '');
      column += 1;
    }
  }
}

/** Whether a cell begins with code, and a long piece of it. */
const isOfLongName = ({ type, content }: Token): boolean => {
  const [name = ''] = /^`[^`]+(?=`)/.exec(content) ?? [];
  return type === 'inline' && name.length > longestName;
};
