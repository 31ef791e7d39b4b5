/** The package as its users have it: what is published, beside what it says it needs, and nothing else. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';

export const root = join(import.meta.dirname, '../..');

interface Manifest {
  version: string;
  files: string[];
  bin: Record<string, string>;
  exports: Record<string, string | { types: string; default: string }>;
  dependencies: Record<string, string>;
  unpkg: string;
  jsdelivr: string;
  customElements: string;
  'web-types': string;
}

export const manifest: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Every module that can be imported, as a user writes it. */
export const specifiers: string[] = Object.keys(manifest.exports)
  .filter((subpath) => !subpath.endsWith('.json'))
  .map((subpath) => posix.join('payby-checkout', subpath));

if (!existsSync(join(root, 'dist/cli/main.js'))) {
  throw new Error('dist is not there: run "npm run build" before the tests of the package.');
}

export interface Project extends Disposable {
  folder: string;
}

/** @param besides packages that the project has of its own */
export function installPackage(besides: readonly string[] = []): Project {
  const folder = mkdtempSync(join(tmpdir(), 'payby-package-'));
  const modules = join(folder, 'node_modules');
  const home = join(modules, 'payby-checkout');
  cpSync(join(root, 'package.json'), join(home, 'package.json'));
  const filter = (file: string) => !file.endsWith('.map');
  cpSync(join(root, 'dist'), join(home, 'dist'), { recursive: true, filter });
  for (const name of [...Object.keys(manifest.dependencies), ...besides]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
  }
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
