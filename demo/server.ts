/** `npm start`: the demo shop, its backend, and the sandbox gateway, in one process. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { serve } from '@hono/node-server';
import { createCheckout, memoryStore } from 'payby-checkout/server';
import { readConfig } from './config.ts';
import { withShortLife } from './faults.ts';
import { openGateway } from './gateway.ts';
import { Shop } from './shop.ts';
import { createSite } from './site.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const { host, port, pageUrl, publicUrl, orderLifetime, gateway } = readConfig(process.env);
  const pages = join(import.meta.dirname, '../build/demo');
  const docs = join(import.meta.dirname, '../build/docs');
  const hasDocs = existsSync(docs);
  if (!existsSync(pages)) throw new Error('The demo page is not built; run npm start.');

  const { payby, description, control, wallet, close } = await openGateway(gateway);
  await payby.ready();
  const shop = new Shop((reference, { orderId, amount }) =>
    say(`! paid twice: ${reference}, by order ${orderId} over AED ${amount}; give it back`),
  );
  const checkout = createCheckout({
    payby,
    store: memoryStore(),
    notifyUrl: `${publicUrl}/api/payby/notify`,
    quote: withShortLife(shop.quote),
    onPaid: shop.onPaid,
    ...(orderLifetime !== undefined && { orderLifetime }),
    onAnomaly: ({ code, message }) => say(`! ${code}: ${message}`),
  });
  const site = createSite({
    shop,
    checkout,
    wallet,
    pages: relative(process.cwd(), pages),
    docs: hasDocs ? relative(process.cwd(), docs) : undefined,
  });
  const server = serve({ fetch: site.fetch, hostname: host, port }, () => {
    say(`shop page       ${pageUrl}`);
    say(`its backend     ${pageUrl}/api/payby/orders`);
    if (hasDocs) say(`documents       ${pageUrl}/docs/`);
    say(`pays at         ${description}`);
    if (control !== undefined) say(`control page    ${control}`);
    say('Press Ctrl+C to stop.');
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    const taken = error.code === 'EADDRINUSE';
    fail(taken ? new Error(`Port ${port} is taken; set PORT to another one.`) : error);
  });

  const stop = () => {
    checkout.close();
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
    void close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
