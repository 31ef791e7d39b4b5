/** The pages of the documentation, in the order of the menu. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** Documents by the heading they stand under, each named by its path below the root. */
const groups: readonly { title: string; documents: readonly string[] }[] = [
  {
    title: 'Start',
    documents: [
      'docs/index.md',
      'docs/quick-start-script-tag.md',
      'docs/quick-start-spa.md',
      'docs/quick-start-backend.md',
    ],
  },
  {
    title: 'On the page',
    documents: [
      'docs/using.md',
      'docs/element.md',
      'docs/theming.md',
      'docs/states.md',
      'docs/same-phone.md',
      'docs/spa.md',
      'docs/server-rendering.md',
      'docs/embedding.md',
    ],
  },
  {
    title: 'On your server',
    documents: ['docs/server.md', 'docs/frameworks.md', 'docs/backend.md', 'docs/security.md'],
  },
  {
    title: 'In production',
    documents: [
      'docs/going-live.md',
      'docs/operations.md',
      'docs/troubleshooting.md',
      'docs/limits.md',
    ],
  },
  { title: 'The project', documents: ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'] },
];

/** Pages that have a shorter name in the menu than in their heading. */
const shortNames: Readonly<Record<string, string>> = {
  'README.md': 'All on one page',
  'docs/index.md': 'Overview',
  'docs/frameworks.md': 'Mounting it in a framework',
  'CHANGELOG.md': 'Changes',
};

export interface Page {
  /** Its path below the root, `docs/states.md`. */
  source: string;
  /** Its file in the site, `states.html`. */
  file: string;
  /** Its heading. */
  title: string;
  /** What the menu calls it. */
  name: string;
  group: string;
  text: string;
}

/** Every page there is, in the order of the menu. */
export const readPages = (): Page[] =>
  groups.flatMap(({ title: group, documents }) =>
    documents
      .filter((source) => existsSync(join(root, source)))
      .map((source) => readPage(source, group)),
  );

function readPage(source: string, group: string): Page {
  const text = readFileSync(join(root, source), 'utf8');
  const title = (/^# (.*)$/m.exec(text)?.[1] ?? source).replaceAll('`', '');
  return { source, file: fileOf(source), title, name: shortNames[source] ?? title, group, text };
}

/** The file of the site that a document becomes. */
export const fileOf = (source: string): string =>
  source
    .replace(/^docs\//, '')
    .replace(/\.md$/, '.html')
    .toLowerCase();
