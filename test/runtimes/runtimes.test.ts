/** The server kit on the runtimes, besides Node, that it is said to run on: driven through the whole contract. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { createSandbox } from '../../src/sandbox/index.ts';
import { verifyBackend } from '../../src/verify/index.ts';
import type { Project } from '../package/install.ts';
import { type RedisServer, startRedis } from '../server/stores/redis-server.ts';
import { freePort } from '../support/free-port.ts';
import { buildWorker, installRuntimes, makeProject, program } from './project.ts';

type Start = (folder: string, port: number) => Promise<[command: string, ...args: string[]]>;

const runtimes: Readonly<Record<string, Start>> = {
  Bun: async () => [program('bun'), 'run', 'fetch.ts'],
  Deno: async (_, port) => {
    const may = ['--allow-net', '--allow-env', '--allow-read', '--no-check'];
    return [program('deno'), 'serve', ...may, '--host=127.0.0.1', `--port=${port}`, 'fetch.ts'];
  },
  workerd: async (folder, port) => [program('workerd'), 'serve', await buildWorker(folder, port)],
};

/** Resolves once somebody answers there; gives up when `signal` says so. */
async function answers(url: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    try {
      await fetch(url, { signal });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

before(installRuntimes);

describe('the server kit', () => {
  let project: Project;
  before(() => {
    project = makeProject();
  });
  after(() => project?.[Symbol.dispose]());

  for (const [name, start] of Object.entries(runtimes)) {
    it(`keeps every point of the contract on ${name}`, async () => {
      const port = await freePort();
      const origin = `http://127.0.0.1:${port}`;
      const notify = `${origin}/api/payby/notify`;
      const [command, ...args] = await start(project.folder, port);
      const sandbox = createSandbox();
      const { url } = await sandbox.listen({ port: 0 });
      const child = spawn(command, args, {
        cwd: project.folder,
        detached: true, // a process group of its own: some programs only start others
        env: {
          PATH: process.env.PATH,
          HOME: project.folder,
          PORT: String(port),
          PAYBY_ENVIRONMENT: sandbox.baseUrl,
          PAYBY_PARTNER_ID: sandbox.partnerId,
          PAYBY_PRIVATE_KEY: sandbox.merchantPrivateKey,
          PAYBY_PUBLIC_KEY: sandbox.paybyPublicKey,
          PAYBY_NOTIFY_URL: notify,
        },
      });
      let said = '';
      const ended = new AbortController();
      for (const output of [child.stdout, child.stderr]) {
        output.on('data', (chunk) => {
          said += chunk;
        });
      }
      child.once('close', () => ended.abort(new Error(`${name} ended:\n${said}`)));
      try {
        await answers(origin, AbortSignal.any([ended.signal, AbortSignal.timeout(30_000)]));
        const endpoint = `${origin}/api/payby/orders`;
        const { findings, unreachable } = await verifyBackend({ endpoint, sandbox: url, notify });
        assert.equal(unreachable, undefined, said);
        const others = findings.filter(({ verdict }) => verdict !== 'pass');
        assert.deepEqual(
          others.map(({ point, verdict }) => [point, verdict]),
          [
            ['events-heartbeat', 'not-checked'],
            ['cors', 'not-checked'],
          ],
          `${JSON.stringify(others, undefined, 2)}\n${said}`,
        );
        assert.match(said, /^(stdout: )?paid: payby-verify$/m);
      } finally {
        if (child.pid && !ended.signal.aborted) process.kill(-child.pid, 'SIGKILL');
        await sandbox.close();
      }
    });
  }
});

describe('the stores', () => {
  let project: Project;
  let redis: RedisServer;
  before(async () => {
    project = makeProject(['redis', '@redis/client', 'cluster-key-slot']);
    redis = await startRedis();
  });
  after(async () => {
    project?.[Symbol.dispose]();
    await redis?.stop();
  });

  for (const [name, ...command] of [
    ['Bun', program('bun'), 'run'],
    ['Deno', program('deno'), 'run', '--allow-all', '--no-check'],
  ]) {
    it(`keep their promises on ${name}`, async () => {
      const [file = '', ...args] = command;
      const { stdout } = await promisify(execFile)(file, [...args, 'stores.js'], {
        cwd: project.folder,
        env: { PATH: process.env.PATH, HOME: project.folder, REDIS_URL: redis.url },
        timeout: 60_000,
      });
      const reports = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      assert.deepEqual(
        reports.map(({ store, failures }) => ({ store, failures })),
        ['memory', 'redis', 'sqlite'].map((store) => ({ store, failures: [] })),
      );
      for (const { cases } of reports) assert.ok(cases >= 48, `${cases} cases`);
    });
  }
});
