/** What the search of the site looks through: pages and their headings. */
import type { Heading } from './markdown.ts';
import type { Page } from './pages.ts';

/** File, name of the page, and its headings as text and id. */
export type SearchEntry = [file: string, name: string, headings: [text: string, id: string][]];

export const searchEntry = ({ file, name }: Page, headings: readonly Heading[]): SearchEntry => [
  file,
  name,
  headings.map(({ text, id }) => [text, id]),
];
