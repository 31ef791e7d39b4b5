import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { installPackage, manifest, root, specifiers } from './install.ts';
import { loadedBy } from './loaded-by.ts';

const project = installPackage(['@lit/react', '@lit-labs/ssr-client', 'react']);
after(() => project[Symbol.dispose]());

const nodes = (urls: readonly string[]) => urls.filter((url) => url.startsWith('node:'));

/** What each module gives at the least. */
const names: Readonly<Record<string, readonly string[]>> = {
  'payby-checkout': ['PaybyCheckout', 'registerMessages'],
  'payby-checkout/element': [
    'PaybyCheckout',
    'CheckoutError',
    'PaybyOutcomeEvent',
    'registerMessages',
  ],
  'payby-checkout/react': ['PaybyCheckout'],
  'payby-checkout/ssr': ['PaybyCheckout', 'loadLanguage'],
  'payby-checkout/server': ['createCheckout', 'PaybyClient', 'memoryStore', 'CheckoutRefusal'],
  'payby-checkout/server/node': ['nodeListener', 'nodeFetch'],
  'payby-checkout/server/sqlite': ['sqliteStore'],
  'payby-checkout/server/redis': ['redisStore'],
  'payby-checkout/server/conformance': ['storeConformance'],
  'payby-checkout/sandbox': ['createSandbox'],
  ...Object.fromEntries(
    // Typings: an import of them is for the compiler, and does nothing when it is left in.
    ['preact', 'react', 'solid', 'svelte', 'vue'].map((name) => [
      `payby-checkout/types/${name}`,
      [],
    ]),
  ),
};

describe('the package', () => {
  it('has every file that its manifest names, among those that are published', () => {
    const exported = Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? [target] : [target.types, target.default],
    );
    for (const file of [...exported, ...Object.values(manifest.bin)]) {
      assert.ok(existsSync(join(root, file)), `${file} is not there`);
      const isPublished =
        file === './package.json' || manifest.files.some((name) => file.startsWith(`./${name}/`));
      assert.ok(isPublished, `${file} is not among the files`);
    }
  });

  it('exports what is listed here, and nothing else', () => {
    assert.deepEqual(specifiers.toSorted(), Object.keys(names).toSorted());
  });

  for (const [specifier, expected] of Object.entries(names)) {
    it(`gives ${expected.join(', ') || 'nothing'} for ${specifier}, in Node and with what it says it needs`, async () => {
      const { exported } = await loadedBy(specifier, project.folder);
      for (const name of expected) assert.ok(exported.includes(name), `${name} is missing`);
    });
  }
});

describe('payby-checkout/server', () => {
  it('loads nothing of Node’s, no database and nothing of the page’s', async () => {
    const { loaded } = await loadedBy('payby-checkout/server', project.folder);
    assert.ok(loaded.length > 50);
    assert.deepEqual(nodes(loaded), []);
    const ofOthers = /sqlite|redis|\/dist\/(element|order|device|sandbox|cli|verify)\//;
    assert.deepEqual(
      loaded.filter((url) => ofOthers.test(url)),
      [],
    );
  });
});

describe('payby-checkout/server/redis', () => {
  it('loads nothing of Node’s, and leaves the client to the shop', async () => {
    const { loaded } = await loadedBy('payby-checkout/server/redis', project.folder);
    assert.deepEqual(nodes(loaded), []);
    assert.deepEqual(
      loaded.filter((url) => /node_modules\/(@redis|redis)\//.test(url)),
      [],
    );
  });
});

describe('payby-checkout/server/sqlite', () => {
  it('loads the database that is built into Node', async () => {
    const { loaded } = await loadedBy('payby-checkout/server/sqlite', project.folder);
    assert.ok(nodes(loaded).includes('node:sqlite'));
  });
});
