/** `npx payby-checkout sandbox`: the sandbox gateway for a backend in any language. */
import { createSandbox, type Sandbox } from '../sandbox/index.ts';
import { entryOf } from '../troubleshooting.ts';
import type { Command } from './command.ts';
import { KeyFolderError, openKeyFolder } from './key-folder.ts';
import {
  inFlags,
  readSandboxArguments,
  type SandboxArguments,
  sandboxHelp,
} from './sandbox-arguments.ts';
import { greeting } from './sandbox-greeting.ts';
import { logTo } from './sandbox-log.ts';

const print = (text: string) => process.stdout.write(`${text}\n`);
const complain = (text: string) => process.stderr.write(`${text}\n`);

export const sandboxCommand: Command = {
  summary: 'run the sandbox gateway on this machine',
  async run(args) {
    let asked: SandboxArguments;
    let sandbox: Sandbox;
    try {
      asked = readSandboxArguments(args);
      if (asked.help) {
        print(sandboxHelp);
        return 0;
      }
      const keys = asked.keys === undefined ? undefined : await openKeyFolder(asked.keys);
      sandbox = createSandbox({
        ...asked.options,
        merchantPrivateKey: keys?.merchantPrivate,
        paybyPrivateKey: keys?.paybyPrivate,
        requestLog: logTo(asked.log, print),
      });
    } catch (cause) {
      if (cause instanceof KeyFolderError) {
        complain(`${cause.message}\nSee ${entryOf('key-folder')}.`);
        return 1;
      }
      if (!(cause instanceof TypeError)) throw cause;
      complain(
        `${inFlags(cause.message)}\nSee npx payby-checkout sandbox --help, and ${entryOf('command-line')}.`,
      );
      return 2;
    }
    return serveUntilStopped(sandbox, asked);
  },
};

/** Serves until the process is told to stop; answers its exit code. */
async function serveUntilStopped(sandbox: Sandbox, asked: SandboxArguments): Promise<number> {
  const { host, port, keys, log } = asked;
  const stopped = new Promise<void>((stop) => {
    process.once('SIGINT', () => stop());
    process.once('SIGTERM', () => stop());
  });
  let url: string;
  try {
    ({ url } = await sandbox.listen({ port, host }));
  } catch (cause) {
    complain(`${whyNot(cause, asked)}\nSee ${entryOf('port')}.`);
    return 1;
  }
  const { partnerId, baseUrl } = sandbox;
  const control = `${url}/control`;
  const tellPeople = log === 'json' ? complain : print;
  tellPeople(greeting({ sandbox, url, control, keys, log }));
  if (log === 'json') print(JSON.stringify({ kind: 'listening', partnerId, baseUrl, control }));
  await stopped;
  await sandbox.close();
  return 0;
}

function whyNot(cause: unknown, { port, host }: SandboxArguments): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken; choose another one with --port, or 0 for any free one.`;
  }
  if (code === 'EACCES') return `Port ${port} is not allowed; choose one above 1023 with --port.`;
  return `The sandbox cannot listen on ${host}, port ${port} (${code}); choose with --host and --port.`;
}
