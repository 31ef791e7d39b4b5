/** What the sandbox's pages have in common: the document around them, and what they may load. */
import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';

export interface PageParts {
  title: string;
  /** The page's whole style. */
  style: string;
  /** What stands between the top and the footer, escaped. */
  body: unknown;
}

export const shell = ({ title, style, body }: PageParts) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
${body}
<footer>A test double of PayBy’s public payment protocol, not a PayBy or BOTIM product.</footer>
</body>
</html>`;

/** A policy that allows nothing but this style and the page's forms: no script, no other origin, no frame. */
export const policyFor = (style: string): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
