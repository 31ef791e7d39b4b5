/** The kit over the sandbox gateway, both on loopback: what a merchant has on a laptop. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createSandbox } from '../../../src/sandbox/index.ts';
import {
  type CheckoutOptions,
  CheckoutRefusal,
  createCheckout,
  memoryStore,
  PaybyClient,
} from '../../../src/server/index.ts';

export interface KitShop {
  endpoint: string;
  notify: string;
  sandbox: string;
  close(): Promise<void>;
}

export async function openKitShop(options: Partial<CheckoutOptions> = {}): Promise<KitShop> {
  const sandbox = createSandbox();
  const gateway = await sandbox.listen({ port: 0 });
  let answer = async (_: Request) => new Response(null, { status: 503 });
  const server = createServer(
    getRequestListener((request) => answer(request), { overrideGlobalObjects: false }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const paid = new Set<string>();
  const base = `http://127.0.0.1:${port}/api/payby`;
  const checkout = createCheckout({
    payby: new PaybyClient({
      environment: sandbox.baseUrl,
      partnerId: sandbox.partnerId,
      privateKey: sandbox.merchantPrivateKey,
      paybyPublicKey: sandbox.paybyPublicKey,
    }),
    store: memoryStore(),
    notifyUrl: `${base}/notify`,
    quote({ reference = '' }) {
      if (!paid.has(reference)) return { amount: '12.34', subject: `Cart ${reference}` };
      throw new CheckoutRefusal({
        status: 409,
        code: 'already-paid',
        message: 'This cart is paid already.',
      });
    },
    onPaid: ({ reference = '' }) => paid.add(reference),
    ...options,
  });
  answer = checkout.fetch;
  return {
    endpoint: `${base}/orders`,
    notify: `${base}/notify`,
    sandbox: gateway.url,
    async close() {
      checkout.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await gateway.close();
    },
  };
}
