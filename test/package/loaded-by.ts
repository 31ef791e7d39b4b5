/** What a module loads, and gives, in a Node of its own. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Loaded {
  exported: string[];
  /** The addresses of all modules that were loaded, Node's own too. */
  loaded: string[];
}

const run = promisify(execFile);

const script = (specifier: string) => `
  import { registerHooks } from 'node:module';
  const loaded = new Set();
  registerHooks({
    resolve(name, context, next) {
      const found = next(name, context);
      loaded.add(found.url);
      return found;
    },
  });
  const exported = Object.keys(await import(${JSON.stringify(specifier)}));
  process.stdout.write(JSON.stringify({ exported, loaded: [...loaded] }));
`;

/** @param folder the project that imports it */
export async function loadedBy(specifier: string, folder: string): Promise<Loaded> {
  const args = ['--input-type=module', '--eval', script(specifier)];
  const { stdout } = await run(process.execPath, args, { cwd: folder, timeout: 60_000 });
  return JSON.parse(stdout);
}
