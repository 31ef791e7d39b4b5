/** What every store must do: run this with the tests of a store of your own. */
import { claimCases } from './conformance/claim-cases.ts';
import { createCases } from './conformance/create-cases.ts';
import { newRecord } from './conformance/new-record.ts';
import type { Case } from './conformance/scene.ts';
import { subscribeCases } from './conformance/subscribe-cases.ts';
import { unsettledCases } from './conformance/unsettled-cases.ts';
import { updateCases } from './conformance/update-cases.ts';
import { valueCases } from './conformance/value-cases.ts';
import type { OrderStore } from './order-store.ts';

/** One thing a store must do. */
export interface ConformanceCase {
  /** A sentence: `keeps and finds an order`. */
  readonly name: string;
  /** @throws Error saying what was expected and what came */
  run(): Promise<void>;
}

export interface ConformanceOptions {
  /**
   * Opens the data of the last `open` once more, as another process does: over a connection of its own.
   * Left out, both handles are the same store, and what processes owe each other is not tried.
   */
  readonly openAnother?: () => OrderStore | Promise<OrderStore>;
  /** How long a change may take to be told, ms; 5000 when left out. */
  readonly patience?: number;
}

/**
 * The cases for the store that `open` opens, for any test runner:
 *
 * ```ts
 * for (const { name, run } of storeConformance(() => myStore(database))) it(name, run);
 * ```
 *
 * Each case opens the store anew and closes it at its end, also over data of before: ids, keys and
 * references are new in every run. They stay in the store: give it a database for tests.
 */
export function storeConformance(
  open: () => OrderStore | Promise<OrderStore>,
  { openAnother, patience = 5000 }: ConformanceOptions = {},
): ConformanceCase[] {
  const cases: Case[] = [
    ...createCases,
    ...updateCases,
    ...unsettledCases,
    ...claimCases,
    ...subscribeCases,
    ...valueCases,
  ];
  return cases.map(([name, play]) => ({
    name,
    async run() {
      const store = await open();
      const other = openAnother ? await openAnother() : store;
      try {
        await play({ store, other, record: newRecord, patience });
      } finally {
        await store.close?.();
        if (other !== store) await other.close?.();
      }
    },
  }));
}
