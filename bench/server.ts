/**
 * `npm run bench:server`: what the server kit costs. Prints a table and fails when a limit is broken.
 * `npm run bench:server -- streams` measures that part alone; the parts are orders, streams and queries.
 *
 * The kit runs in a process of its own, and so do the gateway, whose signing is not the kit's, and the
 * pages. On a machine with few processors they all compete, so orders per second by the clock say
 * more of the machine than of the kit. Counted is therefore the CPU time of the kit's process, all its
 * threads and its kernel time: orders per CPU-second, beside signatures per CPU-second of the same
 * process, signed by the function the client signs with. Both are taken in turns, while the other
 * processors have work either way, because a processor is slower beside a busy one; the ratio is that of a
 * round to the signatures before and after it, the median of all rounds. A server without the kit, which
 * does for an order the least that any does, is measured in the same way: it says how much of the ratio
 * is left once HTTP and the other signature have their share.
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
  orders: async () => [
    ...(await measureOrders('none')),
    ...(await measureOrders('built-in')),
    ...(await measureOrders('node')),
  ],
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
const broken = rows.filter(({ isKept }) => isKept === false);
for (const { what, measured, limit } of broken) say(`${what}: ${measured}, allowed ${limit}.`);
if (broken.length > 0) process.exitCode = 1;
