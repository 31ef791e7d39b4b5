import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sqliteStore } from '../../src/server/stores/sqlite-store.ts';
import { killAndCheck } from './kill-course.ts';
import { seedOfRun } from './random.ts';

describe('a server with a SQLite store, killed between all of its steps', () => {
  it('loses no paid order, lets nobody pay twice, and tells the shop of every payment', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'payby-faults-'));
    const where = join(folder, 'orders.db');
    const store = sqliteStore(where);
    try {
      const faults = await killAndCheck({ kind: 'sqlite', where, store }, (line) =>
        t.diagnostic(line),
      );
      assert.deepEqual(faults, [], `with SEED=${seedOfRun}`);
    } finally {
      await store.close?.();
      rmSync(folder, { recursive: true });
    }
  });
});
