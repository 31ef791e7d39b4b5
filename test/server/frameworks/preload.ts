/**
 * Loaded into an example's process before the example: its imports of this package come from `src`, and
 * the test hears the port it listens on.
 */
import { subscribe } from 'node:diagnostics_channel';
import { registerHooks } from 'node:module';
import { Server } from 'node:net';

const source = new URL('../../../src/', import.meta.url);

const entries: Readonly<Record<string, string>> = {
  'payby-checkout/server': 'server/index.ts',
  'payby-checkout/server/node': 'server/node.ts',
};

registerHooks({
  resolve(specifier, context, next) {
    const entry = entries[specifier];
    return next(entry ? new URL(entry, source).href : specifier, context);
  },
});

subscribe('tracing:net.server.listen:asyncEnd', (message) => {
  if (!(message instanceof Object && 'server' in message)) return;
  const address = message.server instanceof Server ? message.server.address() : undefined;
  if (address && typeof address === 'object') process.send?.(address.port);
});
