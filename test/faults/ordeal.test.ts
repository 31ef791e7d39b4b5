import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryStore, type OrderStore } from '../../src/server/index.ts';
import { sqliteStore } from '../../src/server/stores/sqlite-store.ts';
import { ordeal } from './ordeal.ts';
import { seedOfRun } from './random.ts';
import { useRepeatableCrypto } from './repeatable-crypto.ts';

/** How many courses are played with each store: `COURSES=1 SEED=7` repeats one. */
const courses = Number(process.env.COURSES ?? 20);

const stores: [name: string, open: () => OrderStore][] = [
  ['in memory', memoryStore],
  ['in SQLite', () => sqliteStore(':memory:')],
];

const names = useRepeatableCrypto();

for (const [name, open] of stores) {
  describe(`orders ${name}, with answers and notifications lost, late, doubled and overtaken`, () => {
    it('end as PayBy has them, told to the shop, and no money goes back twice', async (t) => {
      let [purchases, payments, refunds, steps] = [0, 0, 0, 0];
      for (let course = 0; course < courses; course += 1) {
        const seed = seedOfRun + course;
        names.startAt(seed);
        const store = open();
        const played = await ordeal(seed, store);
        await store.close?.();
        assert.deepEqual(played.faults, [], `with COURSES=1 SEED=${seed}`);
        steps += played.steps;
        purchases += played.purchases.length;
        for (const purchase of played.purchases) {
          payments += purchase.payments.length;
          refunds += purchase.refunds.size;
        }
      }
      t.diagnostic(
        `${purchases} purchases, ${payments} payments, ${refunds} refunds, ${steps} steps`,
      );
      assert.ok(payments > 0 && refunds > 0, 'nobody paid, or nothing went back');
    });
  });
}
