/** `npx payby-checkout verify <endpoint>`: whether a backend keeps the contract, point by point. */
import { entryOf } from '../troubleshooting.ts';
import { type VerifyOptions, verifyBackend } from '../verify/index.ts';
import { reportLines } from '../verify/report.ts';
import type { Command } from './command.ts';
import { readArguments } from './read-arguments.ts';

const help = `Usage: npx payby-checkout verify <endpoint> [options]

Drives your backend through the contract with <payby-checkout> and reports each point. It makes a few
orders and cancels them; run it against PayBy's test gateway or the sandbox, not in production.

  --reference <text>       the cart to pay, as in the element; default "payby-verify"
  --details <JSON>         what your page would send along
  --header <Name: value>   added to every request; may be given again
  --token-host <host>      a host, besides PayBy's own, that codes may lead to; may be given again
  --origin <origin>        pages of this origin must be let in (CORS)
  --notify <URL>           where you take notifications: forged ones must be refused
  --sandbox <URL>          pay an order in the wallet of the sandbox gateway that your backend uses
  --slow                   also wait for heartbeats, 45 s
  --patience <seconds>     with --slow: how long to wait for them
  --timeout <seconds>      how long to wait for an answer; default 10, three times as long for a create
  --json                   print the findings as JSON
  --help

Ends with 0 when nothing failed, 1 when something did, 2 when nothing could be checked.
`;

interface Output {
  write(text: string): unknown;
}

/** @param out and `err` default to the process's own streams */
export const createVerifyCommand = (
  out: Output = process.stdout,
  err: Output = process.stderr,
): Command => ({
  summary: 'check a backend of your own against the contract',
  async run(args) {
    try {
      const { json, ...options } = readArgs(args);
      if (options.help) {
        out.write(help);
        return 0;
      }
      if (options.slow) err.write('Listening for heartbeats: this takes a while.\n');
      const { findings, unreachable } = await verifyBackend(optionsOf(options));
      if (unreachable !== undefined) {
        err.write(
          `Nothing could be checked: ${unreachable}.\nSee ${entryOf('nothing-could-be-checked')}.\n`,
        );
        return 2;
      }
      const lines = json ? [JSON.stringify({ findings }, null, 2)] : reportLines(findings);
      out.write(`${lines.join('\n')}\n`);
      return findings.some(({ verdict }) => verdict === 'fail') ? 1 : 0;
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      err.write(
        `${inFlags(cause.message)}\nSee npx payby-checkout verify --help, and ${entryOf('command-line')}.\n`,
      );
      return 2;
    }
  },
});

export const verifyCommand: Command = createVerifyCommand();

/** The word on an option of `verifyBackend`, with the name it has on the command line. */
const inFlags = (message: string): string =>
  message
    .replace(/^tokenHosts(?= )/, '--token-host')
    .replace(/^(reference|header|origin|notify|sandbox|patience|timeout)(?= )/, '--$1');

/** @throws TypeError for arguments that it does not know */
function readArgs(args: string[]) {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      reference: { type: 'string' },
      details: { type: 'string' },
      header: { type: 'string', multiple: true },
      'token-host': { type: 'string', multiple: true },
      origin: { type: 'string' },
      notify: { type: 'string' },
      sandbox: { type: 'string' },
      slow: { type: 'boolean' },
      patience: { type: 'string' },
      timeout: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  return { ...values, positionals };
}

function optionsOf(values: Omit<ReturnType<typeof readArgs>, 'json'>): VerifyOptions {
  const [endpoint, ...others] = values.positionals;
  if (endpoint === undefined)
    throw new TypeError('No endpoint is given; name the endpoint to check.');
  if (others.length > 0) throw new TypeError(`"${others[0]}" is one argument too many.`);
  const { reference, details, header, origin, notify, sandbox, slow, patience, timeout } = values;
  return {
    endpoint,
    ...(reference !== undefined && { reference }),
    ...(details !== undefined && { details: readDetails(details) }),
    ...(header && { headers: Object.fromEntries(header.map(readHeader)) }),
    ...(values['token-host'] && { tokenHosts: values['token-host'] }),
    ...(origin !== undefined && { origin }),
    ...(notify !== undefined && { notify }),
    ...(sandbox !== undefined && { sandbox }),
    ...(slow !== undefined && { slow }),
    ...(patience !== undefined && { patience: readSeconds('--patience', patience) }),
    ...(timeout !== undefined && { timeout: readSeconds('--timeout', timeout) }),
  };
}

function readDetails(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TypeError(`--details ${text.slice(0, 80)} is not JSON; quote it for your shell.`);
  }
}

function readHeader(text: string): [string, string] {
  const [, name, value] = /^([^:\s]+):\s*(.*)$/.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  throw new TypeError('--header is not of the form "Name: value".');
}

function readSeconds(option: string, text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && text.trim() !== '') return 1000 * seconds;
  throw new TypeError(`${option} ${text} is not a number of seconds above 0.`);
}
