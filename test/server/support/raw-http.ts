/** A shop on a real socket, and requests written byte by byte, right or wrong. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerOptions } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { CheckoutOptions } from '../../../src/server/index.ts';
import { nodeListener } from '../../../src/server/node.ts';
import { openShop } from './shop.ts';

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface RequestParts {
  method?: string;
  /** Below the checkout's base path, unless it is the `target`. */
  path?: string;
  target?: string;
  /** Lines such as `Sign: AAAA`; `Host` and `Connection` come by themselves. */
  headers?: readonly string[];
  body?: string | Uint8Array;
}

/** A whole request as it is on the wire, with the right length and nothing made right in it. */
export function requestOf({ method = 'GET', path = '', ...rest }: RequestParts): Buffer {
  const { target = `/api/payby${path}`, headers = [], body } = rest;
  const content = Buffer.from(body ?? '');
  const length = body === undefined ? [] : [`Content-Length: ${content.length}`];
  const lines = ['Host: shop.example', 'Connection: close', ...headers, ...length];
  const head = `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), content]);
}

export const json = 'Content-Type: application/json';

/** A request that creates an order, with some of its parts changed. */
export const creation = (reference: string, changes: RequestParts = {}): RequestParts => ({
  method: 'POST',
  path: '/orders',
  headers: [json],
  body: JSON.stringify({ paySceneCode: 'DYNQR', reference }),
  ...changes,
});

export async function listen(options: Partial<CheckoutOptions> = {}, http: ServerOptions = {}) {
  const shop = openShop(options);
  const server = createServer(http, nodeListener(shop.checkout));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  const { port } = address;

  /** A connection on which `bytes` were written. */
  function open(bytes: string | Uint8Array): Socket {
    const socket = connect(port, '127.0.0.1');
    // The server may close while something is still being written: what it answered is what counts.
    socket.on('error', () => {});
    socket.write(bytes);
    return socket;
  }

  /** Everything that is answered to `bytes` until the server closes; undefined when it says nothing. */
  const exchange = async (bytes: string | Uint8Array) => readAnswer(open(bytes));

  return {
    shop,
    server,
    open,
    exchange,
    request: (parts: RequestParts) => exchange(requestOf(parts)),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export async function readAnswer(socket: Socket): Promise<Answer | undefined> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
  return chunks.length === 0 ? undefined : parse(Buffer.concat(chunks).toString());
}

function parse(text: string): Answer {
  const end = text.indexOf('\r\n\r\n');
  const [start = '', ...lines] = text.slice(0, end).split('\r\n');
  // An informational answer, such as 100 Continue, comes before the one that counts.
  if (/^HTTP\/1\.1 1\d\d /.test(start)) return parse(text.slice(end + 4));
  const pairs = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  const headers = Object.fromEntries(pairs);
  return { status: Number(start.split(' ')[1]), headers, body: text.slice(end + 4) };
}
