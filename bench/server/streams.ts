/** Event streams: what ten thousand of them hold, and how soon a thousand watchers hear of a payment. */
import { sign } from 'node:crypto';
import { HttpLine } from './http-line.ts';
import { monotonic } from './monotonic.ts';
import { paybyPrivateKey, percentile, startClients, startGateway, startKit } from './parts.ts';
import { limited, type Row } from './rows.ts';

const streams = 10_000;
const orders = 1_000;
const watchers = 1_000;
const notifications = 100;

/** Bytes of resident memory for each stream. */
const maxBytes = 20_000;
/** From a notification to the last of its watchers, ms, at the 99th percentile. */
const maxDelay = 100;

export async function measureStreams(): Promise<Row[]> {
  await using gateway = await startGateway();
  await using kit = startKit();
  await using holders = startClients();
  await using pages = startClients();
  const { port } = await kit.ask('start', {
    ...gateway.access,
    store: 'memory',
    fetch: 'node',
    // Queries are measured elsewhere: here they would only share the processor.
    queryInterval: 60_000,
    reconcileEvery: 0,
  });
  const ids = await holders.ask('create', { port, count: orders });
  const before = await kit.ask('memory');
  const watched = Array.from({ length: streams }, (_, at) => ids[at % ids.length] ?? '');
  await holders.ask('hold', { port, ids: watched });
  const bytes = ((await kit.ask('memory')) - before) / streams;

  const line = new HttpLine(port);
  const delays: number[] = [];
  const news = await pages.ask('create', { port, count: notifications });
  await pages.ask('connect', { port, count: watchers });
  for (const id of news) {
    await pages.ask('watch', id);
    // A thousand pages do not come in the moment in which somebody pays: what they left is not counted.
    await kit.ask('tidy');
    const heard = pages.ask('lastPaid');
    const startedAt = monotonic();
    await notify(line, id);
    delays.push((await heard) - startedAt);
  }
  line.close();
  const [p50, p99] = [percentile(delays, 0.5), percentile(delays, 0.99)];
  return [
    {
      what: `memory of each of ${streams.toLocaleString('en')} streams`,
      measured: `${(bytes / 1000).toFixed(1)} kB`,
      limit: `≤ ${maxBytes / 1000} kB`,
      verdict: limited(bytes <= maxBytes),
    },
    { what: `notification → last of ${watchers} watchers, p50`, measured: `${p50.toFixed(0)} ms` },
    {
      what: `notification → last of ${watchers} watchers, p99`,
      measured: `${p99.toFixed(0)} ms`,
      limit: `≤ ${maxDelay} ms`,
      verdict: limited(p99 <= maxDelay),
    },
  ];
}

/** Posts the notification that an order was paid, signed as PayBy does. */
async function notify(line: HttpLine, id: string): Promise<void> {
  const money = { amount: 12.34, currency: 'AED' };
  const acquireOrder = { merchantOrderNo: id, status: 'PAID_SUCCESS', totalAmount: money };
  const body = JSON.stringify({ notify_id: id, notify_timestamp: Date.now(), acquireOrder });
  const signature = sign('RSA-SHA256', Buffer.from(body), paybyPrivateKey).toString('base64');
  const reply = await line.post('/api/payby/notify', body, [`Sign: ${signature}`]);
  if (reply.status !== 200) throw new Error(`notified: ${reply.status} ${reply.body}`);
}
