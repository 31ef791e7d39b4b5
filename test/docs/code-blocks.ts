/** The code that the documents show. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

export interface Document {
  /** Its path below the root. */
  name: string;
  text: string;
}

const guides = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'));

/** The README and all guides. */
export const documents: Document[] = ['README.md', ...guides.map((file) => `docs/${file}`)].map(
  (name) => ({ name, text: readFileSync(join(root, name), 'utf8') }),
);

/** The code blocks of a document in one language, in their order. */
export const blocksOf = ({ text }: Document, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, block = '']) => block,
  );
