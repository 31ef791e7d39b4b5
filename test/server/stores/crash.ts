/** Killing a process that uses a store, or the store's server, and looking at what is left. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isOpen, isUnsettled } from '../../../src/server/orders/order-status.ts';
import type { OrderStore } from '../../../src/server/stores/order-store.ts';
import { newOrder, orderAt, stages } from './course.ts';

/** How often a test kills; more with `STORE_KILLS=1000`. */
export const kills = Number(process.env.STORE_KILLS ?? 40);

const program = join(import.meta.dirname, 'store-process.ts');

/** Compiled once for all of them. */
const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'payby-checkout-compiled') };

export const startProcess = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });

/** @returns what it printed, once it has ended well */
export async function runProcess(...args: string[]): Promise<string> {
  const child = startProcess(...args);
  const said: string[] = [];
  child.stdout?.on('data', (chunk) => said.push(String(chunk)));
  const [code] = await once(child, 'close');
  assert.equal(code, 0, `exit code of ${args.join(' ')}`);
  return said.join('');
}

/**
 * Lets a process make orders, kills it at another point every time, and answers for each order's id the
 * last stage it acknowledged.
 */
export async function churnAndKill(
  args: [kind: string, where: string],
  run: string,
  index: number,
  kill: (child: ChildProcess) => unknown,
): Promise<Map<string, number>> {
  const child = startProcess(...args, 'churn', run);
  let said = '';
  const ended = once(child, 'close');
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      said += chunk;
      if (said.includes('ready')) resolve();
    });
    child.on('close', () => reject(new Error('it ended before it was killed')));
  });
  await sleep((index * 7) % 61);
  await kill(child);
  child.kill('SIGKILL');
  await ended;
  // The last line may be cut off; the one before it was acknowledged all the same.
  const lines = said.slice(0, said.lastIndexOf('\n') + 1).split('\n');
  const orders = lines.map((line) => line.split(' ')).filter(([, stage]) => stage !== undefined);
  return new Map(orders.map(([id = '', stage]) => [id, Number(stage)]));
}

/** That the kills came in the middle of the work: most left orders behind, and some unfinished ones. */
export function checkKills(all: readonly Map<string, number>[]): void {
  const last = stages.length - 1;
  const midway = all.filter((orders) => [...orders.values()].some((stage) => stage < last));
  assert.ok(midway.length > all.length / 4, `${midway.length} of ${all.length} kills were midway`);
}

/** Every acknowledged change is there, none is half done, and the indexes say what the records say. */
export async function checkAfterwards(
  store: OrderStore,
  run: string,
  acknowledged: Map<string, number>,
): Promise<void> {
  const unsettled = new Set(await unsettledOf(store, run));
  for (let worker = 0; worker < 4; worker += 1) {
    for (let number = 0; ; number += 1) {
      const name = `${worker}-${number}`;
      const stage = acknowledged.get(`${run}-${name}`);
      const found = await checkOrder(store, run, name, stage ?? -1, unsettled);
      if (!found && stage === undefined) break;
    }
  }
  assert.deepEqual([...unsettled], [], 'unsettled without a record');
}

async function unsettledOf(store: OrderStore, run: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after = `${run}-`; ; ) {
    const page = (await store.unsettled(20, after)).filter(({ id }) => id.startsWith(`${run}-`));
    const last = page.at(-1);
    if (last === undefined) return ids;
    ids.push(...page.map(({ id }) => id));
    after = last.id;
  }
}

/** @returns whether there is such an order */
async function checkOrder(
  store: OrderStore,
  run: string,
  name: string,
  acknowledged: number,
  unsettled: Set<string>,
): Promise<boolean> {
  const { id, idempotencyKey, reference = '' } = newOrder(run, name);
  const record = await store.get(id);
  const byKey = await store.findByIdempotencyKey(idempotencyKey);
  const open = await store.findOpen(reference);
  if (record === undefined) {
    assert.equal(acknowledged, -1, `${id} was created and is gone`);
    assert.deepEqual([byKey, open], [undefined, undefined], `half of ${id} is left`);
    return false;
  }
  // The change that was under way when the process was killed may have been made, and no other.
  const possible = [acknowledged, acknowledged + 1].filter(
    (stage) => stage >= 0 && stage < stages.length,
  );
  const expected = possible.map((stage) => JSON.stringify(orderAt(run, name, stage)));
  assert.ok(expected.includes(JSON.stringify(record)), `${id}: ${JSON.stringify(record)}`);
  assert.deepEqual(byKey, { record, wish: { details: record.details } }, `the key of ${id}`);
  assert.deepEqual(open, isOpen(record) ? record : undefined, `the open order of ${reference}`);
  assert.equal(unsettled.delete(id), isUnsettled(record), `${id} among the unsettled`);
  return true;
}
