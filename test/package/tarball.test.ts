import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { dirname, posix } from 'node:path';
import { describe, it } from 'node:test';
import { checkPackage } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { manifest, root } from './install.ts';
import { packPackage } from './tarball.ts';

const tarball = packPackage();
const names = [...tarball.files.keys()];

/** In bytes. */
const limits = { packed: 1_100_000, unpacked: 4_200_000 };

/** What lies in a folder, without what lies in folders of it; all of them together for a file's kinds. */
const inside = (folder: string) => [
  ...new Set(
    names
      .filter((name) => name.startsWith(folder))
      .map((name) => name.slice(folder.length).replace(/\/.*/, '/')),
  ),
];

describe('the package as it is published', () => {
  it('has these files and folders at its top, and no others', () => {
    assert.deepEqual(inside('').sort(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/',
      'docs/',
      'package.json',
      'src/',
    ]);
    const folders = inside('dist/').filter((name) => name.endsWith('/'));
    assert.deepEqual(folders.sort(), [
      ...['cdn/', 'cli/', 'device/', 'element/', 'order/', 'sandbox/', 'server/', 'types/'],
      'verify/',
    ]);
    const scripts = inside('dist/cdn/').map((name) =>
      name.replace(/^(payby-checkout-.+)-[\w-]{8}\.js$/, '$1-*.js'),
    );
    assert.deepEqual(scripts.filter((name) => !name.includes('*')).sort(), [
      'integrity.json',
      'licenses.md',
      'payby-checkout.classic.js',
      'payby-checkout.js',
    ]);
  });

  it('has no test in it, and nothing that is for building it', () => {
    const others = /(^|\/)(test|tools|bench|demo|examples|build)\/|\.test\.|tsconfig|\.tgz$/;
    assert.deepEqual(
      names.filter((name) => others.test(name)),
      [],
    );
  });

  it(`is smaller than ${limits.packed / 1e6} MB, and ${limits.unpacked / 1e6} MB when unpacked`, () => {
    const unpacked = [...tarball.files.values()].reduce(
      (sum, text) => sum + Buffer.byteLength(text),
      0,
    );
    assert.ok(tarball.data.length < limits.packed, `${tarball.data.length} bytes`);
    assert.ok(unpacked < limits.unpacked, `${unpacked} bytes`);
  });

  it('knows nothing of the machine it was built on', () => {
    const paths = [root, homedir()].filter((path) => path !== '/').map((path) => `${path}/`);
    const telling = [...tarball.files].filter(([, text]) =>
      paths.some((path) => text.includes(path)),
    );
    assert.deepEqual(
      telling.map(([name]) => name),
      [],
    );
  });

  it('has the sources that its maps point at', () => {
    const maps = names.filter((name) => name.endsWith('.map'));
    assert.ok(maps.some((name) => name.endsWith('.d.ts.map')));
    for (const name of maps) {
      const { sources, sourceRoot = '' } = JSON.parse(tarball.files.get(name) ?? '');
      for (const source of sources) {
        const path = posix.join(dirname(name), sourceRoot, source);
        assert.ok(tarball.files.has(path), `${name}: ${path}`);
      }
    }
  });

  it('has its script tags at the addresses that networks of copies go by', () => {
    for (const field of ['unpkg', 'jsdelivr'] as const) {
      assert.equal(manifest[field], './dist/cdn/payby-checkout.js');
    }
  });

  it('has its descriptions where editors look for them', () => {
    for (const field of ['customElements', 'web-types'] as const) {
      JSON.parse(tarball.files.get(posix.normalize(manifest[field])) ?? '');
    }
  });

  it('has nothing that publint finds wrong', async () => {
    const { data } = tarball;
    const { messages, pkg } = await publint({
      strict: true,
      pack: { tarball: new Uint8Array(data).buffer },
    });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg)),
      [],
    );
  });

  // A package of ES modules: resolution as of Node 10, which knows no exports, is left out, and
  // `require` gets a module, which Node takes from 22.12 on.
  it('has types that are found rightly by node16, from modules and from CommonJS, and by bundlers', async () => {
    const analysis = await checkPackage(tarball.package);
    assert.ok(analysis.types);
    const isKnown = (problem: (typeof analysis.problems)[number]) =>
      problem.kind === 'CJSResolvesToESM' ||
      ('resolutionKind' in problem && problem.resolutionKind === 'node10');
    assert.deepEqual(
      analysis.problems.filter((problem) => !isKnown(problem)),
      [],
    );
    const found = Object.keys(analysis.entrypoints);
    assert.deepEqual(found.sort(), Object.keys(manifest.exports).sort());
  });
});
