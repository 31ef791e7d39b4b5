/** A private Redis for a test: on a free port of this machine, gone with the test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findExecutable } from '../../support/browsers.ts';
import { freePort } from '../../support/free-port.ts';

export interface RedisServer {
  readonly url: string;
  /** Starts it again after {@link kill}, on the same port and with the same files. */
  start(): Promise<void>;
  /** Ends it with SIGKILL, as a crash does. */
  kill(): Promise<void>;
  /** Ends it and takes its files away. */
  stop(): Promise<void>;
}

/** @param durable whether what it has kept survives {@link RedisServer.kill} */
export async function startRedis({ durable = false } = {}): Promise<RedisServer> {
  const program = findExecutable('redis-server');
  if (!program) {
    throw new Error(
      'redis-server is not on the PATH; install it (Debian: apt-get install redis-server)',
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'payby-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;

  const settings = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: durable ? 'yes' : 'no',
    appendfsync: 'always',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);

  async function start(): Promise<void> {
    const started = spawn(program ?? '', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        said += chunk;
        if (said.includes('Ready to accept connections')) resolve();
      };
      started.stdout.on('data', read);
      started.stderr.on('data', read);
      started.on('error', reject);
      started.on('exit', () => reject(new Error(`redis-server did not start:\n${said}`)));
    });
  }

  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  await start();
  return {
    url,
    start,
    kill,
    async stop() {
      await kill();
      rmSync(folder, { recursive: true });
    },
  };
}
