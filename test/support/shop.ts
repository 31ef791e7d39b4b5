import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const server = join(import.meta.dirname, '../../demo/server.ts');

import { freePort } from './free-port.ts';

/** The demo as `npm start` runs it, in a process of its own. */
export interface RunningShop {
  /** The shop page. */
  url: string;
  /** The sandbox gateway. */
  sandbox: string;
  stop(): Promise<void>;
}

export async function startShop(env: Record<string, string> = {}): Promise<RunningShop> {
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const child = spawnShop({ PORT: String(port), SANDBOX_PORT: String(sandboxPort), ...env });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  await Promise.race([
    said(child, 'Press Ctrl+C'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`The shop ended with code ${code}: ${errors}`);
    }),
  ]);
  return {
    url: `http://localhost:${port}`,
    sandbox: `http://localhost:${sandboxPort}`,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** Runs the demo where it is expected to refuse; answers its exit code and what it said. */
export async function failShop(
  env: Record<string, string>,
): Promise<{ code: number; said: string }> {
  const child = spawnShop(env);
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const [code] = await once(child, 'close');
  return { code, said: text.trim() };
}

function spawnShop(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [server], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function said(child: ChildProcess, words: string): Promise<void> {
  let text = '';
  return new Promise((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes(words)) resolve();
    });
  });
}
