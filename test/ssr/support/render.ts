/** The checkout as a server with Lit renders it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import type { TemplateResult } from 'lit';

export const dist = join(import.meta.dirname, '../../../dist');

const built: typeof import('../../../src/ssr.ts') = await import(
  pathToFileURL(join(dist, 'ssr.js')).href
);
export const { loadLanguage, PaybyCheckout } = built;

export const rendered = (page: TemplateResult): Promise<string> => collectResult(render(page));

/** What a person reads of it: the words, without tags and styles. */
export const read = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>|<!--.*?-->|<[^>]+>/gs, ' ')
    .replace(/\s+/g, ' ')
    .trim();
