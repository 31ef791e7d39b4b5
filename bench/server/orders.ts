/** Orders, beside the signatures that each of them needs one of. */
import type { KitOptions } from './kit.ts';
import { percentile, startClients, startGateway, startKit } from './parts.ts';
import type { Row } from './rows.ts';

const rounds = 5;
const concurrency = 32;
/** ms. */
const signing = 1_000;
/** ms. */
const loading = 2_000;

/** Orders per CPU-second ÷ signatures per CPU-second. */
const limit = 0.7;

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

  await load(); // everything is compiled afterwards
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
  const name = `orders, ${fetch === 'node' ? 'nodeFetch()' : 'built-in fetch'}`;
  const each = (perSecond: number) => `${(1000 / perSecond).toFixed(2)} ms CPU each`;
  return [
    {
      what: `${name}: signatures alone`,
      measured: `${signatures.toFixed(0)} per CPU-second, ${each(signatures)}`,
    },
    { what: `${name}: orders`, measured: `${orders.toFixed(0)} per CPU-second, ${each(orders)}` },
    { what: `${name}: by the clock`, measured: `${wall.toFixed(0)} orders per second` },
    {
      what: `${name} ÷ signatures`,
      measured: ratio.toFixed(2),
      limit: `≥ ${limit}`,
      isKept: ratio >= limit,
    },
  ];
}
