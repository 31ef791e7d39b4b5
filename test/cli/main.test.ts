import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { runCli } from './run-cli.ts';

describe('the command line', () => {
  it('lists its commands', async () => {
    const { code, out, err } = await runCli('--help');
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^Usage: npx payby-checkout <command>/);
    assert.match(out, /^ {2}sandbox {3}run the sandbox gateway on this machine$/m);
  });

  it('does so, too, when no command is named, and fails', async () => {
    const { code, out } = await runCli();
    assert.equal(code, 2);
    assert.match(out, /^Usage: /);
  });

  it('tells the package’s version', async () => {
    const manifest = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
    const { code, out } = await runCli('--version');
    assert.deepEqual([code, out], [0, `${JSON.parse(manifest).version}\n`]);
  });

  it('names what it has in place of an unknown command', async () => {
    for (const name of ['sandbx', 'toString']) {
      const { code, out, err } = await runCli(name);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, new RegExp(`^There is no command "${name}"; use one of sandbox`));
    }
  });
});
