#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { entryOf } from '../troubleshooting.ts';
import type { Command } from './command.ts';
import { nodeIsTooOld } from './node-version.ts';

/** The commands by name; each is loaded only when it is needed. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  sandbox: async () => (await import('./sandbox-command.ts')).sandboxCommand,
  verify: async () => (await import('./verify-command.ts')).verifyCommand,
};

const say = (text: string) => process.stdout.write(`${text}\n`);

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    say(await helpText());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    say((await manifest()).version);
    return 0;
  }
  const { node } = (await manifest()).engines;
  if (nodeIsTooOld(process.versions.node, node)) {
    const needed = node.replace('>=', '');
    process.stderr.write(
      `payby-checkout needs Node ${needed} or newer, and this is Node ${process.versions.node}.\n`,
    );
    return 2;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load) return (await load()).run(args);
  const known = Object.keys(commands).join(', ');
  process.stderr.write(
    `There is no command ${JSON.stringify(name)}; use one of ${known}.\nSee ${entryOf('command-line')}.\n`,
  );
  return 2;
}

async function helpText(): Promise<string> {
  const lines = Object.entries(commands).map(
    async ([name, load]) => `  ${name.padEnd(10)}${(await load()).summary}`,
  );
  return [
    'Usage: npx payby-checkout <command> [options]',
    '',
    ...(await Promise.all(lines)),
    '',
    'npx payby-checkout <command> --help tells its options; --version this package’s version.',
  ].join('\n');
}

async function manifest(): Promise<{ version: string; engines: { node: string } }> {
  return JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
}

process.exitCode = await main(process.argv.slice(2));
