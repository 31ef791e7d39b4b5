/** The server of the page bench: pages, scripts, a backend of orders, and what Adyen Web asks its own for. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync } from 'node:zlib';
import type { OrderStatus } from '../../src/protocol.ts';
import { answerAdyen } from './adyen-server.ts';
import { type Contender, pageOf, readBuilt } from './contenders.ts';
import { openOrder } from './orders.ts';
import type { HoldUp } from './profile.ts';

export interface Shop {
  url: string;
  /** Serves the page at `/<name>`. */
  addPage(page: Contender): void;
  /** Resolves once a page follows this order. */
  followed(id: string): Promise<void>;
  /** What the pages that follow this order are told; they are let go after its end. */
  tell(id: string, status: OrderStatus): void;
  stop(): void;
}

/** `/orders`, or `/orders/<id>` with what is wanted of it. The first part may name a backend of its own. */
const orderPath = /^\/(orders|refusing)(?:\/([\w-]+))?(?:\/(events|cancel))?$/;
const open: readonly OrderStatus[] = ['pending', 'scanned'];
const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' };

/**
 * @param scripts what is served besides the files of `dist/cdn`, by name
 * @param holdUp makes the line slow; without it the browser is to do that
 */
export async function openShop(
  scripts: Readonly<Record<string, string>>,
  holdUp?: HoldUp,
): Promise<Shop> {
  const pages = new Map<string, string>();
  const streams = new Map<string, ServerResponse>();
  const waiting = new Map<string, () => void>();
  const statuses = new Map<string, OrderStatus>();
  const packed = new Map<string, Buffer>();
  let orders = 0;

  const send = (response: ServerResponse, type: string, body: string) =>
    response.writeHead(200, { 'content-type': type }).end(body);
  const answer = (response: ServerResponse, id: string) =>
    send(response, 'application/json', JSON.stringify(openOrder(id, statuses.get(id))));
  /** Compressed once, as well as it can be: as a CDN does. */
  const pack = (name: string) => {
    const body = packed.get(name) ?? brotliCompressSync(scripts[name] ?? readBuilt(name));
    packed.set(name, body);
    return body;
  };
  const sendFile = (response: ServerResponse, name: string) => {
    const body = pack(name);
    const type = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    const headers = { 'content-type': type, 'content-encoding': 'br' };
    response.writeHead(200, { ...headers, 'content-length': body.length }).end(body);
  };
  const follow = (response: ServerResponse, id: string) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`data: ${JSON.stringify(openOrder(id, statuses.get(id)))}\n\n`);
    streams.set(id, response);
    waiting.get(id)?.();
  };

  const isFile = (name: string) => /^[\w.-]+\.(js|css)$/.test(name);
  const server = createServer(async ({ method, url = '/' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://shop');
    const name = pathname.slice(1);
    await holdUp?.(isFile(name) ? pack(name).length : 0);
    if (pathname.startsWith('/test/')) return answerAdyen(pathname, response);
    const [, backend, id, wish] = orderPath.exec(pathname) ?? [];
    if (backend === 'refusing') {
      const problem = { status: 503, code: 'unavailable', title: 'unavailable' };
      response.writeHead(503, { 'content-type': 'application/problem+json' });
      return response.end(JSON.stringify(problem));
    }
    if (backend && !id) {
      orders += 1;
      const order = openOrder(`M${orders}`);
      if (!searchParams.has('for'))
        return send(response, 'application/json', JSON.stringify(order));
      const qr = { type: 'qrCode', paymentMethodType: 'wechatpayQR', qrCodeData: order.tokenUrl };
      const action = { ...qr, paymentData: 'Ab02b4c0!BQABAgBench' };
      return send(response, 'application/json', JSON.stringify({ action }));
    }
    if (id && wish === 'events') return follow(response, id);
    if (id) {
      if (method === 'POST') statuses.set(id, 'cancelled');
      return answer(response, id);
    }
    const page = pages.get(name);
    if (page) return send(response, 'text/html', page);
    if (isFile(name)) return sendFile(response, name);
    response.writeHead(404).end();
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    addPage: (page) => void pages.set(page.name, pageOf(page)),
    async followed(id) {
      if (!streams.has(id)) await new Promise<void>((resolve) => waiting.set(id, resolve));
    },
    tell(id, status) {
      statuses.set(id, status);
      const stream = streams.get(id);
      stream?.write(`data: ${JSON.stringify(openOrder(id, status))}\n\n`);
      if (!open.includes(status)) stream?.end();
    },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
