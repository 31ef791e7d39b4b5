/**
 * `npm run release -- 1.2.3` (or `major`, `minor`, `patch`): makes a release ready and says how to publish
 * it. Nothing leaves this machine, and a release that fails leaves nothing behind.
 */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { withIntegrities } from './integrity.ts';
import { FileChanges } from './release/file-changes.ts';
import { prepareRelease } from './release/prepare-release.ts';

const root = join(import.meta.dirname, '..');
const scripts = join(root, 'dist/cdn');
const changes = new FileChanges(root);
const npm = (...args: string[]) => void execFileSync('npm', args, { cwd: root, stdio: 'inherit' });

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    changes.undo();
    process.exit(1);
  });
}

const [wish, ...others] = process.argv.slice(2);
try {
  if (wish === undefined || others.length > 0) {
    throw new Error('Name the version: npm run release -- 1.2.3, or major, minor or patch.');
  }
  const { version, tarball, entry } = prepareRelease({
    root,
    wish,
    date: new Date().toISOString().slice(0, 10),
    changes,
    build: () => npm('run', 'build'),
    describeScripts: (readme, version) => withIntegrities(readme, scripts, version),
    check: () => npm('test'),
  });
  const kilobytes = Math.round(statSync(join(root, tarball)).size / 1000);
  process.stdout.write(`
${entry}

${tarball} is ready, ${kilobytes} kB. Look at the changes, then:

  git commit --all --message "chore: release ${version}"
  git tag v${version}
  git push origin HEAD v${version}
  npm publish ${tarball}
`);
} catch (error) {
  changes.undo();
  process.stderr.write(`${error instanceof Error ? error.message : error}\nNothing is changed.\n`);
  process.exitCode = 1;
}
