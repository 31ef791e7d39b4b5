import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below what machines give out by themselves, to whoever connects: from 32768 on, or later. */
const [first, last] = [20_000, 30_000];

/**
 * A free port that stays so while its server is down. Any other may be given to a connection meanwhile, even
 * to one that asks for the server.
 */
export async function fixedPort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = first + Math.floor(Math.random() * (last - first));
    const probe = createServer();
    try {
      probe.listen(port, '127.0.0.1');
      await once(probe, 'listening');
    } catch {
      continue;
    }
    probe.close();
    await once(probe, 'close');
    return port;
  }
  throw new Error(`there is no free port from ${first} to ${last}`);
}
