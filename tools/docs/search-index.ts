/** What the search of the site looks through: pages, their headings, and what their tables are about. */
import type { Rendered } from './markdown.ts';
import type { Page } from './pages.ts';

type Anchor = [text: string, id: string];

export type SearchEntry = [file: string, name: string, headings: Anchor[], terms: Anchor[]];

export const searchEntry = (page: Page, { headings, terms }: Rendered): SearchEntry => [
  page.file,
  page.name,
  headings.map(({ text, id }) => [text, id]),
  terms.map(({ text, id }) => [text, id]),
];
