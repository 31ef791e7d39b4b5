/** Writes to a SQLite file: those that come in one turn of the event loop share a transaction. */
import type { DatabaseSync } from 'node:sqlite';

export interface Writer {
  /**
   * Runs `work` in a transaction, and resolves once it is on the disk. What `work` throws undoes what it
   * did, and nothing else.
   */
  write<Result>(work: () => Result): Promise<Result>;
  /** The same, but what it did may be lost when the power fails. */
  writeLightly<Result>(work: () => Result): Promise<Result>;
  /** Writes what is still to be written. */
  flush(): void;
}

interface Job {
  readonly isLight: boolean;
  /** Does the work; the answer settles its promise. */
  run(): () => void;
  reject(cause: unknown): void;
}

/** Other processes, and this one's event loop, wait for no more than so many at once. */
const largestBatch = 500;

/**
 * Waiting for the disk costs most, and the same for one order as for many: under load, a transaction
 * for each would be what limits a shop.
 */
export function createWriter(db: DatabaseSync): Writer {
  const statement = {
    begin: db.prepare('BEGIN IMMEDIATE'),
    commit: db.prepare('COMMIT'),
    save: db.prepare('SAVEPOINT job'),
    release: db.prepare('RELEASE job'),
    undo: db.prepare('ROLLBACK TO job'),
  };
  let jobs: Job[] = [];
  let isLight: boolean | undefined;

  function add<Result>(work: () => Result, light: boolean): Promise<Result> {
    return new Promise((resolve, reject) => {
      const run = () => {
        const result = work();
        return () => resolve(result);
      };
      if (jobs.push({ isLight: light, run, reject }) === 1) setImmediate(writeSome);
    });
  }

  function writeSome(): void {
    const batch = jobs.slice(0, largestBatch);
    jobs = jobs.slice(largestBatch);
    if (jobs.length > 0) setImmediate(writeSome);
    if (batch.length > 0) for (const settle of settled(batch)) settle();
  }

  function settled(batch: Job[]): (() => void)[] {
    try {
      waitForDisk(!batch.every((job) => job.isLight));
      statement.begin.run();
      const outcomes = batch.map(attempt);
      statement.commit.run();
      return outcomes;
    } catch (cause) {
      rollBack();
      return batch.map((job) => () => job.reject(cause));
    }
  }

  function attempt(job: Job): () => void {
    statement.save.run();
    try {
      const settle = job.run();
      statement.release.run();
      return settle;
    } catch (cause) {
      statement.undo.run();
      statement.release.run();
      return () => job.reject(cause);
    }
  }

  /** In WAL mode NORMAL never corrupts a file, but the last commits may be gone after a power cut. */
  function waitForDisk(wanted: boolean): void {
    if (isLight === !wanted) return;
    db.exec(`PRAGMA synchronous = ${wanted ? 'FULL' : 'NORMAL'}`);
    isLight = !wanted;
  }

  function rollBack(): void {
    try {
      db.exec('ROLLBACK');
    } catch {
      // SQLite has ended the transaction itself, or it never began.
    }
  }

  return {
    write: (work) => add(work, false),
    writeLightly: (work) => add(work, true),
    flush() {
      while (jobs.length > 0) writeSome();
    },
  };
}
