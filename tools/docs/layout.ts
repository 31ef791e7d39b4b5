/** The frame around a page: its head, the menu, what is on the page, and where to go on. */
import type { Rendered } from './markdown.ts';
import type { Page } from './pages.ts';

/** As the demo's page, and without frames: nothing inline, nothing from elsewhere. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

/** @param site the folder of the site's script and styles, from where the page lies */
export function layout(
  page: Page,
  { html, headings }: Rendered,
  pages: readonly Page[],
  site: string,
): string {
  const at = pages.indexOf(page);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="content-security-policy" content="${contentSecurityPolicy}">
    <title>${escapeHtml(page.source === 'docs/index.md' ? page.title : `${page.title} · payby-checkout`)}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="description" content="${escapeHtml(descriptionOf(page))}">
    <link rel="icon" href="${site}/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="${site}/style.css">
    <script type="module" src="${site}/main.ts"></script>
  </head>
  <body>
    <a class="skip" href="#content">Skip to the content</a>
    <header class="top">
      <a class="home" href="index.html"><span aria-hidden="true" class="mark"></span><span class="name">payby-checkout</span></a>
      <search class="search"></search>
      <button class="menu-button" type="button" popovertarget="menu">Menu</button>
    </header>
    <div class="frame">
      <nav class="menu" id="menu" popover aria-label="Pages">
        <button class="menu-button" type="button" popovertarget="menu" popovertargetaction="hide">Close</button>
${menu(page, pages)}
      </nav>
      <main id="content" tabindex="-1">
        <article>
${html}
        </article>
        <nav class="onward" aria-label="Next and previous page">
          ${onward('prev', 'Before', pages[at - 1])}
          ${onward('next', 'Next', pages[at + 1])}
        </nav>
      </main>
      ${contents(headings)}
    </div>
    <footer>
      <p>Not made or endorsed by PayBy or BOTIM. MIT licensed.</p>
    </footer>
  </body>
</html>
`;
}

function menu(page: Page, pages: readonly Page[]): string {
  const titles = [...new Set(pages.map(({ group }) => group))];
  return titles
    .map((title) => {
      const members = pages.filter(({ group }) => group === title);
      const items = members.map(
        (member) =>
          `<li><a href="${member.file}"${member === page ? ' aria-current="page"' : ''}>${escapeHtml(member.name)}</a></li>`,
      );
      return `<h2>${escapeHtml(title)}</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
    })
    .join('\n');
}

function contents(headings: Rendered['headings']): string {
  const sections = headings.filter(({ level }) => level === 2);
  if (sections.length < 2) return '';
  const items = sections.map(({ id, text }) => `<li><a href="#${id}">${escapeHtml(text)}</a></li>`);
  return `<nav class="contents" aria-labelledby="contents-title">
        <h2 id="contents-title">On this page</h2>
        <ul>${items.join('')}</ul>
      </nav>`;
}

const onward = (rel: string, word: string, page: Page | undefined): string =>
  page
    ? `<a class="${rel}" rel="${rel}" href="${page.file}"><span>${word}</span> ${escapeHtml(page.name)}</a>`
    : '';

/** The page's first paragraph, without its marks. */
function descriptionOf({ text }: Page): string {
  const [, paragraph = ''] = /^# .*\n+([^#\n`|<!][\s\S]*?)\n\n/m.exec(text) ?? [];
  const plain = paragraph.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
  return plain.replace(/\s+/g, ' ').slice(0, 200);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
