import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import { sqliteStore } from '../../../src/server/stores/sqlite-store.ts';
import { newOrder } from './course.ts';
import { runProcess } from './crash.ts';

const folder = mkdtempSync(join(tmpdir(), 'payby-sqlite-'));
after(() => rmSync(folder, { recursive: true }));

let count = 0;
function newPath(): string {
  count += 1;
  return join(folder, `${count}.db`);
}

describe('the file of a SQLite store', () => {
  it('keeps its orders over a close, and may be opened any number of times', async () => {
    const path = newPath();
    const order = newOrder('file', '1');
    for (let round = 0; round < 3; round += 1) {
      const store = sqliteStore(path);
      await store.create(order);
      assert.deepEqual(await store.get(order.id), order);
      await store.close?.();
      await store.close?.();
    }
  });

  it('has what was asked for before it was closed', async () => {
    const path = newPath();
    const store = sqliteStore(path);
    const orders = Array.from({ length: 1200 }, (_, index) => newOrder('close', `${index}`));
    const created = Promise.all(orders.map((order) => store.create(order)));
    await store.close?.();
    assert.equal((await created).length, 1200);
    const again = sqliteStore(path);
    for (const order of orders) assert.deepEqual(await again.get(order.id), order);
    await again.close?.();
  });

  it('names the path and the way out when it cannot be opened', () => {
    const path = join(folder, 'no', 'such', 'folder', 'orders.db');
    assert.throws(() => sqliteStore(path), {
      message: `sqliteStore: cannot use "${path}": unable to open database file. Name a file of its own in a folder that exists and that this process may write to. See payby-checkout/docs/troubleshooting.md#sqlitestore.`,
    });
  });

  it('is not taken from something that is no database', () => {
    const path = newPath();
    writeFileSync(path, 'a text that somebody may need, and longer than a header'.repeat(99));
    assert.throws(() => sqliteStore(path), /cannot use .*: file is not a database\. Name a file/);
  });

  it('is not taken from another program', () => {
    const path = newPath();
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE carts (id TEXT)');
    assert.throws(() => sqliteStore(path), /it holds other tables\. Name a file of its own/);
    assert.deepEqual(
      other
        .prepare('SELECT name FROM sqlite_schema')
        .all()
        .map(({ name }) => name),
      ['carts'],
    );
    other.close();
  });

  it('is left alone when a newer version wrote it', async () => {
    const path = newPath();
    await sqliteStore(path).close?.();
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 7');
    newer.close();
    assert.throws(
      () => sqliteStore(path),
      /a newer payby-checkout wrote it \(tables 7, known are 1\)\. Update payby-checkout here/,
    );
  });

  it('waits for the disk with orders, in WAL mode', async () => {
    const path = newPath();
    const store = sqliteStore(path);
    const { journal_mode: mode } =
      new DatabaseSync(path).prepare('PRAGMA journal_mode').get() ?? {};
    assert.equal(mode, 'wal');
    await store.close?.();
  });

  it('forgets claims that are long over', async () => {
    const path = newPath();
    const store = sqliteStore(path);
    const hour = 3_600_000;
    for (let index = 0; index < 50; index += 1) {
      await store.claim(`claim ${index}`, 'holder', index * hour, index * hour + 1);
    }
    const claims = new DatabaseSync(path).prepare('SELECT count(*) AS count FROM claims').get();
    assert.ok(Number(claims?.count) <= 2, `${claims?.count} claims are kept`);
    await store.close?.();
  });
});

describe('several processes with one SQLite file', () => {
  it('open a new file at the same time, and one of them makes the order of a reference', async () => {
    for (let round = 0; round < 3; round += 1) {
      const path = newPath();
      const said = await Promise.all(
        Array.from({ length: 6 }, () => runProcess('sqlite', path, 'race', 'cart')),
      );
      assert.deepEqual(said.sort(), ['created\n', ...Array(5).fill('refused\n')]);
    }
  });

  it('lose no change of each other, and tell the last to whoever follows', async () => {
    const path = newPath();
    const store = sqliteStore(path);
    const order = newOrder('count', '1');
    await store.create(order);
    let latest = 0;
    const told = new Promise<void>((resolve) => {
      void store.subscribe(order.id, ({ updatedAt }) => {
        latest = updatedAt;
        if (latest === order.updatedAt + 600) resolve();
      });
    });
    const processes = Array.from({ length: 3 }, () =>
      runProcess('sqlite', path, 'countUp', order.id, '200'),
    );
    await Promise.all(processes);
    assert.equal((await store.get(order.id))?.updatedAt, order.updatedAt + 600);
    // The timer of the store does not keep a process.
    const timer = setInterval(() => {}, 1000);
    await told;
    clearInterval(timer);
    assert.equal(latest, order.updatedAt + 600);
    await store.close?.();
  });

  it('end when they have nothing to do but follow', async () => {
    const path = newPath();
    assert.equal(await runProcess('sqlite', path, 'follow', 'nobody'), 'following\n');
  });

  it('wait for one that holds the file, and say so when it takes too long', async () => {
    const path = newPath();
    const store = sqliteStore(path);
    const holder = new DatabaseSync(path);
    holder.exec('BEGIN IMMEDIATE');
    await assert.rejects(store.create(newOrder('held', '1')), /database is locked/);
    holder.exec('COMMIT');
    await store.create(newOrder('held', '2'));
    assert.equal(await store.get('held-1'), undefined);
    holder.close();
    await store.close?.();
  });
});
