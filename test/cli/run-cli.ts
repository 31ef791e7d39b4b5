/** The command line in a process of its own, as npx runs it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

const main = join(import.meta.dirname, '../../src/cli/main.ts');

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export interface RunningCli {
  child: ChildProcess;
  /** What it has printed so far. */
  out(): string;
  err(): string;
  /** Waits until standard output has what fits, and answers that; rejects when the process ends first. */
  said(words: RegExp): Promise<string>;
  /** Ends it by a signal. */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
  ended: Promise<Ended>;
}

export function startCli(args: string[]): RunningCli {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text.out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text.err += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, ...text }));
  return {
    child,
    ended,
    out: () => text.out,
    err: () => text.err,
    said: (words) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = text.out.match(words);
          if (found) resolve(found[1] ?? found[0]);
        };
        child.stdout.on('data', look);
        look();
        void ended.then(({ code, err }) => reject(new Error(`It ended with ${code}: ${err}`)));
      }),
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

/** Runs it to its end. */
export const runCli = (...args: string[]): Promise<Ended> => startCli(args).ended;

/** A sandbox that listens on a free port, ended with its test. */
export async function startSandbox(t: TestContext, ...args: string[]) {
  const cli = startCli(['sandbox', '--port', '0', ...args]);
  t.after(() => cli.stop('SIGKILL'));
  const url = await cli.said(/Sandbox gateway\s+(\S+)[\s\S]*Ctrl\+C/);
  return { ...cli, url };
}
