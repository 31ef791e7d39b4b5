import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { manifest, root } from './install.ts';

const dist = join(root, 'dist');

/** What a module imports, at once and later: the names as they are written. */
function importsOf(file: string): string[] {
  const code = readFileSync(file, 'utf8');
  const found = code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*(["'`])([\w@./-]+)\1/g);
  return [...found].map(([, , name = '']) => name);
}

/** All modules of the package that `entry` leads to, and all that lies outside of it. */
function follow(entry: string) {
  const files = new Set([join(dist, entry)]);
  const packages = new Set<string>();
  for (const file of files) {
    for (const name of importsOf(file)) {
      if (name.startsWith('.')) files.add(join(dirname(file), name));
      else packages.add(name);
    }
  }
  return { files: [...files].map((file) => relative(dist, file)), packages: [...packages].sort() };
}

describe('the element', () => {
  for (const entry of ['index.js', 'element/index.js']) {
    it(`leads from ${entry} to nothing of the server’s, of Node’s or of the sandbox’s`, () => {
      const { files, packages } = follow(entry);
      assert.ok(files.includes(join('order', 'order-controller.js')));
      assert.deepEqual(
        files.filter((file) => /^(server|sandbox|cli|verify)\b/.test(file)),
        [],
      );
      assert.deepEqual(packages, ['eventsource-parser', 'lit', 'qr-code-styling', 'valibot']);
      for (const name of packages) assert.ok(name in manifest.dependencies, name);
    });
  }
});

describe('the files for a script tag', () => {
  it('import each other alone, and all are there', () => {
    const scripts = readdirSync(join(dist, 'cdn')).filter((file) => file.endsWith('.js'));
    const imported = scripts.flatMap((file) => importsOf(join(dist, 'cdn', file)));
    assert.ok(imported.length >= scripts.length);
    for (const name of imported) {
      assert.match(name, /^\.\/payby-checkout[\w-]*\.js$/);
      assert.ok(existsSync(join(dist, 'cdn', name)), name);
    }
  });

  it('carry nothing of the server’s', () => {
    for (const file of readdirSync(join(dist, 'cdn'))) {
      const code = readFileSync(join(dist, 'cdn', file), 'utf8');
      assert.doesNotMatch(code, /RSASSA|placeOrder|getOrder|bizContent/, file);
    }
  });
});
