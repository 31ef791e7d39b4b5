import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { LitElement } from 'lit';
import { PaybyCheckout } from '../../src/element/payby-checkout.ts';
import { elementOf, type Manifest } from '../../tools/describe/manifest.ts';
import { root } from './install.ts';

const read = (name: string) => readFileSync(join(root, name), 'utf8');
const manifest: Manifest = JSON.parse(read('dist/custom-elements.json'));
const element = elementOf(manifest);
const { members, attributes } = element;
const fields = members.filter(({ kind }) => kind === 'field');

const namesOf = (list: readonly { name: string }[]) => list.map(({ name }) => name).sort();

/** All that the sources of the element's views and styles say, in one text. */
const views = ['', 'views']
  .flatMap((folder) =>
    readdirSync(join(root, 'src/element', folder), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => read(join('src/element', folder, name))),
  )
  // The class says it too, where it documents itself.
  .map((text) => text.replace(/\/\*\*[\s\S]*?\*\//g, ''))
  .join('\n');

const found = (pattern: RegExp) =>
  [...new Set([...views.matchAll(pattern)].map(([, name = '']) => name))].sort();

/** What is public on the class and what it inherits, up to Lit. */
function accessorsAndMethods(): string[] {
  const names: string[] = [];
  let { prototype } = PaybyCheckout;
  while (prototype !== LitElement.prototype) {
    names.push(...Object.getOwnPropertyNames(prototype));
    prototype = Object.getPrototypeOf(prototype);
  }
  const ofTheBrowsersOrLit =
    /^(constructor|.*Callback|createRenderRoot|render|scheduleUpdate|shouldUpdate|willUpdate|updated|isDisabled|setFormValue)$/;
  return [...new Set(names.filter((name) => !ofTheBrowsersOrLit.test(name)))].sort();
}

describe('dist/custom-elements.json', () => {
  it('has every attribute that the element observes, and no other', () => {
    assert.deepEqual(namesOf(attributes), PaybyCheckout.observedAttributes.toSorted());
  });

  it('says of every property what Lit knows of it', () => {
    for (const [name, { attribute, reflect = false }] of PaybyCheckout.elementProperties) {
      const member = fields.find((field) => field.name === String(name));
      const expected = attribute === false ? undefined : (attribute ?? String(name));
      assert.equal(member?.attribute, expected === true ? String(name) : expected);
      assert.equal(member?.reflects ?? false, reflect, String(name));
    }
  });

  it('has everything public on the class, and nothing of Lit’s', () => {
    assert.deepEqual(
      namesOf(members),
      [
        ...new Set(
          [...accessorsAndMethods(), ...PaybyCheckout.elementProperties.keys()].map(String),
        ),
      ].sort(),
    );
  });

  it('has a type for every property and attribute, and the default of every attribute but order', () => {
    for (const { name, type } of [...fields, ...attributes]) assert.ok(type?.text, name);
    const without = attributes.filter((attribute) => attribute.default === undefined);
    assert.deepEqual(namesOf(without), ['order']);
  });

  it('spells out the words that an attribute may have', () => {
    const typeOf = (name: string) => attributes.find((one) => one.name === name)?.type.text;
    assert.equal(typeOf('environment'), "'auto' | 'desktop' | 'phone' | 'botim' | 'payby'");
    assert.equal(typeOf('in-app'), "'redirect' | 'bridge' | 'qr'");
  });

  it('has every event that the page can hear, with its class', () => {
    const { declarations } =
      manifest.modules.find(({ path }) => path === 'dist/element/events.js') ?? {};
    const typed = [...read('src/element/events.ts').matchAll(/^ {4}'(payby-\w+)': (\w+);$/gm)].map(
      ([, name, type]) => `${name} ${type}`,
    );
    assert.ok(typed.length > 0);
    assert.deepEqual(
      element.events.map(({ name, type }) => `${name} ${type.text}`).sort(),
      typed.sort(),
    );
    for (const { type } of element.events) {
      assert.ok(
        declarations?.some(({ name }) => name === type.text),
        type.text,
      );
    }
  });

  it('has every slot, part and custom property that the views have', () => {
    assert.deepEqual(namesOf(element.slots), found(/<slot name="([\w-]+)"/g));
    assert.deepEqual(namesOf(element.cssParts), found(/\bpart="([\w-]+)"/g));
    assert.deepEqual(namesOf(element.cssProperties), found(/var\((--payby-[\w-]+)/g));
  });

  it('has every phase as a state', () => {
    const phases = [...read('src/order/order-state.ts').matchAll(/phase: '(\w+)'/g)];
    const names = [...new Set(phases.map(([, phase = '']) => phase))];
    assert.deepEqual(namesOf(element.cssStates), names.sort());
  });

  it('describes every one of them', () => {
    const { slots, cssParts, cssStates, cssProperties, events } = element;
    const all = [members, attributes, slots, cssParts, cssStates, cssProperties, events].flat();
    assert.deepEqual(
      all.filter(({ description }) => !description).map(({ name }) => name),
      [],
    );
  });

  it('names files that are published', () => {
    for (const { path, exports } of manifest.modules) {
      assert.ok(existsSync(join(root, path)), path);
      for (const { declaration } of exports) {
        const file = declaration.module ?? path;
        assert.ok(existsSync(join(root, file)), file);
      }
    }
  });
});

describe('what editors read', () => {
  it('completes in VS Code the words of an attribute, and leaves out a value where there is none', () => {
    const { tags } = JSON.parse(read('dist/vscode.html-custom-data.json'));
    const [{ name, attributes: known }] = tags;
    assert.equal(name, 'payby-checkout');
    assert.deepEqual(namesOf(known), namesOf(attributes));
    const of = (wanted: string) => known.find((one: { name: string }) => one.name === wanted);
    assert.deepEqual(namesOf(of('theme').values), ['auto', 'dark', 'light']);
    assert.equal(of('autostart').valueSet, 'v');
  });

  it('has in JetBrains’ form the same attributes, properties and events', () => {
    const { name, contributions } = JSON.parse(read('dist/web-types.json'));
    const [tag] = contributions.html.elements;
    assert.equal(name, 'payby-checkout');
    assert.deepEqual(namesOf(tag.attributes), namesOf(attributes));
    assert.deepEqual(namesOf(tag.js.properties), namesOf(fields));
    assert.deepEqual(namesOf(tag.js.events), namesOf(element.events));
  });
});
