import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import vsCode from 'vscode-html-languageservice';
import { root } from './install.ts';

const { getLanguageService, newHTMLDataProvider, TextDocument } = vsCode;

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const data = read(join(root, 'dist/vscode.html-custom-data.json'));
const service = getLanguageService({
  useDefaultDataProvider: false,
  customDataProviders: [newHTMLDataProvider('payby-checkout', data)],
});

/** A page with the cursor where `|` is. */
function opened(page: string) {
  const document = TextDocument.create('file:///shop.html', 'html', 1, page.replace('|', ''));
  return [
    document,
    document.positionAt(page.indexOf('|')),
    service.parseHTMLDocument(document),
  ] as const;
}

/** What VS Code proposes there. */
const proposed = (page: string) =>
  service.doComplete(...opened(page)).items.map(({ label }) => label);

describe('the data for VS Code', () => {
  it('is what its schema asks for', () => {
    const require = createRequire(import.meta.url);
    const schema = require.resolve('vscode-html-languageservice/docs/customData.schema.json');
    const validate = new Ajv({ strict: false, allErrors: true }).compile(read(schema));
    assert.ok(validate(data), JSON.stringify(validate.errors));
  });

  it('has it propose the tag, its attributes and their words', () => {
    assert.ok(proposed('<|').includes('payby-checkout'));
    const attributes = proposed('<payby-checkout |></payby-checkout>');
    for (const name of ['endpoint', 'autostart', 'in-app']) assert.ok(attributes.includes(name));
    assert.deepEqual(proposed('<payby-checkout in-app="|"></payby-checkout>'), [
      'redirect',
      'bridge',
      'qr',
    ]);
  });

  it('has it say what the tag and an attribute are for', () => {
    const said = (page: string) => JSON.stringify(service.doHover(...opened(page))?.contents);
    assert.match(said('<payby|-checkout></payby-checkout>'), /A checkout for BOTIM and PayBy/);
    assert.match(said('<payby-checkout retu|rn-url="/"></payby-checkout>'), /after the payment/);
  });
});
