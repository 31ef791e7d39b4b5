/** Posts letters to a shop and holds everything that happens against the oracle. */
import assert from 'node:assert/strict';
import { describeLetter, type Letter, toRequest } from './letter.ts';
import { judge, type Known, type Verdict, type World, worldOf } from './oracle.ts';
import { openScene, quiet, records, type Scene } from './scene.ts';

const refusals = ['notification-refused', 'order-mismatch', 'refund-mismatch', 'status-unknown'];

/** One shop, the letters it got, and what the oracle makes of them. */
export class Play {
  readonly #scene: Scene;
  #before: Everything;
  #world = worldOf(records);
  /** How many letters were taken so far. */
  taken = 0;
  /** How many were refused. */
  refused = 0;

  static async open(): Promise<Play> {
    const scene = await openScene();
    return new Play(scene, await scene.everything());
  }

  private constructor(scene: Scene, before: Everything) {
    this.#scene = scene;
    this.#before = before;
  }

  /** @throws Error showing the letter, if it is treated wrongly */
  async post(letter: Letter): Promise<void> {
    const verdict = judge(this.#world, toRequest(letter), letter.body);
    if (verdict.order) this.#world = new Map([...this.#world, [verdict.order.id, verdict.order]]);
    try {
      await postOne(this.#scene, letter, verdict);
      const now = await this.#scene.everything();
      assertKept(this.#before, now, verdict, this.#world);
      this.#before = now;
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message : String(cause);
      const expected = `expected ${JSON.stringify(verdict)}`;
      throw new Error([problem, expected, describeLetter(letter)].join('\n'), { cause });
    }
    if (verdict.status === 200) this.taken += 1;
    else this.refused += 1;
  }

  close(): void {
    this.#scene.checkout.close();
  }
}

async function postOne(scene: Scene, letter: Letter, verdict: Verdict): Promise<void> {
  const { checkout, heard, reported } = scene;
  const [heardBefore, reportedBefore] = [heard.length, reported.length];
  const response = await checkout.fetch(toRequest(letter));
  await quiet();
  await (verdict.status === 200 ? assertTaken(response) : assertRefused(response, verdict, letter));
  assert.deepEqual(heard.slice(heardBefore), verdict.heard ?? [], 'callbacks');
  assertReported(scene, reported.slice(reportedBefore), verdict);
}

type Everything = Awaited<ReturnType<Scene['everything']>>;

/** A refusal leaves the store as it was, to the last field; what is taken does what the oracle foretold. */
function assertKept(before: Everything, now: Everything, verdict: Verdict, world: World): void {
  if (verdict.status !== 200 && !verdict.order) {
    assert.deepEqual(now, before, 'the store');
    return;
  }
  const [orders, foretold] = [worldOf(now.orders), world].map((all) =>
    [...all.values()].map(shown),
  );
  assert.deepEqual(orders, foretold, 'the orders');
}

/** What of an order the oracle foretells. */
const shown = ({ id, status, refunds }: Known) => ({ id, status, refunds });

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
