/** The pages: they create orders, and watch them. Run in as many processes as one is too few. */
import { answerWith } from './child.ts';
import { HttpLine } from './http-line.ts';
import { monotonic } from './monotonic.ts';

const orders = '/api/payby/orders';

let lines: HttpLine[] = [];
let serial = 0;

async function connectTo(port: number, count: number): Promise<HttpLine[]> {
  const made = Array.from({ length: count }, () => new HttpLine(port));
  for (const line of made) await line.ready();
  return made;
}

async function createOn(line: HttpLine): Promise<string> {
  serial += 1;
  const name = `${process.pid}-${serial}`;
  const body = JSON.stringify({ paySceneCode: 'DYNQR', reference: name });
  const reply = await line.post(orders, body, [`Idempotency-Key: ${name}`]);
  if (reply.status !== 201) throw new Error(`created an order: ${reply.status} ${reply.body}`);
  return JSON.parse(reply.body).id;
}

/** Creates orders on so many connections for so long, ms. */
async function load(given: { port: number; connections: number; duration: number }) {
  const made = await connectTo(given.port, given.connections);
  const startedAt = performance.now();
  let count = 0;
  const createOnAndOn = async (line: HttpLine) => {
    while (performance.now() - startedAt < given.duration) {
      await createOn(line);
      count += 1;
    }
  };
  await Promise.all(made.map(createOnAndOn));
  const wall = performance.now() - startedAt;
  for (const line of made) line.close();
  return { count, wall };
}

/** Creates so many orders; their ids. */
async function create(given: { port: number; count: number }): Promise<string[]> {
  const made = await connectTo(given.port, 8);
  const ids: string[] = [];
  const share = async (line: HttpLine) => {
    while (ids.length < given.count) ids.push(await createOn(line));
  };
  await Promise.all(made.map(share));
  for (const line of made) line.close();
  return ids.slice(0, given.count);
}

/** Opens a stream for each of these orders, on connections of their own, and keeps them. */
async function hold(given: { port: number; ids: string[] }): Promise<void> {
  // A few hundred at a time: the kernel's queue of connections has an end.
  for (let at = 0; at < given.ids.length; at += 200) {
    const some = given.ids.slice(at, at + 200);
    const made = await connectTo(given.port, some.length);
    await Promise.all(made.map((line, n) => line.watch(`${orders}/${some[n]}/events`)));
    lines.push(...made);
  }
}

/** Opens connections that watch nothing yet, and keeps them. */
async function connect(given: { port: number; count: number }): Promise<void> {
  lines = await connectTo(given.port, given.count);
}

/** Has every connection kept watch one order, once what it watched before has ended. */
async function watch(id: string): Promise<void> {
  await Promise.all(lines.map((line) => line.watch(`${orders}/${id}/events`)));
}

/** The monotonic time at which the last of them heard that it is paid, ms. */
async function lastPaid(): Promise<number> {
  await Promise.all(lines.map((line) => line.hears('"status":"paid"')));
  const at = monotonic();
  await Promise.all(lines.map((line) => line.ends()));
  return at;
}

const commands = { load, create, hold, connect, watch, lastPaid };
export type ClientCommands = typeof commands;
answerWith(commands);
