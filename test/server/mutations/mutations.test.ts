/**
 * Ten thousand notifications that are not quite what PayBy sent. An oracle that knows nothing of the kit's
 * code says which must be taken; everything else must be refused, told, and leave no trace. The same seed
 * makes the same mutations (of other keys and order numbers): SEED=$RANDOM for others.
 */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { byteClasses } from './bytes.ts';
import { historyClasses } from './histories.ts';
import { httpClasses } from './http.ts';
import { jsonClasses } from './json.ts';
import { signed } from './letter.ts';
import type { Mutation, MutationClass } from './mutation.ts';
import { Play } from './play.ts';
import { rewrittenClasses } from './rewritten.ts';
import { records } from './scene.ts';
import { signatureClasses } from './signature-headers.ts';
import { signerClasses } from './signers.ts';
import { genuine } from './texts.ts';
import { untrueClasses } from './untrue.ts';

const seed = Number(process.env.SEED ?? 20261122);

const classes: readonly MutationClass[] = [
  ...byteClasses,
  ...signatureClasses,
  ...signerClasses,
  ...rewrittenClasses,
  ...jsonClasses,
  ...untrueClasses,
  ...historyClasses,
  ...httpClasses,
];

/** The truth, which must be heard whatever came before it. */
const truth = signed(genuine.payment);

interface Tally {
  mutations: number;
  taken: number;
  refused: number;
}

/**
 * Plays all mutations of a class, and the truth after each that was taken. Those that were refused left
 * nothing behind, so twenty of them share a shop before it hears the truth.
 */
async function playAll(mutations: Iterable<Mutation>): Promise<Tally> {
  const tally = { mutations: 0, taken: 0, refused: 0 };
  let play = await Play.open();
  const finish = async () => {
    tally.taken += play.taken;
    tally.refused += play.refused;
    await play.post(truth);
    play.close();
  };
  for (const mutation of mutations) {
    for (const letter of mutation) await play.post(letter);
    tally.mutations += 1;
    if (play.taken === 0 && play.refused < 20) continue;
    await finish();
    play = await Play.open();
  }
  await finish();
  return tally;
}

describe(`a mutated notification (seed ${seed})`, () => {
  const tallies: Tally[] = [];
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  after(() => process.off('unhandledRejection', note));

  it('comes to a shop with orders in every state', () => {
    assert.deepEqual(
      records.map(({ status, refunds = [] }) => [status, ...refunds.map((one) => one.status)]),
      [
        ['pending'],
        ['pending'],
        ['paid'],
        ['paid', 'succeeded', 'pending'],
        ['cancelled'],
        ['refunded', 'succeeded'],
        ['refunded'],
        ['pending'],
      ],
    );
  });

  for (const { name, atLeast, holds, make } of classes) {
    it(`is taken only if PayBy says so: ${name}`, async (test) => {
      const tally = await playAll(make(seed));
      const { mutations, taken, refused } = tally;
      tallies.push(tally);
      test.diagnostic(`${mutations} mutations, ${taken} letters taken, ${refused} refused`);
      assert.ok(mutations >= atLeast, `${mutations} mutations, at least ${atLeast} were meant`);
      assert.equal(taken > 0, holds === 'both', 'letters taken');
      assert.ok(refused > 0, 'none was refused');
      assert.deepEqual(unhandled, []);
    });
  }

  it('comes in ten thousand kinds', (test) => {
    const sum = (of: keyof Tally) => tallies.reduce((all, tally) => all + tally[of], 0);
    const [mutations, taken, refused] = [sum('mutations'), sum('taken'), sum('refused')];
    test.diagnostic(`${mutations} mutations, ${taken} letters taken, ${refused} refused`);
    assert.equal(tallies.length, classes.length);
    assert.ok(mutations >= 10_000, `${mutations} mutations`);
    assert.ok(refused >= 10_000, `${refused} were refused`);
  });
});
