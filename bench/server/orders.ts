/** Orders, beside the signatures that each of them needs one of. */
import type { KitOptions } from './kit.ts';
import { percentile, startClients, startGateway, startKit } from './parts.ts';
import type { Row } from './rows.ts';

const rounds = 3;
const concurrency = 32;
/** ms. */
const signing = 600;
/** ms. */
const loading = 1_200;

/** Orders per CPU-second ÷ signatures per CPU-second. */
const limit = 0.7;

const names: Readonly<Record<KitOptions['fetch'], string>> = {
  none: 'no kit',
  'built-in': 'kit, built-in fetch',
  node: 'kit, nodeFetch()',
};

export async function measureOrders(fetch: KitOptions['fetch']): Promise<Row[]> {
  await using gateway = await startGateway();
  await using kit = startKit();
  await using clients = startClients();
  const { privateKey } = gateway.access;
  const options = { ...gateway.access, store: 'memory', fetch, queryInterval: 3_000 } as const;
  const { port } = await kit.ask('start', options);

  const sign = async () => {
    const busy = gateway.child.ask('keepBusy', signing);
    const { count, cpu } = await kit.ask('sign', { privateKey, duration: signing, concurrency });
    await busy;
    return (count / cpu) * 1000;
  };
  const load = async () => {
    const before = await kit.ask('cpu');
    const given = { port, connections: concurrency, duration: loading };
    const { count, wall } = await clients.ask('load', given);
    const cpu = (await kit.ask('cpu')) - before;
    return { perCpu: (count / cpu) * 1000, perWall: (count / wall) * 1000 };
  };

  // Everything is compiled afterwards.
  for (let time = 0; time < 2; time += 1) await load();
  const signed: number[] = [await sign()];
  const ordered: number[] = [];
  const walls: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { perCpu, perWall } = await load();
    signed.push(await sign());
    const [before = 0, after = 0] = signed.slice(-2);
    ordered.push(perCpu);
    walls.push(perWall);
    ratios.push(perCpu / ((before + after) / 2));
  }
  const [signatures, orders, wall, ratio] = [signed, ordered, walls, ratios].map((values) =>
    percentile(values, 0.5),
  );
  if (!signatures || !orders || !wall || !ratio) throw new Error('nothing was measured');
  const each = (perSecond: number) =>
    `${perSecond.toFixed(0)} per CPU-second, ${(1000 / perSecond).toFixed(2)} ms each`;
  const name = names[fetch];
  return [
    { what: `${name}: signatures alone`, measured: each(signatures) },
    { what: `${name}: orders`, measured: `${each(orders)}; ${wall.toFixed(0)} per second` },
    { what: `${name}: orders ÷ signatures`, measured: ratio.toFixed(2), ...verdict(fetch, ratio) },
  ];
}

/** Nothing is asked of the server without the kit: it says what can be had at all. */
const verdict = (fetch: KitOptions['fetch'], ratio: number) =>
  fetch !== 'none' && { limit: `≥ ${limit}`, isKept: ratio >= limit };
