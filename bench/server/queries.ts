/** Queries to PayBy: one per order and interval, however many watch it in however many processes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startClients, startGateway, startKit } from './parts.ts';
import { limited, type Row } from './rows.ts';
import type { StoreName } from './stores.ts';

/** ms. */
const interval = 2_000;
const intervals = 4;
const audiences = [1, 100, 1_000];

export async function measureQueries(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'payby-bench-'));
  try {
    return await measure(`sqlite:${join(folder, 'orders.db')}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measure(store: StoreName): Promise<Row[]> {
  await using gateway = await startGateway();
  await using one = startKit();
  await using other = startKit();
  await using clients = startClients();
  const options = {
    ...gateway.access,
    store,
    fetch: 'node',
    queryInterval: interval,
    reconcileEvery: 60_000,
  } as const;
  // One after the other: the first of them makes the tables.
  const ports = [(await one.ask('start', options)).port, (await other.ask('start', options)).port];
  const [port = 0] = ports;
  const ids = await clients.ask('create', { port, count: audiences.length });
  for (const [at, audience] of audiences.entries()) {
    const id = ids[at] ?? '';
    for (const [n, each] of ports.entries()) {
      const share = n === 0 ? Math.ceil(audience / 2) : Math.floor(audience / 2);
      await clients.ask('hold', { port: each, ids: Array<string>(share).fill(id) });
    }
  }
  const from = Date.now();
  await setTimeout(intervals * interval);
  const until = Date.now();
  const asked = await gateway.child.ask('queries', ids);
  return audiences.map((audience, at) => {
    const times = (asked[at] ?? []).filter((time) => time >= from && time < until);
    const perInterval = times.length / ((until - from) / interval);
    const least = Math.min(...times.slice(1).map((time, n) => time - (times[n] ?? 0)));
    const name = `${audience} ${audience === 1 ? 'watcher' : 'watchers'} on two processes`;
    return {
      what: `queries per interval, ${name}`,
      measured: `${perInterval.toFixed(2)} (${times.length} in ${intervals} intervals; closest ${least} ms)`,
      limit: '≤ 1, > 0',
      verdict: limited(
        times.length > 0 && times.length <= intervals + 1 && perInterval <= 1 + 1 / intervals,
      ),
    };
  });
}
