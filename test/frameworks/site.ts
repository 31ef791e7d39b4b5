/** A built page beside the shop's backend, on one origin as in a shop. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { relative } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

export interface Site {
  url: string;
  close(): Promise<void>;
}

/**
 * @param pages the folder of the built page
 * @param shop where `/api` is
 */
export async function serveSite(pages: string, shop: string): Promise<Site> {
  const site = new Hono();
  site.get('/favicon.ico', (context) => context.body(null, 204));
  site.use(serveStatic({ root: relative(process.cwd(), pages) }));
  const serveFile = getRequestListener(site.fetch);
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith('/api/')) forward(incoming, outgoing, shop);
    else void serveFile(incoming, outgoing);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Passes a request on, and its answer back; whoever goes takes the other along. */
function forward(incoming: IncomingMessage, outgoing: ServerResponse, shop: string): void {
  const { method, headers, url = '/' } = incoming;
  const onward = request(new URL(url, shop), { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    outgoing.flushHeaders();
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
}
