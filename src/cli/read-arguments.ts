import { type ParseArgsConfig, parseArgs } from 'node:util';

/**
 * What `parseArgs` reads, its refusals in our words.
 *
 * @throws TypeError naming the argument that is unknown, missing or too many
 */
export function readArguments<Config extends ParseArgsConfig>(config: Config) {
  try {
    return parseArgs(config);
  } catch (cause) {
    throw cause instanceof TypeError ? new TypeError(inOurWords(cause)) : cause;
  }
}

function inOurWords({ message }: TypeError): string {
  const [, named = ''] = /'([^']*)'/.exec(message) ?? [];
  const option = /--[\w-]+/.exec(named)?.[0] ?? named;
  if (message.startsWith('Unknown option')) return `There is no option ${option}.`;
  if (message.startsWith('Unexpected argument')) return `"${named}" is one argument too many.`;
  if (message.includes('does not take')) return `${option} takes no value.`;
  if (message.includes('ambiguous')) {
    return `${option} has no value; write one that begins with a dash as ${option}=-….`;
  }
  return `${option} has no value; give one.`;
}
