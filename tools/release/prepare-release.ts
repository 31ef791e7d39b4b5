import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { entryOf, withEntry } from './changelog.ts';
import type { FileChanges } from './file-changes.ts';
import { versionAfter } from './version.ts';

export interface ReleaseOptions {
  root: string;
  /** A version such as 1.2.3, or `major`, `minor` or `patch`. */
  wish: string;
  /** The day of the release, as in 2026-11-25. */
  date: string;
  changes: FileChanges;
  /** Builds dist/; throws when that fails. */
  build(): void;
  /** The README with what has to be said of the built scripts. */
  describeScripts(readme: string, version: string): string;
  /** Checks and tests everything; throws when anything fails. */
  check(): void;
}

export interface Release {
  version: string;
  /** The package, ready to publish; a path below the root. */
  tarball: string;
  /** What the changelog says of it. */
  entry: string;
}

/**
 * Makes a release ready: version, changelog, README, build, checks, package. Nothing is committed or
 * published.
 *
 * @throws Error when the tree is not clean, the version not higher, or anything fails; `changes` then
 *   knows what has to be undone
 */
export function prepareRelease(options: ReleaseOptions): Release {
  const { root, wish, date, changes } = options;
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });

  const uncommitted = git('status', '--porcelain').trimEnd();
  if (uncommitted) throw new Error(`Commit or remove these first:\n${uncommitted}`);
  const manifest: { name: string; version: string } = JSON.parse(changes.read('package.json'));
  const version = versionAfter(manifest.version, wish);
  if (git('tag', '--list', `v${version}`)) throw new Error(`The tag v${version} exists already.`);

  const changelog = withEntry(changes.read('CHANGELOG.md'), version, date);
  changes.write('CHANGELOG.md', changelog);
  for (const name of ['package.json', 'package-lock.json']) {
    changes.write(name, withVersion(changes.read(name), name, manifest.version, version));
  }
  const source = 'src/version.ts';
  const told = changes.read(source);
  const renewed = told.replace(`'${manifest.version}'`, `'${version}'`);
  if (renewed === told) throw new Error(`${source} does not have version "${manifest.version}".`);
  changes.write(source, renewed);
  options.build();
  const readme = options.describeScripts(changes.read('README.md'), version);
  changes.write('README.md', readme);
  options.check();
  if (options.describeScripts(readme, version) !== readme) {
    throw new Error(
      'Built again, the scripts were others. A release must be built the same twice.',
    );
  }
  const tarball = `build/${manifest.name}-${version}.tgz`;
  changes.willChange(tarball);
  mkdirSync(join(root, 'build'), { recursive: true });
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', 'build'];
  execFileSync('npm', pack, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  return { version, tarball, entry: entryOf(changelog, version) };
}

/** `before` as the version of the package itself, at the start of either manifest, becomes `after`. */
function withVersion(text: string, name: string, before: string, after: string): string {
  const start = text.indexOf('"dependencies"');
  const head = start < 0 ? text : text.slice(0, start);
  const changed = head.replaceAll(`"version": "${before}"`, `"version": "${after}"`);
  if (changed === head) throw new Error(`${name} does not have version "${before}".`);
  return changed + text.slice(head.length);
}
