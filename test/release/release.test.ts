import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { entryOf, withEntry } from '../../tools/release/changelog.ts';
import { FileChanges } from '../../tools/release/file-changes.ts';
import {
  prepareRelease,
  type Release,
  type ReleaseOptions,
} from '../../tools/release/prepare-release.ts';
import { versionAfter } from '../../tools/release/version.ts';

describe('the version of a release', () => {
  it('is the one that is named, or the next major, minor or patch', () => {
    const next = (wish: string) => versionAfter('1.9.3', wish);
    assert.deepEqual(['major', 'minor', 'patch', '1.9.4', '1.10.0', '2.0.0'].map(next), [
      '2.0.0',
      '1.10.0',
      '1.9.4',
      '1.9.4',
      '1.10.0',
      '2.0.0',
    ]);
  });

  it('is higher than the last', () => {
    for (const wish of ['1.9.3', '1.9.2', '1.8.9', '0.10.0']) {
      assert.throws(() => versionAfter('1.9.3', wish), {
        message: `${wish} is not higher than 1.9.3, which package.json has already.`,
      });
    }
  });

  it('is a version', () => {
    for (const wish of ['', 'v2.0.0', '2.0', '2.0.0-rc.1', '02.0.0', '--help']) {
      assert.throws(() => versionAfter('1.9.3', wish), /is not a version; name one like 1\.2\.3/);
    }
  });
});

describe('the changelog of a release', () => {
  const changelog =
    '# Changelog\n\n## Unreleased\n\n### Added\n- A.\n\n## 1.0.0 (2026-01-02)\n- B.\n';

  it('has what was unreleased under its version and day, and a place for what comes next', () => {
    const released = withEntry(changelog, '1.1.0', '2026-11-25');
    assert.equal(
      released,
      '# Changelog\n\n## Unreleased\n\n## 1.1.0 (2026-11-25)\n\n### Added\n- A.\n\n## 1.0.0 (2026-01-02)\n- B.\n',
    );
    assert.equal(entryOf(released, '1.1.0'), '### Added\n- A.');
    assert.equal(entryOf(released, '1.0.0'), '- B.');
  });

  it('says something', () => {
    const empty = withEntry(changelog, '1.1.0', '2026-11-25');
    for (const text of [empty, '# Changelog\n']) {
      assert.throws(() => withEntry(text, '1.2.0', '2026-11-26'), /says nothing under/);
    }
  });
});

describe('a release', () => {
  const root = mkdtempSync(join(tmpdir(), 'payby-checkout-release-'));
  after(() => rmSync(root, { recursive: true, force: true }));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
  const files = ['.gitignore', 'README.md', 'package.json', 'package-lock.json', 'src/version.ts'];
  mkdirSync(join(root, 'src'));
  for (const name of files) {
    copyFileSync(join(import.meta.dirname, '../..', name), join(root, name));
  }
  writeFileSync(join(root, 'CHANGELOG.md'), '# Changelog\n\n## Unreleased\n\n- Something new.\n');
  git('init', '--quiet');
  git('add', '--all');
  git('-c', 'user.name=Shop', '-c', 'user.email=shop@example', 'commit', '--quiet', '-m', 'start');
  const version: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
  const next = versionAfter(version, 'minor');

  /** Builds one script, and finds everything in order, unless told otherwise. */
  function release(options: Partial<ReleaseOptions> = {}): Release {
    const changes = new FileChanges(root);
    try {
      return prepareRelease({
        root,
        wish: 'minor',
        date: '2026-11-25',
        changes,
        build() {
          mkdirSync(join(root, 'dist'), { recursive: true });
          writeFileSync(join(root, 'dist/index.js'), 'export {};\n');
        },
        describeScripts: (readme, of) => `${readme.split('\nScripts')[0]}\nScripts of ${of}\n`,
        check() {},
        ...options,
      });
    } catch (error) {
      changes.undo();
      throw error;
    }
  }
  const isUntouched = () => {
    assert.equal(git('status', '--porcelain'), '');
    assert.equal(existsSync(join(root, `build/payby-checkout-${next}.tgz`)), false);
  };

  it('is refused while something is not committed', () => {
    writeFileSync(join(root, 'stray.txt'), '');
    assert.throws(() => release(), /Commit or remove these first:\n\?\? stray\.txt/);
    rmSync(join(root, 'stray.txt'));
    isUntouched();
  });

  it('is refused when its tag exists', () => {
    git('tag', `v${next}`);
    assert.throws(() => release(), { message: `The tag v${next} exists already.` });
    git('tag', '--delete', `v${next}`);
    isUntouched();
  });

  it('leaves nothing behind when a step fails', () => {
    const fail = () => {
      assert.notEqual(git('status', '--porcelain'), '', 'it failed before anything was changed');
      throw new Error('this failed');
    };
    for (const step of [{ build: fail }, { describeScripts: fail }, { check: fail }]) {
      assert.throws(() => release(step), { message: 'this failed' });
      isUntouched();
    }
  });

  it('is refused when the checks, which build again, built other scripts', () => {
    let builds = 0;
    const describeScripts = (readme: string) => `${readme}${++builds}`;
    assert.throws(() => release({ describeScripts }), /must be built the same twice/);
    isUntouched();
  });

  it('has its version and day everywhere, and is packed', () => {
    const { tarball, entry, version: released } = release();
    assert.equal(released, next);
    assert.deepEqual(git('diff', '--name-only').trim().split('\n'), [
      'CHANGELOG.md',
      'README.md',
      'package-lock.json',
      'package.json',
      'src/version.ts',
    ]);
    const { packages, version: locked } = JSON.parse(
      readFileSync(join(root, 'package-lock.json'), 'utf8'),
    );
    assert.deepEqual([locked, packages[''].version], [next, next]);
    const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
    assert.match(changelog, new RegExp(`## Unreleased\n\n## ${next} \\(2026-11-25\\)\n`));
    assert.equal(entry, '- Something new.');
    const packed = (name: string) =>
      execFileSync('tar', ['-xzOf', join(root, tarball), `package/${name}`], { encoding: 'utf8' });
    assert.equal(JSON.parse(packed('package.json')).version, next);
    assert.ok(packed('src/version.ts').includes(`'${next}'`));
    assert.match(packed('README.md'), new RegExp(`\nScripts of ${next}\n$`));
    assert.equal(packed('dist/index.js'), 'export {};\n');
  });
});
