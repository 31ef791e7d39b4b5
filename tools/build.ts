/** Builds the package into dist/ and, when it is there, the demo page into build/demo/. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { writeDescriptions } from './describe/write.ts';
import { listed, writeIntegrity } from './integrity.ts';

process.chdir(join(import.meta.dirname, '..'));

/** The package's modules and their types, one file for each source file. */
function emitModules(): Promise<void> {
  return new Promise((resolve, reject) => {
    const compiler = spawn('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
    compiler.once('error', reject);
    compiler.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`tsc ended with code ${code}.`)),
    );
  });
}

/** One of the builds that vite.config.ts describes. */
async function bundle(mode: 'cdn' | 'classic' | 'demo'): Promise<void> {
  process.env.NODE_ENV = 'production'; // Lit without its development checks
  await build({ mode, logLevel: 'warn' });
}

const startedAt = performance.now();
rmSync('dist', { recursive: true, force: true });
await Promise.all([emitModules(), bundle('cdn')]);
await bundle('classic'); // into the same folder, which the build before it has emptied
writeIntegrity('dist/cdn');
writeDescriptions('dist');
chmodSync('dist/cli/main.js', 0o755); // npm sees to that for its users; this is for everybody else
const withDemo = existsSync('index.html');
if (withDemo) await bundle('demo'); // it imports the package, so it comes after dist/
process.stdout.write(listed('dist/cdn'));
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
process.stdout.write(`Built dist${withDemo ? ' and build/demo' : ''} in ${seconds} s.\n`);
