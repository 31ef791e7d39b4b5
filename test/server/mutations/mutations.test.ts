/**
 * Ten thousand notifications that are not quite what PayBy sent, each to a shop of its own. An oracle that
 * knows nothing of the kit's code says which must be taken; everything else must be refused, told, and
 * leave no trace. The same seed makes the same mutations: SEED=$RANDOM for others.
 */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { byteClasses } from './bytes.ts';
import { historyClasses } from './histories.ts';
import { httpClasses } from './http.ts';
import { jsonClasses } from './json.ts';
import { signed } from './letter.ts';
import type { MutationClass } from './mutation.ts';
import { play, type Tally } from './play.ts';
import { signatureClasses } from './signature-headers.ts';
import { signerClasses } from './signers.ts';
import { genuine, payment } from './texts.ts';
import { untrueClasses } from './untrue.ts';

const seed = Number(process.env.SEED ?? 20261122);

const classes: readonly MutationClass[] = [
  ...byteClasses,
  ...signatureClasses,
  ...signerClasses,
  ...jsonClasses,
  ...untrueClasses,
  ...historyClasses,
  ...httpClasses,
];

/** The truth, which must be heard whatever came before it. */
const truth = [signed(genuine.payment), signed(payment('other'))];

describe(`a mutated notification (seed ${seed})`, () => {
  const tallies: Tally[] = [];
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  after(() => process.off('unhandledRejection', note));

  for (const { name, atLeast, holds, make } of classes) {
    it(`is taken only if PayBy says so: ${name}`, async (test) => {
      const tally: Tally = { taken: 0, refused: 0 };
      let count = 0;
      for (const mutation of make(seed)) {
        count += 1;
        const { taken, refused } = await play(mutation, truth);
        tally.taken += taken;
        tally.refused += refused;
      }
      tallies.push({ ...tally });
      test.diagnostic(`${count} mutations, ${tally.taken} letters taken, ${tally.refused} refused`);
      assert.ok(count >= atLeast, `${count} mutations, at least ${atLeast} were meant`);
      assert.equal(tally.taken > 0, holds !== 'refused', 'letters taken');
      assert.equal(tally.refused > 0, holds !== 'taken', 'letters refused');
      assert.deepEqual(unhandled, []);
    });
  }

  it('comes in ten thousand kinds', (test) => {
    const sum = (of: (tally: Tally) => number) => tallies.reduce((all, one) => all + of(one), 0);
    const [taken, refused] = [sum((one) => one.taken), sum((one) => one.refused)];
    test.diagnostic(`${taken + refused} letters, ${taken} taken, ${refused} refused`);
    assert.equal(tallies.length, classes.length);
    assert.ok(refused >= 10_000, `${refused} were refused`);
  });
});
