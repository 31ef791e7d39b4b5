import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { storeConformance } from '../../../src/server/stores/conformance.ts';
import { memoryStore } from '../../../src/server/stores/memory-store.ts';
import type { OrderRecord, OrderStore } from '../../../src/server/stores/order-store.ts';

/** A store with one thing wrong, and a case that must say so. */
type Defect = [name: string, fault: (store: OrderStore) => Partial<OrderStore>, caseName: string];

const defects: Defect[] = [
  [
    'reads and writes in two steps',
    (store) => ({
      async update(id, change) {
        const before = await store.get(id);
        if (before === undefined) return store.update(id, change);
        const record = change(before);
        if (record === before) return { before, record };
        return store.update(id, () => record);
      },
    }),
    'loses none of many simultaneous updates',
  ],
  [
    'writes although nothing changed',
    (store) => ({ update: (id, change) => store.update(id, (order) => ({ ...change(order) })) }),
    'gives the record itself back when nothing changes',
  ],
  [
    'makes a second order for a reference that is paid and not taken',
    (store) => ({
      async create(record) {
        const { reference: _, ...nameless } = record;
        const answer = await store.create(record);
        const isPaid = answer.record.status === 'paid' && !answer.created;
        return isPaid ? store.create(nameless) : answer;
      },
    }),
    'answers the paid order of the reference until the shop took it, before any open one',
  ],
  [
    'forgets which order a new one follows',
    (store) => ({
      async create(record) {
        const { record: kept, created } = await store.create(record);
        return { record: kept, created };
      },
    }),
    'names the newest paid order a new one follows, also over closed ones between',
  ],
  [
    'binds a key anew',
    (store) => ({
      async bindKey(key, id, wish) {
        await store.bindKey(key, id, wish);
        return id;
      },
    }),
    'binds a further key to an order, once, with what was wished under it',
  ],
  [
    'hands out one object again and again',
    (store) => {
      const known = new Map<string, OrderRecord | undefined>();
      return {
        async get(id) {
          if (!known.has(id)) known.set(id, await store.get(id));
          return known.get(id);
        },
      };
    },
    'hands out values: changing one changes nothing',
  ],
  [
    'adds a field that was absent',
    (store) => ({
      async get(id) {
        const record = await store.get(id);
        return record && { ...record, renewalFailedAt: record.renewalFailedAt ?? Number.NaN };
      },
    }),
    'leaves absent what is absent, and takes away what a change sets to undefined',
  ],
  [
    'skips an order between two pages',
    (store) => ({
      unsettled: async (limit, after) => (await store.unsettled(limit + 1, after)).slice(1),
    }),
    'pages over each order that is unsettled all the time once, whatever others change',
  ],
  [
    'gives a claim to whoever comes',
    () => ({ claim: async () => true }),
    'gives a claim to one of many',
  ],
  [
    'takes a claim back from anybody',
    (store) => ({
      async release(name) {
        for (const holder of ['first', 'second']) await store.release(name, holder);
      },
    }),
    'takes a claim back from its holder alone',
  ],
  [
    'tells the first change alone',
    (store) => ({
      async subscribe(id, listener) {
        const stop = await store.subscribe(id, (record) => {
          stop();
          listener(record);
        });
        return stop;
      },
    }),
    'tells the last of many changes, and nothing older after it',
  ],
  [
    'goes on telling who has left',
    (store) => ({
      async subscribe(id, listener) {
        await store.subscribe(id, listener);
        return () => {};
      },
    }),
    'tells of its own order alone, of changes alone, until it leaves',
  ],
];

async function failures(open: () => OrderStore): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, run } of storeConformance(open, { patience: 50 })) {
    await run().catch(() => failed.push(name));
  }
  return failed;
}

describe('the suite for stores', () => {
  it('finds nothing wrong with a store that does what it must', async () => {
    assert.deepEqual(await failures(memoryStore), []);
  });

  it('names every case once', () => {
    const names = storeConformance(memoryStore).map(({ name }) => name);
    assert.deepEqual(names, [...new Set(names)]);
  });

  for (const [name, fault, caseName] of defects) {
    it(`finds a store that ${name}`, async () => {
      const open = () => {
        const store = memoryStore();
        return { ...store, ...fault(store) };
      };
      const failed = await failures(open);
      assert.ok(failed.includes(caseName), `failed: ${failed.join('; ')}`);
    });
  }

  it('says what was expected and what came', async () => {
    const open = () => ({ ...memoryStore(), claim: async () => true });
    const cases = storeConformance(open);
    const found = cases.find(({ name }) => name === 'gives a claim to one of many');
    await assert.rejects(found?.run() ?? Promise.resolve(), {
      message: 'the number of holders: expected 1, got 20',
    });
  });

  it('closes what it has opened, also when a case fails', async () => {
    let opened = 0;
    const open = () => {
      opened += 1;
      return {
        ...memoryStore(),
        claim: async () => true,
        async close() {
          opened -= 1;
        },
      };
    };
    for (const { run } of storeConformance(open, { openAnother: open, patience: 1 })) {
      await run().catch(() => {});
    }
    assert.equal(opened, 0);
  });
});
