import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { storeConformance } from '../../../src/server/stores/conformance.ts';
import { sqliteStore } from '../../../src/server/stores/sqlite-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'payby-sqlite-'));
after(() => rmSync(folder, { recursive: true }));

describe('the SQLite store', () => {
  const open = () => sqliteStore(join(folder, 'orders.db'));
  for (const { name, run } of storeConformance(open, { openAnother: open })) it(name, run);
});

describe('the SQLite store in memory', () => {
  for (const { name, run } of storeConformance(() => sqliteStore(':memory:'))) it(name, run);
});
