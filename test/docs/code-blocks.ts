/** The code that the documents show. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

export interface Document {
  /** Its path below the root. */
  name: string;
  text: string;
}

export interface Block {
  /** The word after the fence; '' for none. */
  language: string;
  code: string;
  /** The file that the line before names, as in a quick start. */
  file?: string;
}

const guides = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'));

/** The README and all guides. */
export const documents: Document[] = ['README.md', ...guides.map((file) => `docs/${file}`)].map(
  (name) => ({ name, text: readFileSync(join(root, name), 'utf8') }),
);

export function documentOf(name: string): Document {
  const document = documents.find((candidate) => candidate.name === name);
  if (!document) throw new Error(`There is no document ${name}.`);
  return document;
}

/** All code blocks of a document, in their order. */
export const allBlocks = ({ text }: Document): Block[] =>
  [...text.matchAll(/^(?:`([\w./-]+)`\n\n)?```([^\n]*)\n([\s\S]*?)^```/gm)].map(
    ([, file, language = '', code = '']) => ({ language, code, ...(file && { file }) }),
  );

/** The code blocks of a document in one language, in their order. */
export const blocksOf = (document: Document, language: string): string[] =>
  allBlocks(document)
    .filter((block) => block.language === language)
    .map(({ code }) => code);

/** Commands of a shell block, one a line, without comments. */
export const commandsIn = (code: string): string[] =>
  code
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(Boolean);
