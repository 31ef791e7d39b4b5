import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join, normalize } from 'node:path';
import type { Order, OrderStatus } from '../../src/protocol.ts';
import { freePort } from './free-port.ts';
import { type Reply, replyTo, type Scene } from './scenes.ts';

const root = join(import.meta.dirname, '../..');

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};
const typeOf = (path: string) => types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
/** As long as a browser of a test lives. */
const kept = 'max-age=3600';

/** A page as its server sends it. */
export interface HostPage {
  html: string;
  headers?: Record<string, string>;
}

/** A script of a page's own. */
export const script = (code: string, headers: Record<string, string> = {}): HostPage => ({
  html: code,
  headers: { 'content-type': typeOf('script.js'), 'cache-control': kept, ...headers },
});

/** What a page’s policy refused, as the browser reports it to the server. */
export interface Report {
  page: string;
  directive: string;
}

/** A shop’s server: pages, the script, and a backend that does what a test says. */
export interface HostServer {
  port: number;
  /** `path` on this server, under any name that leads to this machine. */
  url(path: string, name?: string): string;
  /** Serves a page or a file at `path`. */
  serve(path: string, page: HostPage): void;
  /** Answers `/scenes/<name>/…` as that scene’s backend does. */
  play(scene: Scene): void;
  /** Says how the order of that reference stands, and tells every page that follows it. */
  settle(reference: string, status: OrderStatus): void;
  /** Requests to the backend, in order: `POST /orders`, `GET /orders/cart-1/events`. */
  asked: string[];
  /** What the policies of its pages refused. */
  reports: Report[];
  close(): Promise<void>;
}

/**
 * @param headers added to every answer that is no page: CORS, for one
 */
export async function openHostServer(headers: Record<string, string> = {}): Promise<HostServer> {
  const pages = new Map<string, HostPage>();
  const scenes = new Map<string, Scene>();
  const orders = new Map<string, Order>();
  const followers = new Map<string, Set<ServerResponse>>();
  const asked: string[] = [];
  const reports: Report[] = [];

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const [, folder = '', name = '', action = ''] = pathname.split('/');
    const page = pages.get(pathname);
    if (page) {
      response.writeHead(200, { 'content-type': types.html, ...page.headers }).end(page.html);
      return;
    }
    for (const [key, value] of Object.entries(headers)) response.setHeader(key, value);
    if (request.method === 'OPTIONS') response.writeHead(204).end();
    else if (folder === 'reports') {
      reports.push(...readReports(await textOf(request)));
      response.writeHead(204).end();
    } else if (folder === 'orders') {
      asked.push(`${request.method} ${pathname}`);
      await answerOrder(request, response, name, action);
    } else if (folder === 'scenes') send(response, sceneReply(request, name, pathname));
    else await sendFile(response, pathname);
  });

  const sceneReply = ({ method }: IncomingMessage, name: string, pathname: string): Reply => {
    const scene = scenes.get(name);
    if (!scene) return { status: 404, body: {} };
    const last = pathname.split('/').at(-1);
    if (last === 'events' || last === 'cancel') return replyTo(scene, last);
    return replyTo(scene, method === 'POST' ? 'create' : 'status');
  };

  async function answerOrder(
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    action: string,
  ): Promise<void> {
    const json = (status: number, body: unknown) =>
      response
        .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
        .end(JSON.stringify(body));
    if (request.method === 'POST' && !name) {
      const { reference = 'cart' } = JSON.parse(await textOf(request));
      const order = orders.get(reference) ?? pending(reference);
      orders.set(reference, order);
      json(201, order);
      return;
    }
    const order = orders.get(name);
    if (!order) return void json(404, { code: 'order-not-found' });
    if (action === 'cancel') settle(name, 'cancelled');
    if (action !== 'events') return void json(200, orders.get(name));
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`data: ${JSON.stringify(order)}\n\n`);
    const all = followers.get(name) ?? new Set();
    followers.set(name, all.add(response));
    response.on('close', () => all.delete(response));
  }

  const settle = (reference: string, status: OrderStatus) => {
    const order = { ...(orders.get(reference) ?? pending(reference)), status };
    orders.set(reference, order);
    for (const response of followers.get(reference) ?? []) {
      response.end(`data: ${JSON.stringify(order)}\n\n`);
    }
  };

  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port,
    url: (path, name = 'localhost') => `http://${name}:${port}${path}`,
    serve: (path, page) => void pages.set(path, page),
    play: (scene) => void scenes.set(scene.name, scene),
    settle,
    asked,
    reports,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const tokenUrl =
  'https://qr.payby.com?BIZ_TYPE=202&ft=7ac14d5d372a459fbe948e83fcaae0cb&t=1765054600668';

const pending = (reference: string): Order => ({
  id: reference,
  status: 'pending',
  tokenUrl,
  amount: { amount: 12.34, currency: 'AED' },
  subject: 'Cart 42',
});

function send(response: ServerResponse, reply: Reply): void {
  if (reply === 'silence') return;
  if (reply === 'unreachable') {
    response.destroy();
    return;
  }
  const { status, body } = reply;
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
}

/** `/cdn/…`, `/build/…` and `/modules/…` of this repository. */
async function sendFile(response: ServerResponse, pathname: string): Promise<void> {
  const [, folder = ''] = pathname.split('/');
  const folders: Record<string, string> = {
    cdn: 'dist',
    modules: 'node_modules',
  };
  const path = normalize(pathname).replace(/^\/modules\//, '/');
  try {
    const content = await readFile(join(root, folders[folder] ?? 'nowhere', path));
    response.setHeader('content-type', typeOf(pathname));
    response.setHeader('cache-control', kept).end(content);
  } catch {
    response.writeHead(404).end();
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

/** The old form of a report, and the new one. */
function readReports(text: string): Report[] {
  const told = JSON.parse(text);
  const old = told['csp-report'];
  if (old) return [{ page: old['document-uri'], directive: old['effective-directive'] }];
  return [told].flat().map(({ body }) => ({
    page: body.documentURL,
    directive: body.effectiveDirective,
  }));
}
