import { type ChildProcess, spawn } from 'node:child_process';
import { delimiter, resolve } from 'node:path';

/** How a command ended: its exit code, or what stopped it, and what it printed when captured. */
export interface Ended {
  ok: boolean;
  output: string;
}

export interface RunOptions {
  env?: Record<string, string>;
  /** Keep what the command prints instead of passing it on. */
  capture?: boolean;
  /** Milliseconds after which the command is stopped; ten minutes when absent. */
  timeout?: number;
}

const onWindows = process.platform === 'win32';
const running = new Set<ChildProcess>();
let isInterrupted = false;

/** Runs a command of the project's own tools, without input, and leaves none of its children. */
export function runCommand(
  command: string,
  args: string[],
  options: RunOptions = {},
): Promise<Ended> {
  const { env = {}, capture = false, timeout = 600_000 } = options;
  return new Promise((settle) => {
    if (isInterrupted) return; // nothing starts any more, so nobody is to go on
    const child = spawn(command, args, {
      env: { ...process.env, PATH: toolsFirst(), ...env },
      stdio: ['ignore', capture ? 'pipe' : 'inherit', capture ? 'pipe' : 'inherit'],
      detached: !onWindows, // a process group of its own, so that all of it can be ended
      shell: onWindows,
    });
    running.add(child);
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));

    const end = (ok: boolean, note = '') => {
      clearTimeout(timer);
      running.delete(child);
      endGroup(child, 'SIGKILL');
      if (note && !capture) process.stdout.write(`${note}\n`);
      settle({ ok, output: output + note });
    };
    const timer = setTimeout(() => {
      process.stdout.write(`${command} is stopped after ${timeout / 1000} s.\n`);
      endGroup(child, 'SIGTERM');
      setTimeout(() => end(false), 6000).unref();
    }, timeout);
    child.once('error', (error) => end(false, `${command} did not start: ${error.message}`));
    child.once(capture ? 'close' : 'exit', (code, signal) =>
      end(code === 0, signal ? `${command} was ended by ${signal}.` : ''),
    );
  });
}

/** Ends whatever still runs, for a run that is interrupted itself; no command starts after it. */
export async function endRunningCommands(): Promise<void> {
  isInterrupted = true;
  for (const child of running) endGroup(child, 'SIGTERM');
  const deadline = performance.now() + 6000;
  while (running.size > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const child of running) endGroup(child, 'SIGKILL');
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (onWindows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // the group has ended already
  }
}

/** PATH with the project's own tools, and its own Node, before the machine's. */
function toolsFirst(): string {
  return `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`;
}
