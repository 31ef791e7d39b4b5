/** A shop that renders its pages on the server, with its backend and the gateway in the same process. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createSandbox } from 'payby-checkout/sandbox';
import { createCheckout, memoryStore, PaybyClient } from 'payby-checkout/server';

export interface Page {
  html: string;
  policy?: string;
}

/** @param scripts by their paths */
export async function openShop(scripts: ReadonlyMap<string, string>) {
  const sandbox = createSandbox({
    fetch: (input, init) => checkout.fetch(new Request(input, init)),
  });
  const checkout = createCheckout({
    payby: new PaybyClient({
      environment: sandbox.baseUrl,
      partnerId: sandbox.partnerId,
      privateKey: sandbox.merchantPrivateKey,
      paybyPublicKey: sandbox.paybyPublicKey,
      fetch: sandbox.fetch,
    }),
    store: memoryStore(),
    notifyUrl: 'https://shop.example/api/payby/notify',
    quote: ({ reference }) => ({ amount: '12.34', subject: `Cart ${reference}` }),
    onPaid: () => {},
  });
  const pages = new Map<string, Page>();
  const site = new Hono();
  let created = 0;
  let scriptsMayCome = Promise.resolve();

  site.post('/api/payby/orders', ({ req }) => {
    created += 1;
    return checkout.fetch(req.raw);
  });
  site.all('/api/payby/*', ({ req }) => checkout.fetch(req.raw));
  site.get('*', async (context) => {
    const { path } = context.req;
    const script = scripts.get(path);
    const page = pages.get(path);
    if (script !== undefined) {
      await scriptsMayCome;
      return context.body(script, 200, { 'content-type': 'text/javascript' });
    }
    if (!page) return context.notFound();
    if (page.policy !== undefined) context.header('content-security-policy', page.policy);
    return context.html(page.html);
  });
  const server = serve({ fetch: site.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://localhost:${port}`;

  return {
    /** Serves a page, and answers its address. */
    show(path: string, page: Page): string {
      pages.set(path, page);
      return url + path;
    },
    /** Lets scripts wait until the returned function is called. */
    holdScripts(): () => void {
      let release = () => {};
      scriptsMayCome = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
    /** An order, as the page's server makes it: the contract's JSON. */
    async order(reference: string): Promise<{ id: string; tokenUrl: string }> {
      const request = new Request(`${url}/api/payby/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify({ paySceneCode: 'DYNQR', reference }),
      });
      return (await checkout.fetch(request)).json();
    },
    /** How many orders pages have asked for. */
    created: () => created,
    pay: (id: string) => sandbox.actions.pay(id),
    async close(): Promise<void> {
      checkout.close();
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await sandbox.close();
    },
  };
}

export type Shop = Awaited<ReturnType<typeof openShop>>;
