import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeIsTooOld } from '../../src/cli/node-version.ts';

describe('the version of Node', () => {
  it('is too old below the one that the package asks for', () => {
    for (const version of ['20.20.2', '22.12.0', '21.99.9']) {
      assert.ok(nodeIsTooOld(version, '>=22.13'), version);
    }
  });

  it('is not from there on', () => {
    for (const version of ['22.13.0', '22.20.1', '24.0.0', '100.1.0']) {
      assert.ok(!nodeIsTooOld(version, '>=22.13'), version);
    }
  });
});
