import { clockTime, describeEvent, type SandboxOptions } from '../sandbox/index.ts';
import type { SandboxArguments } from './sandbox-arguments.ts';

/** What happens, in one line each: for people, or as JSON. Looks at the control page are left out. */
export function logTo(
  form: SandboxArguments['log'],
  print: (line: string) => void,
): SandboxOptions['requestLog'] {
  if (form === 'none') return undefined;
  return (entry) => {
    if (entry.kind === 'request' && entry.method === 'GET' && isControl(entry.path)) return;
    const at = Date.now();
    if (form === 'text') print(`${clockTime(at)}  ${describeEvent(entry)}`);
    else print(JSON.stringify({ at, ...entry, ...('cause' in entry && told(entry.cause)) }));
  };
}

const isControl = (path: string) => /^\/control(\/|$)/.test(path);

const told = (cause: unknown) => ({ cause: cause instanceof Error ? cause.stack : String(cause) });
