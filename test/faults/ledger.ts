/** A shop's own books: a line for every call of its callbacks, on the disk before the callback returns. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

export interface Entry {
  what: 'paid' | 'failed' | 'refunded';
  /** The order. */
  id: string;
  reference: string;
  /** The refund's number, where the kit named one. */
  refund?: string;
}

export interface Ledger {
  write(entry: Entry): void;
  read(): Entry[];
}

/** A file that is only ever added to; a process that is killed leaves whole lines, for each is one write. */
export function fileLedger(path: string): Ledger {
  return {
    write(entry) {
      const file = openSync(path, 'a');
      writeSync(file, `${JSON.stringify(entry)}\n`);
      fsyncSync(file);
      closeSync(file);
    },
    read() {
      if (!existsSync(path)) return [];
      const lines = readFileSync(path, 'utf8').split('\n');
      return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
    },
  };
}

/** The same for a shop in the test's own process. */
export function memoryLedger(): Ledger {
  const entries: Entry[] = [];
  return {
    write(entry) {
      entries.push(entry);
    },
    read: () => [...entries],
  };
}
