import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';

/** A shop of the leak bench: its page, the built script, and a backend whose orders stay pending. */
export interface Shop {
  url: string;
  /** The event streams that are open, each by its path and what the server knows of its connection. */
  streams(): string[];
  stop(): void;
}

const page = '<!doctype html><html lang="en"><title>Shop</title><body></body></html>';
const events = /^\/orders\/([^/]+)\/events$/;

/** @param scripts what is served besides the files of `dist/cdn`, by name */
export async function openShop(scripts: Record<string, string>): Promise<Shop> {
  const open = new Set<ServerResponse>();
  let orders = 0;

  const order = (id: string) =>
    JSON.stringify({
      id,
      status: 'pending',
      tokenUrl: `https://qr.payby.com?ft=${id}`,
      amount: { amount: 12.34, currency: 'AED' },
      expiresAt: Date.now() + 300_000,
      now: Date.now(),
    });
  const begin = (response: ServerResponse, id: string) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`data: ${order(id)}\n\n`);
  };
  const send = (response: ServerResponse, type: string, body: string | Buffer) => {
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  };

  const server = createServer(async ({ method, url = '/' }, response) => {
    const [, watched] = events.exec(url) ?? [];
    if (watched) return begin(response, watched);
    if (method === 'POST') {
      orders += 1;
      return send(response, 'application/json', order(`M${orders}`));
    }
    if (url.startsWith('/orders/')) return send(response, 'application/json', order(basename(url)));
    if (!url.endsWith('.js')) return send(response, 'text/html', page);
    const script = scripts[basename(url)] ?? (await readFile(join('dist/cdn', basename(url))));
    send(response, 'text/javascript', script);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    streams: () =>
      [...open].map(({ req, socket }) => `${req.url} (${socket?.readyState ?? 'no connection'})`),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
