import { createClient } from 'redis';

/** A connected client, whose loss of its connection is no error. */
export async function connectRedis(url: string) {
  const client = createClient({ url });
  client.on('error', () => {});
  await client.connect();
  return client;
}
