/** The file of a SQLite store: opening it, and its tables. */

import { DatabaseSync } from 'node:sqlite';
import { entryOf } from '../../troubleshooting.ts';

/** Written into the file's header, so that no other program's database is taken for a store. */
const applicationId = 0x50617942;
const schemaVersion = 1;

/**
 * `seq` is the order in which orders came; `revision` grows with every change of any order, so that what
 * has changed since can be found without a log. `record` comes last: it may be long.
 */
const schema = `
  CREATE TABLE orders (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    reference TEXT,
    revision INTEGER NOT NULL,
    is_open INTEGER NOT NULL,
    awaits_paid INTEGER NOT NULL,
    is_paid INTEGER NOT NULL,
    is_unsettled INTEGER NOT NULL,
    record TEXT NOT NULL
  ) STRICT;
  CREATE INDEX orders_by_revision ON orders (revision, id);
  CREATE INDEX open_orders ON orders (reference, seq) WHERE is_open = 1;
  CREATE INDEX orders_awaiting_paid ON orders (reference, seq) WHERE awaits_paid = 1;
  CREATE INDEX paid_orders ON orders (reference, seq) WHERE is_paid = 1;
  CREATE INDEX unsettled_orders ON orders (id) WHERE is_unsettled = 1;
  CREATE TABLE keys (
    key TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    wish TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE claims (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until REAL NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX claims_by_end ON claims (until);
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};
`;

/** How long one process waits for another's write, ms. Its event loop waits, too. */
const patience = 2000;

/** @throws Error naming the path and the way out */
export function openFile(path: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path);
    db.exec(`PRAGMA busy_timeout = ${patience}`);
    useWriteAheadLog(db, path);
    prepareTables(db);
    return db;
  } catch (cause) {
    db?.close();
    const message = cause instanceof Error ? cause.message : String(cause);
    const said = `sqliteStore: cannot use "${path}": ${message}. ${wayOut(cause)}`;
    throw new Error(`${said} See ${entryOf('sqlitestore')}.`, { cause });
  }
}

class UnfitFile extends Error {
  readonly wayOut: string;

  constructor(message: string, wayOut: string) {
    super(message);
    this.wayOut = wayOut;
  }
}

const wayOut = (cause: unknown): string =>
  cause instanceof UnfitFile
    ? cause.wayOut
    : 'Name a file of its own in a folder that exists and that this process may write to.';

function useWriteAheadLog(db: DatabaseSync, path: string): void {
  const mode = String(whenFree(() => db.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode));
  if (mode === 'wal' || (mode === 'memory' && path === ':memory:')) return;
  const way = 'Put the file on a disk of this machine: network folders lack the locks it needs.';
  throw new UnfitFile(`its journal stays in mode "${mode}"`, way);
}

/** SQLite does not wait its turn for a change of the journal's mode: several may open at once. */
function whenFree<Result>(work: () => Result): Result {
  for (let left = patience; ; left -= 5) {
    try {
      return work();
    } catch (cause) {
      if (left <= 0 || !/locked|busy/.test(String(cause))) throw cause;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function prepareTables(db: DatabaseSync): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    const found = readNumber(db, 'user_version');
    const isOurs = readNumber(db, 'application_id') === applicationId;
    if (!isOurs && db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined) {
      throw new UnfitFile('it holds other tables', 'Name a file of its own for the orders.');
    }
    if (isOurs && found > schemaVersion) {
      const message = `a newer payby-checkout wrote it (tables ${found}, known are ${schemaVersion})`;
      throw new UnfitFile(message, 'Update payby-checkout here as well.');
    }
    if (!isOurs) db.exec(schema);
    db.exec('COMMIT');
  } catch (cause) {
    db.exec('ROLLBACK');
    throw cause;
  }
}

const readNumber = (db: DatabaseSync, pragma: string): number =>
  Number(db.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);
