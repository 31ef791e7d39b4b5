/** Colours for code, put into the page when it is built. */
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import go from 'highlight.js/lib/languages/go';
import http from 'highlight.js/lib/languages/http';
import java from 'highlight.js/lib/languages/java';
import json from 'highlight.js/lib/languages/json';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';

const languages = { bash, csharp, css, go, http, java, json, php, python, typescript, xml };
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);

/** The language that a fence's name is coloured as; none for plain text. */
const languageOf: Readonly<Record<string, keyof typeof languages>> = {
  sh: 'bash',
  html: 'xml',
  vue: 'xml',
  svelte: 'xml',
  ts: 'typescript',
  tsx: 'typescript',
  js: 'typescript',
  jsx: 'typescript',
  jsonc: 'json',
  json: 'json',
  css: 'css',
  http: 'http',
  php: 'php',
  python: 'python',
  java: 'java',
  csharp: 'csharp',
  go: 'go',
};

/** The code as HTML, escaped; undefined for a language without colours. */
export function highlight(code: string, fence: string): string | undefined {
  const language = languageOf[fence];
  return language && hljs.highlight(code, { language }).value;
}
