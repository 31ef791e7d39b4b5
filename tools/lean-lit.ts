import { join } from 'node:path';
import type { Plugin } from 'vite';

interface Replacement {
  of: RegExp;
  by?: string;
}

/** What is replaced in Lit's files, once in each; by nothing where nothing is said. */
const replacements: Record<string, Replacement[]> = {
  'lit-html/lit-html.js': [
    { of: /(\w+)\?\1\.createPolicy\("lit-html",\{createHTML:(\w)=>\2\}\):void 0/, by: 'void 0' },
    {
      of: /(static createElement\((\w)),\w\)\{const (\w)=\w\.createElement\("template"\);return \3\.innerHTML=\2,\3\}/,
      by: '$1){return templateFromText($2)}',
    },
    // Marks attributes. Read as HTML a name may have any letter, set by a script in most browsers not.
    { of: /"\$lit\$"/, by: '"_lit"' },
    { of: /if\(!\w\(\w\)\|\|!\w\.hasOwnProperty\("raw"\)\)throw Error\("[\w ]+"\);/ },
    // Scripts, styles, text fields and comments with something in them that changes.
    { of: /\w\.test\(\w\[2\]\)&&\(\w=RegExp\("<\/"\+\w\[2\],"g"\)\),/ },
    { of: /if\(\w\.test\(\w\.tagName\)\)\{const .*?\}\}(?=\}else if\(8===)/ },
    { of: /else\{let \w=-1;for\(;-1!==.*?,\w\+=\w\.length-1\}/ },
    // What polyfills of before 2020 would ask for, and the versions on the page, told to developers.
    {
      of: /,(\w)=\w\.litHtmlPolyfillSupport;\1\?\.\(\w,\w\),\(\w\.litHtmlVersions\?\?=\[\]\)\.push\("[\d.]+"\)/,
    },
  ],
  'reactive-element/css-tag.js': [
    { of: /\(void 0===\w\.ShadyCSS\|\|\w\.ShadyCSS\.nativeShadow\)&&/ },
    // Mistakes of who writes styles with it, which are found before this is built.
    { of: /if\((this\._\$cssResult\$=!0),\w!==\w\)throw Error\("CSSResult [^"]+"\);/, by: '$1;' },
    {
      of: /\((\w)=>\{if\(!0===\1\._\$cssResult\$\)return \1\.cssText;if\("number".*?\}\)\((\w)\)/,
      by: '$2.cssText',
    },
  ],
  'reactive-element/reactive-element.js': [
    // Properties declared by decorators.
    { of: /Symbol\.metadata\?\?=Symbol\("metadata"\),\w\.litPropertyMetadata\?\?=new WeakMap;/ },
    {
      of: /const (\w)=this\[Symbol\.metadata\];if\(null!==\1\)\{.*?elementProperties\.set\(\w,\w\)\}/,
    },
    { of: /,\w=\w\.reactiveElementPolyfillSupport/ },
    // The element makes its own root.
    { of: /createRenderRoot\(\)\{.*?\.elementStyles\),\w\}/ },
    { of: /,\w\.shadowRootOptions=\{mode:"open"\}/ },
    {
      of: /,\w\?\.\(\{ReactiveElement:\w\}\),\(\w\.reactiveElementVersions\?\?=\[\]\)\.push\("[\d.]+"\)/,
    },
  ],
  'lit-element/lit-element.js': [
    { of: /const (\w)=\w\.litElementPolyfillSupport;\1\?\.\(\{LitElement:\w\}\);/ },
    { of: /\(\w\.litElementVersions\?\?=\[\]\)\.push\("[\d.]+"\);/ },
    // Another Lit of the page would render in place of this one, if it is there to go on with a server's nodes.
    { of: /,\w\.litElementHydrateSupport\?\.\(\{LitElement:\w\}\)/ },
    // The element makes its own root.
    { of: /createRenderRoot\(\)\{.*?\.firstChild,\w\}/ },
  ],
};

const maker = join(import.meta.dirname, 'template-from-text.ts');

/** What {@link maker} does not read. */
const unread =
  /<(?:area|br|col|embed|hr|img|input|link|meta|script|source|style|textarea|title|track|wbr)\b|&#?\w+;|<!--|='/;

/**
 * Lit makes its templates from text, and asks for the Trusted Types policy `lit-html` for that. A page
 * may grant each policy once: a second Lit beside the first would not run, or keep the first from
 * running. So the script tag's Lit makes them without, as {@link maker} says.
 *
 * A piece of Lit that is not found as it is written here fails the build, and so does a view that uses
 * more HTML than is read.
 */
export function leanLit(): Plugin {
  return {
    name: 'lean-lit',
    transform(code, id) {
      const found = id.includes('/src/element/') ? code.match(unread) : null;
      if (found)
        this.error(`${id} has ${found[0]}, which tools/template-from-text.ts cannot read.`);
      const file = Object.keys(replacements).find((name) => id.endsWith(`/${name}`));
      if (!file) return null;
      const lean = (replacements[file] ?? []).reduce((text, { of, by = '' }) => {
        const count = [...text.matchAll(new RegExp(of, 'g'))].length;
        if (count !== 1)
          this.error(`Lit has changed: ${of} is in ${file} ${count} times, not once.`);
        return text.replace(of, by);
      }, code);
      const isUsed = lean.includes('templateFromText(');
      return isUsed ? `import { templateFromText } from ${JSON.stringify(maker)};${lean}` : lean;
    },
  };
}
