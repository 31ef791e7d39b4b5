/** What is known of the element, in the form that editors and documentation read. */
import { readFileSync } from 'node:fs';
import { create, ts } from '@custom-elements-manifest/analyzer';
import type { PropertyDeclaration } from 'lit';
import { environments } from '../../src/device/in-app.ts';
import * as api from '../../src/index.ts';
import type { Attribute, Declaration, Manifest, ManifestExport, Member } from './manifest.ts';

declare module '@custom-elements-manifest/analyzer' {
  // What its own declarations leave out.
  const ts: { createSourceFile(name: string, text: string, es: number, parents: boolean): object };
  function create(options: { modules: object[] }): Manifest;
}

/** The element and what it inherits, by what the package exports of them. */
const sources = ['index', 'define', 'element/payby-checkout', 'element/events'];
const inherited = 'element/form-element';

const fileOf = (name: string) => `src/${name}.ts`;
const read = (name: string) => readFileSync(fileOf(name), 'utf8');

/** Reads `src`, below the present folder. */
export function analyze(): Manifest {
  const modules = [inherited, ...sources].map((name) =>
    ts.createSourceFile(fileOf(name), read(name), 99, true),
  );
  const manifest = create({ modules });
  return {
    ...manifest,
    modules: manifest.modules
      .filter(({ path }) => path !== fileOf(inherited))
      .map(({ declarations, exports, ...module }) =>
        published({
          ...module,
          declarations: declarations.map(finished),
          exports: exports.filter(isThere),
        }),
      ),
  };
}

/** Types are exported for the compiler alone. */
const isThere = ({ kind, name }: ManifestExport): boolean =>
  kind !== 'js' || name === '*' || name in api;

/** With the files that are published in place of their sources. */
function published<Part>(part: Part): Part {
  const text = JSON.stringify(part);
  return JSON.parse(text.replace(/"(?:\/?src|\.)\/([\w/-]+)\.ts"/g, '"dist/$1.js"'));
}

function finished(declaration: Declaration): Declaration {
  if (declaration.tagName === undefined) return declaration;
  const members = (declaration.members ?? []).filter(isPublic).map(withAttribute);
  return {
    ...declaration,
    superclass: { name: 'LitElement', package: 'lit' },
    members: members.map(({ inheritedFrom: _, ...member }) => member),
    attributes: members.flatMap(attributeOf),
    // The analyzer takes an event whose type is a variable for one of that variable's name.
    events: declaration.events?.filter(({ name }) => name.startsWith('payby-')) ?? [],
  };
}

/** What a page may use, without what the browser calls. */
const isPublic = ({ name, privacy, static: isStatic }: Member): boolean =>
  !isStatic && (privacy ?? 'public') === 'public' && !/^#|Callback$/.test(name);

/** How Lit treats a property, as the class itself says. */
function declarationOf(name: string): PropertyDeclaration | undefined {
  void api.PaybyCheckout.observedAttributes; // reads what is declared
  return api.PaybyCheckout.elementProperties.get(name);
}

function withAttribute(member: Member): Member {
  const found = declarationOf(member.name);
  if (!found || found.attribute === false) return member;
  const { attribute = true, reflect } = found;
  const name = attribute === true ? member.name.toLowerCase() : attribute;
  const type = { text: spelledOut(member.type?.text ?? 'string') };
  return { ...member, type, attribute: name, ...(reflect && { reflects: true }) };
}

/** A type with the words in place of the name that stands for them, for completion in editors. */
const spelledOut = (type: string): string =>
  type.replace(/\bEnvironment\b/, environments.map((word) => `'${word}'`).join(' | '));

function attributeOf({ name, attribute, type, description, ...member }: Member): Attribute[] {
  if (attribute === undefined) return [];
  // An attribute is text; this one is JSON.
  const text = type?.text.startsWith('Order') ? 'string' : (type?.text ?? 'string');
  return [
    {
      name: attribute,
      fieldName: name,
      type: { text },
      ...(member.default !== undefined && { default: member.default }),
      ...(description !== undefined && { description }),
    },
  ];
}
