/** What a piece of HTML says of the element, checked against what is known of it. */
import { analyze } from '../../tools/describe/analyze.ts';
import { elementOf } from '../../tools/describe/manifest.ts';
import { root } from './code-blocks.ts';

process.chdir(root); // the analyzer reads src below the present folder
export const element = elementOf(analyze());
export const namesOf = (entries: readonly { name: string }[]): string[] =>
  entries.map(({ name }) => name);

/** Attributes that every element may have. */
const global = /^(id|class|slot|lang|dir|hidden|style|title|role|(aria|data)-[\w-]+)$/;
const empty = ['meta', 'link', 'img', 'input', 'br', 'hr'];

interface Tag {
  name: string;
  attributes: Map<string, string>;
}

const tag = /<(\/?)([a-z][\w-]*)((?:\s+[^\s=>"'/]+(?:=(?:"[^"]*"|'[^']*'))?)*)\s*(\/?)>/gi;

/** What is wrong with a piece of HTML, in sentences; nothing when all is well. */
export function faultsOf(html: string): string[] {
  const faults: string[] = [];
  const open: Tag[] = [];
  const left = html
    .replace(/<!--[\s\S]*?-->|<!doctype html>/gi, '')
    .replace(/(<(script|style)\b[^>]*>)[\s\S]*?(<\/\2>)/gi, '$1$3')
    .replace(tag, (_, slash: string, name: string, rest: string, selfClosed: string) => {
      if (slash) {
        const last = open.pop();
        if (last?.name !== name) faults.push(`</${name}> closes <${last?.name ?? 'nothing'}>`);
        return '';
      }
      const attributes = attributesIn(rest);
      faults.push(...faultsOfTag({ name, attributes }, open.at(-1)));
      if (!selfClosed && !empty.includes(name)) open.push({ name, attributes });
      return '';
    });
  if (/[<>]/.test(left)) faults.push(`not HTML: ${left.trim().slice(0, 80)}`);
  return [...faults, ...open.map(({ name }) => `<${name}> is not closed`)];
}

const attributesIn = (text: string): Map<string, string> =>
  new Map(
    [...text.matchAll(/([^\s=]+)(?:=(?:"([^"]*)"|'([^']*)'))?/g)].map(
      ([, name = '', double, single]) => [name, double ?? single ?? ''],
    ),
  );

function faultsOfTag({ name, attributes }: Tag, parent: Tag | undefined): string[] {
  const faults: string[] = [];
  const slot = attributes.get('slot');
  if (parent?.name === element.tagName && slot && !namesOf(element.slots).includes(slot)) {
    faults.push(`there is no slot "${slot}"`);
  }
  if (name !== element.tagName) return faults;
  for (const [attribute, value] of attributes) {
    const known = element.attributes.find((candidate) => candidate.name === attribute);
    if (!known && !global.test(attribute)) faults.push(`there is no attribute ${attribute}`);
    const words = [...(known?.type.text ?? '').matchAll(/'([^']*)'/g)].map(([, word]) => word);
    if (words.length > 0 && !words.includes(value)) {
      faults.push(`${attribute}="${value}" is not one of ${words.join(', ')}`);
    }
  }
  return faults;
}

const camelCase = (name: string): string =>
  name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** What is wrong with the element in a template of a framework: names that it does not have. */
export function faultsOfTemplate(code: string): string[] {
  const tags = [...code.matchAll(/<payby-checkout\b((?:\{[^}]*\}|"[^"]*"|'[^']*'|=>|[^>])*)>/g)];
  const { attributes, members, events } = element;
  const known = [...namesOf(attributes), ...namesOf(members), ...namesOf(events)];
  return tags
    .flatMap(([, rest = '']) => {
      const bare = rest.replace(/\{(?:[^{}]|\{[^{}]*\})*\}|"[^"]*"|'[^']*'/g, '');
      return bare.split(/\s+/);
    })
    .map((word) => word.replace(/=$|\/$/, ''))
    .map((word) =>
      word.replace(/^(?:v-bind:|v-on:|bind:|prop:|on:|client:|on(?=payby-)|[:@.?[(]+)/, ''),
    )
    .map((word) => word.replace(/[)\]]+$|\.\w+$/, ''))
    .filter((name) => name !== '' && name !== 'load' && !global.test(name))
    .filter((name) => !known.includes(name) && !known.includes(camelCase(name)))
    .map((name) => `there is nothing called ${name}`);
}

/** What is wrong with a style sheet, as far as the element is concerned. */
export function faultsOfStyle(css: string): string[] {
  const unknown = (pattern: RegExp, known: readonly { name: string }[], what: string) =>
    [...css.matchAll(pattern)]
      .map(([, name = '']) => name)
      .filter((name) => !namesOf(known).includes(name))
      .map((name) => `there is no ${what} ${name}`);
  return [
    ...unknown(/(--payby-[\w-]+)/g, element.cssProperties, 'custom property'),
    ...unknown(/payby-checkout[^\s{]*::part\(([\w-]+)\)/g, element.cssParts, 'part'),
    ...unknown(/:state\(([\w-]+)\)/g, element.cssStates, 'state'),
  ];
}
