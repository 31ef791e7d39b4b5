import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { installPackage, manifest, root } from './install.ts';

const project = installPackage();
after(() => project[Symbol.dispose]());

const file = manifest.bin['payby-checkout'] ?? '';

const run = (...args: string[]) =>
  promisify(execFile)(
    process.execPath,
    [join(project.folder, 'node_modules/payby-checkout', file), ...args],
    { cwd: project.folder, timeout: 60_000 },
  );

describe('the command of the package', () => {
  it('is a program that the system runs by Node', () => {
    assert.match(readFileSync(join(root, file), 'utf8'), /^#!\/usr\/bin\/env node\n/);
    accessSync(join(root, file), constants.X_OK);
  });

  it('tells its commands and its version', async () => {
    const { stdout } = await run('--help');
    assert.match(stdout, /^ {2}sandbox {3}/m);
    assert.match(stdout, /^ {2}verify {4}/m);
    assert.equal((await run('--version')).stdout, `${manifest.version}\n`);
  });

  it('has every command it tells', async () => {
    for (const name of ['sandbox', 'verify']) {
      const { stdout } = await run(name, '--help');
      assert.ok(stdout.startsWith(`Usage: npx payby-checkout ${name} `), stdout);
    }
  });
});
