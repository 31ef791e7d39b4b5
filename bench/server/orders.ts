/** Orders of the kit, beside those of a server without it and the signatures that each of them needs one of. */
import type { KitOptions } from './kit.ts';
import {
  type Clients,
  type Kit,
  percentile,
  startClients,
  startGateway,
  startKit,
} from './parts.ts';
import { limited, type Row } from './rows.ts';

const rounds = 4;
const concurrency = 32;
/** ms. */
const signing = 600;
/** ms. */
const loading = 1_200;

type Way = KitOptions['fetch'];

/** What orders ÷ signatures is to be. */
const target = 0.7;

/** What orders ÷ the control's orders must be: what was measured, less the noise of a machine that others use. */
const limits: Readonly<Record<Exclude<Way, 'none'>, number>> = { node: 0.55, 'built-in': 0.45 };

/** Per CPU-second of the process that did it. */
interface Round {
  readonly signatures: number;
  readonly orders: Readonly<Record<Way, number>>;
}

export async function measureOrders(): Promise<Row[]> {
  await using gateway = await startGateway();
  await using clients = startClients();
  await using control = startKit();
  await using node = startKit();
  await using builtIn = startKit();
  const kits: Readonly<Record<Way, Kit>> = { none: control, node, 'built-in': builtIn };
  const options = { ...gateway.access, store: 'memory', queryInterval: 3_000 } as const;
  const start = (way: Way) => kits[way].ask('start', { ...options, fetch: way, reconcileEvery: 0 });
  const ports: Readonly<Record<Way, { port: number }>> = {
    none: await start('none'),
    node: await start('node'),
    'built-in': await start('built-in'),
  };

  const sign = async () => {
    const { privateKey } = gateway.access;
    const busy = gateway.child.ask('keepBusy', signing);
    const { count, cpu } = await node.ask('sign', { privateKey, duration: signing, concurrency });
    await busy;
    return (count / cpu) * 1000;
  };
  const order = async (): Promise<Round['orders']> => ({
    none: await ordersOf(clients, control, ports.none.port),
    node: await ordersOf(clients, node, ports.node.port),
    'built-in': await ordersOf(clients, builtIn, ports['built-in'].port),
  });

  // Everything is compiled afterwards.
  for (let time = 0; time < 2; time += 1) await order();
  const measured: Round[] = [];
  let before = await sign();
  for (let round = 0; round < rounds; round += 1) {
    const orders = await order();
    const after = await sign();
    measured.push({ signatures: (before + after) / 2, orders });
    before = after;
  }
  return rowsOf(measured);
}

/** Orders per CPU-second. */
async function ordersOf(clients: Clients, kit: Kit, port: number): Promise<number> {
  const before = await kit.ask('cpu');
  const { count } = await clients.ask('load', {
    port,
    connections: concurrency,
    duration: loading,
  });
  return (count / ((await kit.ask('cpu')) - before)) * 1000;
}

/** Pure. Every figure is the median of its rounds. */
function rowsOf(measured: readonly Round[]): Row[] {
  const median = (of: (round: Round) => number) => percentile(measured.map(of), 0.5);
  const each = (of: (round: Round) => number) =>
    `${median(of).toFixed(0)} per CPU-second, ${(1000 / median(of)).toFixed(2)} ms each`;
  const ofSignatures = (way: Way) => median(({ signatures, orders }) => orders[way] / signatures);
  const kit = (way: keyof typeof limits, name: string): Row[] => {
    const share = ofSignatures(way);
    const ofControl = median(({ orders }) => orders[way] / orders.none);
    return [
      { what: `${name}: orders`, measured: each(({ orders }) => orders[way]) },
      {
        what: `${name}: orders ÷ signatures`,
        measured: share.toFixed(2),
        limit: `target ≥ ${target}`,
        verdict: share >= target ? 'reached' : 'not reached',
      },
      {
        what: `${name}: orders ÷ the control's`,
        measured: ofControl.toFixed(2),
        limit: `≥ ${limits[way]}`,
        verdict: limited(ofControl >= limits[way]),
      },
    ];
  };
  return [
    { what: 'signatures alone', measured: each(({ signatures }) => signatures) },
    { what: 'control, no kit: orders', measured: each(({ orders }) => orders.none) },
    { what: 'control, no kit: orders ÷ signatures', measured: ofSignatures('none').toFixed(2) },
    ...kit('node', 'kit, nodeFetch()'),
    ...kit('built-in', 'kit, built-in fetch'),
  ];
}
