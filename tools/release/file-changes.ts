import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Changes of files below `root` that are all taken back, or none. */
export class FileChanges {
  readonly #root: string;
  readonly #before = new Map<string, Buffer | undefined>();

  constructor(root: string) {
    this.#root = root;
  }

  read(name: string): string {
    return readFileSync(join(this.#root, name), 'utf8');
  }

  write(name: string, text: string): void {
    this.willChange(name);
    writeFileSync(join(this.#root, name), text);
  }

  /** For a file that something else is about to write. */
  willChange(name: string): void {
    if (this.#before.has(name)) return;
    const path = join(this.#root, name);
    this.#before.set(name, existsSync(path) ? readFileSync(path) : undefined);
  }

  undo(): void {
    for (const [name, content] of this.#before) {
      const path = join(this.#root, name);
      if (content === undefined) rmSync(path, { force: true });
      else writeFileSync(path, content);
    }
    this.#before.clear();
  }
}
