/** Starting the merchant's server, seeing it killed, and starting it again on the same data. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from 'vite';
import type { CheckoutOptions } from '../../src/server/index.ts';
import type { Pace } from './scaled-clock.ts';

/** What a merchant's server needs to know; it is the same in all its lives. */
export interface ShopSettings {
  kind: 'sqlite' | 'redis';
  /** The SQLite file, or Redis's URL. */
  where: string;
  /** Whether what is asked of a Redis that is away waits for it, as the client does by itself. */
  queue?: boolean;
  port: number;
  /** The gateway's base URL. */
  gateway: string;
  partnerId: string;
  privateKey: string;
  paybyPublicKey: string;
  pace: Pace;
  /** The path of the shop's ledger. */
  ledger: string;
  /** How long a callback takes before it writes, ms of real time. */
  work: number;
  options: Pick<
    CheckoutOptions,
    'reconcileEvery' | 'callbackTimeout' | 'detectScan' | 'queryInterval' | 'orderLifetime'
  >;
}

/** How a process ends. */
export interface Life {
  /**
   * It ends itself as it comes to this step for the `occurrence`th time (from 1), or to any other after
   * so many steps.
   */
  die?: { step: string; occurrence: number; atMost: number };
}

/** What a process is told as it starts to serve. */
export interface Beginning {
  settings: ShopSettings;
  life: Life;
}

export interface ShopServer {
  readonly url: string;
  /** Serves until it dies at its step, or is killed after `limit` ms. @returns the step, or undefined */
  liveAndDie(life: Life, limit: number): Promise<string | undefined>;
  /** Serves until {@link stop}. */
  live(): Promise<void>;
  stop(): Promise<void>;
}

/** The shop's program in one file: it starts in a third of the time that its modules take. */
export interface ShopProgram {
  program: string;
  folder: string;
}

/** @param folder where the program is put; it belongs to the caller */
export async function buildShop(folder: string): Promise<ShopProgram> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: join(import.meta.dirname, 'shop-process.ts'), outDir: folder, target: 'esnext' },
  });
  return { program: join(folder, 'shop-process.js'), folder };
}

interface Process {
  child: ChildProcess;
  /** What it has said so far. */
  said(): string;
  /** Resolves once it serves; rejects when it ended before. */
  ready: Promise<void>;
  ended: Promise<unknown>;
}

function prepare({ program, folder }: ShopProgram, settings: ShopSettings): Process {
  const child = spawn(process.execPath, [program, settings.kind], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'cache') },
  });
  let said = '';
  const ended = once(child, 'close');
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      said += chunk;
      if (said.includes('ready')) resolve();
    });
    child.on('close', () => {
      if (said.includes('died')) resolve();
      else reject(new Error('the shop ended before it served'));
    });
  });
  ready.catch(() => {});
  return { child, said: () => said, ready, ended };
}

/** The next process is prepared while one serves, as a supervisor in a hurry would. */
export function createShopServer(built: ShopProgram, settings: ShopSettings): ShopServer {
  let next: Process | undefined;
  let present: Process | undefined;

  async function begin(life: Life): Promise<Process> {
    const process = next ?? prepare(built, settings);
    next = undefined;
    present = process;
    const beginning: Beginning = { settings, life };
    process.child.send(beginning);
    await process.ready;
    return process;
  }

  async function end(process: Process | undefined): Promise<void> {
    process?.child.kill('SIGKILL');
    await process?.ended;
  }

  return {
    url: `http://127.0.0.1:${settings.port}`,
    async liveAndDie(life, limit) {
      const process = await begin(life);
      next = prepare(built, settings);
      const timer = setTimeout(() => process.child.kill('SIGKILL'), limit);
      await process.ended;
      clearTimeout(timer);
      return /died (.+)/.exec(process.said())?.[1];
    },
    async live() {
      await begin({});
    },
    async stop() {
      await Promise.all([end(present), end(next)]);
    },
  };
}
