/** From the Markdown of a document to the HTML of its page. */
import { dirname, join } from 'node:path';
import MarkdownIt from 'markdown-it';
import anchor from 'markdown-it-anchor';
import { highlight } from './highlight.ts';
import { liveBlocks } from './live-blocks.ts';
import { fileOf, type Page } from './pages.ts';
import { slug } from './slug.ts';
import { drawStates } from './state-diagram.ts';

export interface Heading {
  level: number;
  text: string;
  id: string;
}

export interface Rendered {
  html: string;
  headings: Heading[];
  /** Files below the root that the page leads to or shows, besides other pages. */
  files: string[];
}

export function render(page: Page, pages: readonly Page[]): Rendered {
  const headings: Heading[] = [];
  const files = new Set<string>();
  const markdown = new MarkdownIt({ typographer: false }).use(liveBlocks).use(anchor, {
    slugify: slug,
    level: [2, 3, 4],
    permalink: anchor.permalink.headerLink({ safariReaderFix: true }),
    callback: (token, { title, slug: id }) =>
      headings.push({ level: Number(token.tag.slice(1)), text: title, id }),
  });
  const { rules } = markdown.renderer;
  const { escapeHtml } = markdown.utils;

  rules.fence = (tokens, index) => {
    const { content = '', info = '' } = tokens[index] ?? {};
    const fence = info.trim();
    const code = highlight(content, fence) ?? escapeHtml(content);
    const label = fence === '' || fence === 'text' ? 'Text' : `Code, ${fence}`;
    return `<div class="code"><pre tabindex="0" role="group" aria-label="${escapeHtml(label)}"><code>${code}</code></pre></div>\n`;
  };
  rules.table_open = () =>
    '<div class="table" tabindex="0" role="group" aria-label="Table"><table>';
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

  const html = markdown.render(page.text, {});
  return { html, headings, files: [...files] };
}

/** Where a file of the project lies in the site. */
export const inSite = (source: string): string => source.replace(/^docs\//, '');
