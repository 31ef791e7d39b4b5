import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Answer } from './connection.ts';

export interface ListenOptions {
  /** 0 takes any free one. */
  port: number;
  /** Default `127.0.0.1`; `0.0.0.0` lets phones in the same network in. */
  host?: string;
}

export interface Listening {
  /** Its origin, such as `http://127.0.0.1:4010`. */
  url: string;
  /** Ends what it serves, its open connections too. */
  close(): Promise<void>;
}

interface Served extends Listening {
  /** The same for people on this machine: `http://localhost:4010` when bound to loopback. */
  publicUrl: string;
}

/** Serves `answer` over HTTP; rejects when the address cannot be had. */
export async function serve(
  answer: Answer,
  { port, host = '127.0.0.1' }: ListenOptions,
): Promise<Served> {
  const listener = getRequestListener(
    (request, { incoming: { socket } }) =>
      answer(plain(request), {
        address: socket.remoteAddress ?? '',
        reset: () => socket.destroy(),
      }),
    { overrideGlobalObjects: false },
  );
  const server = createServer(listener);
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  let closed: Promise<unknown> | undefined;
  return {
    url: `http://${reachable(host)}:${bound}`,
    publicUrl: `http://${isLocal(host) ? 'localhost' : reachable(host)}:${bound}`,
    async close() {
      if (!closed) {
        closed = once(server, 'close');
        server.close();
        server.closeAllConnections();
      }
      await closed;
    },
  };
}

/**
 * The same as a Request of the platform's own. The server hands out a look-alike that no other Request
 * can be made of, as is needed to measure a body that does not tell its length.
 */
const plain = ({ url, method, headers, signal, body }: Request): Request =>
  new Request(url, { method, headers, signal, body, ...(body && { duplex: 'half' }) });

/** How this machine reaches what is bound to `host`. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

const isLocal = (host: string): boolean => /^(127\..+|0\.0\.0\.0|::1?|localhost)$/.test(host);
