import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { sqliteStore } from '../../../src/server/stores/sqlite-store.ts';
import { checkAfterwards, checkKills, churnAndKill, kills } from './crash.ts';

const folder = mkdtempSync(join(tmpdir(), 'payby-sqlite-'));
after(() => rmSync(folder, { recursive: true }));

describe('a killed process with a SQLite store', () => {
  it('leaves every acknowledged change, and no half of another', async () => {
    const path = join(folder, 'orders.db');
    const all = [];
    for (let index = 0; index < kills; index += 1) {
      const run = `run${index}`;
      const acknowledged = await churnAndKill(['sqlite', path], run, index, () => {});
      const store = sqliteStore(path);
      await checkAfterwards(store, run, acknowledged);
      await store.close?.();
      all.push(acknowledged);
    }
    checkKills(all);
  });
});
