/** From the Markdown of a document to the HTML of its page. */
import { dirname, join } from 'node:path';
import MarkdownIt, { type Token } from 'markdown-it';
import anchor from 'markdown-it-anchor';
import { highlight } from './highlight.ts';
import { liveBlocks } from './live-blocks.ts';
import { fileOf, type Page } from './pages.ts';
import { slug } from './slug.ts';
import { drawStates } from './state-diagram.ts';
import { markWideTables } from './wide-tables.ts';

export interface Heading {
  level: number;
  text: string;
  id: string;
}

export interface Rendered {
  html: string;
  headings: Heading[];
  /** Options, events and the like that tables of the page begin their rows with. */
  terms: Heading[];
  /** Files below the root that the page leads to or shows, besides other pages. */
  files: string[];
}

export function render(page: Page, pages: readonly Page[]): Rendered {
  const headings: Heading[] = [];
  const files = new Set<string>();
  const markdown = new MarkdownIt({ typographer: false }).use(liveBlocks).use(anchor, {
    slugify: slug,
    level: [2, 3, 4],
    tabIndex: false,
    permalink: anchor.permalink.headerLink({ safariReaderFix: true }),
    callback: (token, { title, slug: id }) =>
      headings.push({ level: Number(token.tag.slice(1)), text: title, id }),
  });
  const { rules } = markdown.renderer;
  const { escapeHtml } = markdown.utils;

  rules.text = (tokens, index) =>
    escapeHtml(tokens[index]?.content ?? '').replace(
      /^\[ \] /,
      '<span class="box" aria-hidden="true"></span>',
    );
  rules.fence = (tokens, index) => {
    const { content = '', info = '' } = tokens[index] ?? {};
    const fence = info.trim();
    const code = highlight(content, fence) ?? escapeHtml(content);
    const label = fence === '' || fence === 'text' ? 'Text' : `Code, ${fence}`;
    return `<div class="code"><pre tabindex="0" role="group" aria-label="${escapeHtml(label)}"><code>${code}</code></pre></div>\n`;
  };
  rules.table_open = (tokens, index, options, _env, self) =>
    `<div class="table" tabindex="0" role="group" aria-label="Table">${self.renderToken(tokens, index, options)}`;
  rules.table_close = () => '</table></div>\n';
  rules.link_open = (tokens, index, options, _env, self) => {
    const token = tokens[index];
    token?.attrSet('href', linkTo(String(token.attrGet('href'))));
    return self.renderToken(tokens, index, options);
  };
  rules.image = (tokens, index) => {
    const token = tokens[index];
    const source = join(dirname(page.source), String(token?.attrGet('src')));
    // Drawn into the page, where its colours follow the page's.
    if (source === 'docs/images/states.svg') return drawStates();
    files.add(source);
    const alt = escapeHtml(token?.content ?? '');
    return `<img src="./${inSite(source)}" alt="${alt}" loading="lazy">`;
  };

  function linkTo(href: string): string {
    if (/^[a-z]+:/i.test(href) || href.startsWith('#')) return href;
    const [path = '', hash] = href.split('#');
    const source = join(dirname(page.source), path);
    const rest = hash === undefined ? '' : `#${hash}`;
    if (pages.some((other) => other.source === source)) return fileOf(source) + rest;
    files.add(source);
    return inSite(source) + rest;
  }

  const tokens = markdown.parse(page.text, {});
  markWideTables(tokens);
  const html = markdown.renderer.render(tokens, markdown.options, {});
  return { html, headings, terms: termsIn(tokens), files: [...files] };
}

/** The code at the beginning of each row of a table, under the heading that it stands below. */
function termsIn(tokens: readonly Token[]): Heading[] {
  let id = '';
  return tokens.flatMap((token, index) => {
    if (token.type === 'heading_open') id = String(token.attrGet('id') ?? '');
    if (token.type !== 'tr_open') return [];
    const [first] = tokens[index + 2]?.children ?? [];
    return first?.type === 'code_inline' ? [{ level: 0, text: first.content, id }] : [];
  });
}

/** Where a file of the project lies in the site. */
export const inSite = (source: string): string => source.replace(/^docs\//, '');
