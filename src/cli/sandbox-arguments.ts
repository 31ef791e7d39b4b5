import type { SandboxOptions } from '../sandbox/index.ts';
import { readArguments } from './read-arguments.ts';

export const sandboxHelp = `Usage: npx payby-checkout sandbox [options]

Serves PayBy’s acquiring protocol on this machine, for one merchant, in memory. No money moves.

  --port <number>        port to listen on; 0 takes any free one (default 4010)
  --host <address>       address to listen on; 0.0.0.0 lets phones in the same network in
                         (default 127.0.0.1)
  --partner-id <id>      the merchant’s id, at most 12 characters (default 200000000001)
  --keys <folder>        keep the keys there: made at first, read again the next time.
                         Without it they are new at each start, and printed
  --public-url <url>     where payers reach it: codes lead there
  --time-scale <number>  makes the gateway’s waits, such as those between retries, so many
                         times shorter (default 1)
  --allow-ip <address>   serve only this address or subnet; may be given several times
  --refunds-pend         keep refunds pending until the control ends them
  --log <text|json>      how calls and notifications are logged (default text); with json the
                         log alone is on standard output
  --quiet                log nothing
  --help                 show this

Its control page and API are at /control: orders, faults, time and PayBy’s acceptance cases.`;

export interface SandboxArguments {
  help: boolean;
  port: number;
  host: string;
  /** The folder that keeps the keys. */
  keys?: string;
  log: 'text' | 'json' | 'none';
  options: SandboxOptions;
}

/** Which option of the sandbox each of its names is on the command line. */
const flags: Readonly<Record<string, string>> = {
  partnerId: '--partner-id',
  publicUrl: '--public-url',
  timeScale: '--time-scale',
  allowedIps: '--allow-ip',
};

/** The sandbox's word on an option, with the name it has on the command line. */
export const inFlags = (message: string): string =>
  message.replace(/^createSandbox: (\w+)/, (_, name: string) => flags[name] ?? name);

/** @throws TypeError naming the argument that cannot be used */
export function readSandboxArguments(args: string[]): SandboxArguments {
  const { values } = readArguments({
    args,
    options: {
      port: { type: 'string', default: '4010' },
      host: { type: 'string', default: '127.0.0.1' },
      'partner-id': { type: 'string' },
      keys: { type: 'string' },
      'public-url': { type: 'string' },
      'time-scale': { type: 'string' },
      'allow-ip': { type: 'string', multiple: true },
      'refunds-pend': { type: 'boolean' },
      log: { type: 'string', default: 'text' },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const timeScale = values['time-scale'];
  const options: SandboxOptions = {
    partnerId: values['partner-id'],
    publicUrl: values['public-url'],
    timeScale: timeScale === undefined ? undefined : readNumber('--time-scale', timeScale),
    allowedIps: values['allow-ip'],
    refundsPend: values['refunds-pend'],
  };
  return {
    help: values.help,
    port: readPort(values.port),
    host: notEmpty('--host', values.host, 'give an address such as 127.0.0.1'),
    keys: values.keys === undefined ? undefined : notEmpty('--keys', values.keys, 'name a folder'),
    log: values.quiet ? 'none' : readLog(values.log),
    options,
  };
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new TypeError(
    `--port ${JSON.stringify(text)} is not a port; give a number from 0 to 65535.`,
  );
}

/** An empty one is a variable of the shell's that is not set. */
function notEmpty(flag: string, text: string, wayOut: string): string {
  if (text.trim() !== '') return text;
  throw new TypeError(`${flag} is empty; ${wayOut}.`);
}

function readNumber(flag: string, text: string): number {
  if (/^\d*\.?\d+$/.test(text)) return Number(text);
  throw new TypeError(`${flag} ${JSON.stringify(text)} is not a number; give one such as 60.`);
}

function readLog(text: string): 'text' | 'json' {
  if (text === 'text' || text === 'json') return text;
  throw new TypeError(`--log ${JSON.stringify(text)} is unknown; use text or json.`);
}
