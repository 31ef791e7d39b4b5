/** Processes that are asked by name, over the channel Node gives a forked one. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What a process can be asked. */
export type Commands = Readonly<Record<string, (given: never) => unknown>>;

export interface Child<Asked extends Commands> extends AsyncDisposable {
  ask<Name extends keyof Asked & string>(
    name: Name,
    ...given: Parameters<Asked[Name]>
  ): Promise<Awaited<ReturnType<Asked[Name]>>>;
}

interface Reply {
  id: number;
  value?: unknown;
  error?: string;
}

/** Answers what this process is asked, with one of `commands`. */
export function answerWith(commands: Commands): void {
  process.on('message', async ({ id, name, given }: { id: number; name: string; given: never }) => {
    const reply: Reply = { id };
    try {
      reply.value = await commands[name]?.(given);
    } catch (cause) {
      reply.error = cause instanceof Error ? cause.message : String(cause);
    }
    process.send?.(reply);
  });
  process.on('disconnect', () => process.exit());
}

/** @param file in this folder */
export function startChild<Asked extends Commands>(
  file: string,
  execArgv: string[] = [],
): Child<Asked> {
  const child: ChildProcess = fork(join(import.meta.dirname, file), { execArgv });
  const waiting = new Map<number, (reply: Reply) => void>();
  let asked = 0;
  child.on('message', (reply: Reply) => {
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  child.on('exit', () => {
    for (const [id, tell] of waiting) tell({ id, error: 'it ended' });
  });
  return {
    ask(name, given) {
      asked += 1;
      const id = asked;
      return new Promise((resolve, reject) => {
        waiting.set(id, ({ value, error }) => {
          if (error === undefined) resolve(value as Awaited<ReturnType<Asked[typeof name]>>);
          else reject(new Error(`${file}, asked to ${name}: ${error}`));
        });
        child.send({ id, name, given });
      });
    },
    async [Symbol.asyncDispose]() {
      if (!child.connected) return;
      const exit = once(child, 'exit');
      child.disconnect();
      await exit;
    },
  };
}
