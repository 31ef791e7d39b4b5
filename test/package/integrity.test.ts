import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { importMap, preloads, withIntegrities } from '../../tools/integrity.ts';
import { root } from './install.ts';

const folder = join(root, 'dist/cdn');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

const hashOf = (content: string | Buffer) =>
  `sha384-${createHash('sha384').update(content).digest('base64')}`;

describe('dist/cdn/integrity.json', () => {
  const { integrity } = JSON.parse(readFileSync(join(folder, 'integrity.json'), 'utf8'));

  it('has the hash of every module there, and of nothing else', () => {
    const modules = readdirSync(folder).filter(
      (name) => name.endsWith('.js') && name !== 'payby-checkout.classic.js',
    );
    assert.ok(modules.length > 10);
    assert.deepEqual(
      integrity,
      Object.fromEntries(
        modules.map((name) => [`./${name}`, hashOf(readFileSync(join(folder, name)))]),
      ),
    );
  });

  it('is the same for other addresses as the tool prints it', () => {
    const there = importMap(folder, 'https://cdn.example/payby/');
    assert.equal(
      there.integrity['https://cdn.example/payby/payby-checkout.js'],
      integrity['./payby-checkout.js'],
    );
  });
});

describe('the links for a page with an order in it', () => {
  it('lead to the two parts for its code, each with its hash', () => {
    const lines = preloads(folder, '/payby/').trimEnd().split('\n');
    const names = lines.map((line) => /href="\/payby\/([^"]+)"/.exec(line)?.[1] ?? '');
    assert.deepEqual(
      names.map((name) => name.replace(/-[\w-]{8}\.js$/, '')),
      ['payby-checkout-order', 'payby-checkout-qr'],
    );
    for (const [index, line] of lines.entries()) {
      const hash = hashOf(readFileSync(join(folder, names[index] ?? '')));
      assert.ok(line.includes(`integrity="${hash}" crossorigin`), line);
    }
  });
});

describe('the hashes in the README', () => {
  // They are those of a release, so between releases they may be other ones than the build's.
  it('are of the scripts that a tag loads, and of one version', () => {
    const [, block = ''] = /<!-- integrity -->\n([\s\S]*?)<!-- \/integrity -->/.exec(readme) ?? [];
    const [head = '', , ...rows] = block.trimEnd().split('\n');
    assert.match(head, /^\| script of \d+\.\d+\.\d+\S* \| integrity \|$/);
    assert.deepEqual(
      rows.map((row) => row.replace(/sha384-[\w+/]{64}/, 'HASH')),
      ['| `payby-checkout.js` | `HASH` |', '| `payby-checkout.classic.js` | `HASH` |'],
    );
  });

  it('are written anew for a release, and nothing else is', () => {
    const scripts = mkdtempSync(join(tmpdir(), 'payby-scripts-'));
    try {
      for (const name of ['payby-checkout.js', 'payby-checkout.classic.js']) {
        writeFileSync(join(scripts, name), `// ${name}`);
      }
      const written = withIntegrities(readme, scripts, '9.8.7');
      assert.match(written, /\| script of 9\.8\.7 \|/);
      assert.ok(written.includes(hashOf('// payby-checkout.js')));
      assert.ok(written.includes(hashOf('// payby-checkout.classic.js')));
      const outside = (text: string) => text.replace(/(<!-- integrity -->)[\s\S]*?(<!--)/, '$1$2');
      assert.equal(outside(written), outside(readme));
      assert.throws(() => withIntegrities('# README', scripts, '9.8.7'), /no "<!-- integrity -->"/);
    } finally {
      rmSync(scripts, { recursive: true });
    }
  });
});
