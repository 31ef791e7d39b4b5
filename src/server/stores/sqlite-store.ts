/** Orders in a SQLite file, for the processes of one machine. Needs Node 22.13 or newer. */
import type { DatabaseSync } from 'node:sqlite';
import { awaitsPaid, isOpen, isUnsettled } from '../orders/order-status.ts';
import { type Wish, wishOf } from '../orders/wish.ts';
import { idTaken, noSuchOrder, type OrderRecord, type OrderStore } from './order-store.ts';
import { createFeed } from './sqlite-feed.ts';
import { openFile } from './sqlite-file.ts';
import { createWriter } from './sqlite-writer.ts';
import { storable } from './storable-text.ts';

/** A claim is forgotten once it has been over for so long, ms: no caller's clock is that far behind. */
const claimMemory = 3_600_000;

/**
 * A store in the file `path`, which is made when it is not there, or in memory with `:memory:`. Any
 * number of processes of one machine may use the file; the disk must be the machine's own.
 *
 * What a promise has resolved to is on the disk (`synchronous = FULL`): it survives a killed process and
 * a power cut alike, for PayBy is told SUCCESS on the strength of it and does not say it again. Claims
 * alone are written without that wait. Node's SQLite works while the event loop waits; writes that come
 * together share one wait for the disk.
 *
 * @throws Error naming the path and the way out, when the file cannot be used
 */
export function sqliteStore(path: string): OrderStore {
  const db = openFile(path);
  const sql = statements(db);
  const writer = createWriter(db);
  const feed = createFeed(db);
  let isClosed = false;

  function read(id: string): { json: string; record: OrderRecord } {
    const row = sql.orderOf.get(storable(id));
    if (row === undefined) throw noSuchOrder(id);
    return { json: String(row.record), record: JSON.parse(String(row.record)) };
  }

  function rivalOf({ idempotencyKey, reference }: OrderRecord): Row {
    const bound = sql.orderOfKey.get(storable(idempotencyKey));
    if (bound || reference === undefined) return bound;
    return sql.awaitingPaidOf.get(storable(reference)) ?? sql.openOf.get(storable(reference));
  }

  return {
    create: (record) =>
      writer.write(() => {
        const { id, idempotencyKey, reference, requestedReference, details } = record;
        const rival = rivalOf(record);
        if (rival) return { record: parsed(rival), created: false };
        if (sql.orderOf.get(storable(id))) throw idTaken(id);
        const paidBefore =
          reference === undefined ? undefined : sql.paidOf.get(storable(reference));
        const json = JSON.stringify(record);
        const wish = JSON.stringify(wishOf({ reference: requestedReference, details }));
        const revision = nextRevision();
        const stored = reference === undefined ? null : storable(reference);
        sql.insert.run(storable(id), stored, revision, ...flagsOf(record), json);
        sql.bind.run(storable(idempotencyKey), storable(id), wish);
        return {
          record: JSON.parse(json),
          created: true,
          ...(paidBefore && { paidBefore: parsed(paidBefore) }),
        };
      }),

    async get(id) {
      const row = sql.orderOf.get(storable(id));
      return row && parsed(row);
    },

    async findByIdempotencyKey(key) {
      const row = sql.orderOfKey.get(storable(key));
      return row && { record: parsed(row), wish: JSON.parse(String(row.wish)) };
    },

    bindKey: (key, id, wish: Wish) =>
      writer.write(() => {
        const bound = sql.orderOfKey.get(storable(key));
        if (bound) return parsed(bound).id;
        sql.bind.run(storable(key), storable(id), JSON.stringify(wishOf(wish)));
        return id;
      }),

    async findOpen(reference) {
      const row = sql.openOf.get(storable(reference));
      return row && parsed(row);
    },

    async update(id, change) {
      const { before, record, told } = await writer.write(() => {
        const present = read(id);
        const changed = change(present.record);
        if (changed === present.record) return { before: changed, record: changed };
        const json = JSON.stringify(changed);
        const revision = nextRevision();
        sql.replace.run(revision, ...flagsOf(changed), json, storable(id));
        return { before: present.record, record: JSON.parse(json), told: { revision, json } };
      });
      if (told) feed.tell(id, told.revision, told.json);
      return { before, record };
    },

    claim: (name, holder, now, until) =>
      writer.writeLightly(() => {
        sql.forgetClaims.run(now - claimMemory);
        return Number(sql.claim.run(storable(name), holder, until, now).changes) === 1;
      }),

    release: (name, holder) =>
      writer.writeLightly(() => {
        sql.release.run(storable(name), holder);
      }),

    async unsettled(limit, after = '') {
      return sql.unsettled.all(storable(after), limit).map(parsed);
    },

    async subscribe(id, listener) {
      return feed.subscribe(id, listener);
    },

    async close() {
      if (isClosed) return;
      isClosed = true;
      writer.flush();
      feed.close();
      db.close();
    },
  };

  function nextRevision(): number {
    return Number(sql.newest.get()?.revision) + 1;
  }
}

function statements(db: DatabaseSync) {
  const oldest = (flag: string) =>
    db.prepare(
      `SELECT record FROM orders WHERE reference = ? AND ${flag} = 1 ORDER BY seq LIMIT 1`,
    );
  return {
    orderOf: db.prepare('SELECT record FROM orders WHERE id = ?'),
    orderOfKey: db.prepare('SELECT record, wish FROM keys JOIN orders USING (id) WHERE key = ?'),
    awaitingPaidOf: oldest('awaits_paid'),
    openOf: oldest('is_open'),
    paidOf: db.prepare(
      'SELECT record FROM orders WHERE reference = ? AND is_paid = 1 ORDER BY seq DESC LIMIT 1',
    ),
    newest: db.prepare('SELECT coalesce(max(revision), 0) AS revision FROM orders'),
    insert: db.prepare(
      `INSERT INTO orders
         (id, reference, revision, is_open, awaits_paid, is_paid, is_unsettled, record)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    replace: db.prepare(
      `UPDATE orders
       SET revision = ?, is_open = ?, awaits_paid = ?, is_paid = ?, is_unsettled = ?, record = ?
       WHERE id = ?`,
    ),
    bind: db.prepare('INSERT OR REPLACE INTO keys (key, id, wish) VALUES (?, ?, ?)'),
    unsettled: db.prepare(
      'SELECT record FROM orders WHERE is_unsettled = 1 AND id > ? ORDER BY id LIMIT ?',
    ),
    claim: db.prepare(
      `INSERT INTO claims (name, holder, until) VALUES (?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
       WHERE holder = excluded.holder OR until <= ?`,
    ),
    release: db.prepare('DELETE FROM claims WHERE name = ? AND holder = ?'),
    forgetClaims: db.prepare('DELETE FROM claims WHERE until < ?'),
  };
}

type Row = Record<string, unknown> | undefined;

const parsed = (row: Record<string, unknown>): OrderRecord => JSON.parse(String(row.record));

/** `is_open`, `awaits_paid`, `is_paid`, `is_unsettled`. */
const flagsOf = (record: OrderRecord): [number, number, number, number] => [
  Number(isOpen(record)),
  Number(awaitsPaid(record)),
  Number(record.status === 'paid'),
  Number(isUnsettled(record)),
];
