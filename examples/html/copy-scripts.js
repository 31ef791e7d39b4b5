/** Puts the files for a script tag where this page loads them from. */
import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const home = dirname(createRequire(import.meta.url).resolve('payby-checkout/package.json'));
cpSync(join(home, 'dist/cdn'), join(import.meta.dirname, 'payby'), { recursive: true });
