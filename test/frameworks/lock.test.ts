import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));

interface Locked {
  resolved?: string;
  link?: boolean;
  dependencies?: Record<string, string>;
  hasInstallScript?: boolean;
}

const packages: Record<string, Locked> = read('examples/package-lock.json').packages;

describe('the lock of the examples', () => {
  it('leaves it to npm where packages come from', () => {
    const addresses = Object.values(packages).flatMap(({ resolved = '' }) =>
      resolved.includes('//') ? [resolved] : [],
    );
    assert.deepEqual(addresses, []);
    assert.equal(packages['node_modules/payby-checkout']?.resolved, 'file:..');
  });

  it('has what the package needs', () => {
    const { dependencies } = packages['node_modules/payby-checkout'] ?? {};
    assert.deepEqual(dependencies, read('package.json').dependencies);
  });

  it('has no install script that is not refused', () => {
    const scripted = Object.entries(packages).flatMap(([path, { hasInstallScript }]) =>
      hasInstallScript ? [path.replace(/^.*node_modules\//, '')] : [],
    );
    const { allowScripts } = read('examples/package.json');
    assert.ok(scripted.length > 0);
    for (const name of scripted) assert.ok(allowScripts[name] === false, name);
  });
});
