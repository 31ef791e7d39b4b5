/**
 * `npm run bench:server`: what the server kit costs. Prints a table and fails when a limit is broken.
 * `npm run bench:server -- streams` measures that part alone; the parts are orders, streams and queries.
 *
 * The kit runs in a process of its own, and so do the gateway, whose signing is not the kit's, and the
 * pages. On a machine with few processors they all compete, so orders per second by the clock say
 * more of the machine than of the kit. Counted is therefore the CPU time of the kit's process, all its
 * threads and its kernel time: orders per CPU-second, beside signatures per CPU-second of the same
 * process, signed by the function the client signs with. All are taken in turns, while the other
 * processors have work either way, because a processor is slower beside a busy one; a ratio is that of one
 * round, the median of all rounds. The kit does not reconcile meanwhile: it would query, once a minute,
 * each of the thousands of orders that nobody pays here, and queries are measured by themselves.
 *
 * The target is 0.7 orders for each signature. Node does not get there: it leaves an order less than half of
 * a signature's time, and that is not enough for two HTTP exchanges of node:http, whoever writes the
 * server. The control says so: a server without the kit, which does for an order the least that any does
 * (two exchanges, one signature made and one checked, the JSON between them). So the target is told, and
 * the limit, on which the exit code depends, is on what the kit itself costs: its orders beside the
 * control's.
 *
 * Memory is what the kit's process holds (resident set, after garbage collection) with 10,000 streams over
 * 1,000 orders open, less what it held before them. A notification's time ends when the last of 1,000 pages,
 * besides those 10,000, has heard of it. Times are of a clock that all processes share.
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { measureOrders } from './server/orders.ts';
import { measureQueries } from './server/queries.ts';
import { type Row, tableOf } from './server/rows.ts';
import { measureStreams } from './server/streams.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Ten thousand streams, a thousand watchers, and what a process has open besides. */
const filesNeeded = 12_000;

function checkFiles(): void {
  const allowed = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
  if (allowed === 'unlimited' || Number(allowed) >= filesNeeded) return;
  say(`A process may have ${allowed} files open here, and ${filesNeeded} are needed.`);
  say(`Raise it for this shell: ulimit -n ${filesNeeded}`);
  process.exit(1);
}

const parts: Readonly<Record<string, () => Promise<Row[]>>> = {
  orders: measureOrders,
  streams: measureStreams,
  queries: measureQueries,
};

const names = process.argv.slice(2);
const wanted = names.length > 0 ? names : Object.keys(parts);
const unknown = names.find((name) => !(name in parts));
if (unknown !== undefined) {
  say(`There is no part "${unknown}"; name one of ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}
checkFiles();
const startedAt = performance.now();
const rows: Row[] = [];
for (const name of wanted) rows.push(...((await parts[name]?.()) ?? []));
const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
say(tableOf(rows));
say('');
const [{ model } = { model: 'unknown' }] = cpus();
say(`Node ${process.version}, ${cpus().length} × ${model}, ${seconds} s.`);
const missed = rows.filter(({ verdict }) => verdict === 'not reached');
for (const { what, measured, limit } of missed)
  say(`${what}: ${measured}, ${limit}; see the control.`);
const broken = rows.filter(({ verdict }) => verdict === 'BROKEN');
for (const { what, measured, limit } of broken) say(`${what}: ${measured}, allowed ${limit}.`);
if (broken.length > 0) process.exitCode = 1;
