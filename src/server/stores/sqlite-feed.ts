/** The change feed of a SQLite store: this process's changes at once, those of others by asking. */
import type { DatabaseSync } from 'node:sqlite';
import type { OrderRecord } from './order-store.ts';
import { storable } from './storable-text.ts';

type Listener = (record: OrderRecord) => void;

export interface SqliteFeed {
  subscribe(id: string, listener: Listener): () => void;
  /** Tells a change that this process has made. */
  tell(id: string, revision: number, json: string): void;
  close(): void;
}

interface Followed {
  readonly listeners: Set<Listener>;
  /** The revision the listeners know. */
  revision: number;
}

/**
 * How often a file is asked whether another process has changed it, ms. The question
 * (`PRAGMA data_version`) reads a few bytes of memory the processes share.
 */
const interval = 50;

export function createFeed(db: DatabaseSync): SqliteFeed {
  const dataVersion = db.prepare('PRAGMA data_version');
  const newest = db.prepare('SELECT max(revision) AS revision FROM orders');
  const changes = db.prepare(
    'SELECT id, revision FROM orders WHERE revision > ? ORDER BY revision',
  );
  const present = db.prepare('SELECT revision, record FROM orders WHERE id = ?');
  /** By the id as the table has it. */
  const followed = new Map<string, Followed>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let seenVersion: unknown;
  let seenRevision = 0;
  let ownRevision = 0;

  const readVersion = () => dataVersion.get()?.data_version;

  function look(): void {
    const version = readVersion();
    if (version === seenVersion) {
      // No other process has written anything yet: all revisions up to its last are this one's own.
      seenRevision = Math.max(seenRevision, ownRevision);
      return;
    }
    for (const { id, revision } of changes.all(seenRevision)) {
      const row = followed.has(String(id)) ? present.get(String(id)) : undefined;
      if (row) tell(String(id), Number(row.revision), String(row.record));
      seenRevision = Number(revision);
    }
    seenVersion = version;
  }

  /** Unless its listeners know it, or a later one. */
  function tell(id: string, revision: number, json: string): void {
    const entry = followed.get(id);
    if (entry === undefined || revision <= entry.revision) return;
    entry.revision = revision;
    for (const listener of [...entry.listeners]) listener(JSON.parse(json));
  }

  function start(): void {
    seenVersion = readVersion();
    seenRevision = Number(newest.get()?.revision);
    timer = setInterval(tryToLook, interval);
    timer.unref();
  }

  /** A file that cannot be read just now is asked again; whoever uses it next is told of the error. */
  function tryToLook(): void {
    try {
      look();
    } catch {}
  }

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
  }

  return {
    subscribe(id, listener) {
      const key = storable(id);
      if (timer === undefined) start();
      const entry = followed.get(key) ?? {
        listeners: new Set(),
        revision: Number(present.get(key)?.revision ?? 0),
      };
      followed.set(key, entry);
      const own: Listener = (record) => listener(record);
      entry.listeners.add(own);
      return () => {
        entry.listeners.delete(own);
        if (entry.listeners.size > 0 || followed.get(key) !== entry) return;
        followed.delete(key);
        if (followed.size === 0) stop();
      };
    },
    tell(id, revision, json) {
      ownRevision = revision;
      tell(storable(id), revision, json);
    },
    close() {
      stop();
      followed.clear();
    },
  };
}
