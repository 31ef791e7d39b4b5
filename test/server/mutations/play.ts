/** Posts letters to a shop of their own and holds what happens against the oracle. */
import assert from 'node:assert/strict';
import { describeLetter, type Letter, toRequest } from './letter.ts';
import { judge, type Verdict, type World, worldOf } from './oracle.ts';
import { openScene, quiet, records, type Scene } from './scene.ts';

const refusals = ['notification-refused', 'order-mismatch', 'refund-mismatch', 'status-unknown'];

/** How many of the letters were taken, and how many refused. */
export interface Tally {
  taken: number;
  refused: number;
}

/**
 * @param truth genuine letters that follow; they are judged as well, but not counted
 * @throws Error showing the letter that was treated wrongly
 */
export async function play(letters: readonly Letter[], truth: readonly Letter[]): Promise<Tally> {
  const scene = await openScene();
  const tally = { taken: 0, refused: 0 };
  let world = worldOf(records);
  for (const [index, letter] of [...letters, ...truth].entries()) {
    const verdict = judge(world, toRequest(letter), letter.body);
    world = after(world, verdict);
    try {
      await postOne(scene, letter, verdict, world);
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message : String(cause);
      const expected = `letter ${index + 1}; expected ${JSON.stringify(verdict)}`;
      throw new Error([problem, expected, describeLetter(letter)].join('\n'), { cause });
    }
    if (index < letters.length) tally[verdict.status === 200 ? 'taken' : 'refused'] += 1;
  }
  scene.checkout.close();
  return tally;
}

const after = (world: World, { order }: Verdict): World =>
  order === undefined ? world : new Map([...world, [order.id, order]]);

async function postOne(scene: Scene, letter: Letter, verdict: Verdict, world: World) {
  const { checkout, heard, reported } = scene;
  const before = await scene.everything();
  const [heardBefore, reportedBefore] = [heard.length, reported.length];
  const response = await checkout.fetch(toRequest(letter));
  await quiet();
  await (verdict.status === 200 ? assertTaken(response) : assertRefused(response, verdict, letter));
  assert.deepEqual(heard.slice(heardBefore), verdict.heard ?? [], 'callbacks');
  const everything = await scene.everything();
  if (!verdict.order && verdict.status !== 200) assert.deepEqual(everything, before, 'the store');
  assert.deepEqual(
    [...worldOf(everything.orders).values()].map(shown),
    [...world.values()].map(shown),
  );
  assertReported(scene, reported.slice(reportedBefore), verdict);
}

/** What of an order the oracle foretells. */
const shown = ({
  id,
  status,
  refunds,
}: {
  id: string;
  status: string;
  refunds: readonly object[];
}) => ({
  id,
  status,
  refunds,
});

async function assertTaken(response: Response): Promise<void> {
  const text = await response.text();
  assert.equal(response.status, 200, text);
  assert.deepEqual(JSON.parse(text), { response: 'SUCCESS' });
}

async function assertRefused(
  response: Response,
  { status }: Verdict,
  { method }: Letter,
): Promise<void> {
  const text = await response.text();
  assert.equal(response.status, status, text);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  if (method === 'HEAD') return;
  const problem: { status: number; code: string; detail: string } = JSON.parse(text);
  assert.equal(problem.status, status);
  assert.match(problem.code, /^[a-z-]+$/);
  assert.match(problem.detail, /\S/);
}

/** Every refusal is told and counted, under its own name; what is taken is never told as refused. */
function assertReported(scene: Scene, told: readonly string[], { report }: Verdict): void {
  const refusalsTold = told.filter((code) => refusals.includes(code));
  assert.deepEqual(refusalsTold, report === undefined ? [] : [report], 'anomalies');
  const counted = Object.entries(scene.checkout.anomalies()).filter(([, count]) => count > 0);
  const all: Record<string, number> = {};
  for (const code of scene.reported) all[code] = (all[code] ?? 0) + 1;
  assert.deepEqual(Object.fromEntries(counted), all, 'counts of anomalies');
}
