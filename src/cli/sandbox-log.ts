import { clockTime, describeEvent, type SandboxOptions } from '../sandbox/index.ts';
import type { SandboxArguments } from './sandbox-arguments.ts';

type SandboxEntry = Parameters<NonNullable<SandboxOptions['requestLog']>>[0];

/** What happens, in one line each: for people, or as JSON. Looks at the control page are left out. */
export function logTo(
  form: SandboxArguments['log'],
  print: (line: string) => void,
): SandboxOptions['requestLog'] {
  if (form === 'none') return undefined;
  return (entry) => {
    if (entry.kind === 'request' && entry.method === 'GET' && isControl(entry.path)) return;
    const at = Date.now();
    if (form === 'text') print(`${clockTime(at)}  ${describeEvent(entry)}${failureOf(entry)}`);
    else print(JSON.stringify({ at, ...entry, ...('cause' in entry && told(entry.cause)) }));
  };
}

/** What the sandbox itself stumbled over: a fault of its own, not of the merchant's. */
const failureOf = (entry: SandboxEntry) =>
  'cause' in entry ? ` (the sandbox itself failed: ${String(entry.cause)})` : '';

const isControl = (path: string) => /^\/control(\/|$)/.test(path);

const told = (cause: unknown) => ({ cause: cause instanceof Error ? cause.stack : String(cause) });
