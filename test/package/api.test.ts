import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { root } from './install.ts';

describe('what the package gives', () => {
  it('is what its reports in api/ say', () => {
    const check = ['tools/api-report.ts', '--check'];
    const { status, stderr } = spawnSync(process.execPath, check, { cwd: root, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  });
});
