/** The package as it is published, packed by npm. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPackageFromTarballData, type Package } from '@arethetypeswrong/core';
import { root } from './install.ts';

export interface Tarball {
  data: Buffer<ArrayBuffer>;
  /** Its files, by their paths in the package. */
  files: ReadonlyMap<string, string>;
  package: Package;
}

export function packPackage(): Tarball {
  const folder = mkdtempSync(join(tmpdir(), 'payby-tarball-'));
  try {
    const args = ['pack', '--json', '--ignore-scripts', '--offline', '--pack-destination', folder];
    const said = execFileSync('npm', args, { cwd: root, encoding: 'utf8' });
    const [{ filename }]: [{ filename: string }] = JSON.parse(said);
    const data = Buffer.from(readFileSync(join(folder, filename)));
    const found = createPackageFromTarballData(data);
    const home = '/node_modules/payby-checkout/';
    const files = found
      .listFiles(home)
      .map((path): [string, string] => [path.slice(home.length), found.readFile(path)]);
    return { data, files: new Map(files), package: found };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
