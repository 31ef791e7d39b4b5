import type { OrderRecord } from '../order-store.ts';
import { equal, rejects } from './check.ts';
import { paid, start, told, unique } from './new-record.ts';
import { type Case, inTurn } from './scene.ts';

/** Counts in a field that is a number. */
const countUp = (record: OrderRecord): OrderRecord => ({
  ...record,
  updatedAt: record.updatedAt + 1,
});

export const updateCases: Case[] = [
  [
    'replaces a record and answers what it was and is',
    async ({ store, other, record }) => {
      const order = record();
      await store.create(order);
      equal(await store.update(order.id, paid), { before: order, record: paid(order) }, 'update');
      equal(await other.get(order.id), paid(order), 'get');
      equal(
        await other.update(order.id, told),
        { before: paid(order), record: told(paid(order)) },
        'the next update',
      );
    },
  ],
  [
    'gives the record itself back when nothing changes',
    async ({ store, record }) => {
      const order = record();
      await store.create(order);
      const { before, record: after } = await store.update(order.id, (present) => present);
      equal(before, order, 'before');
      equal(before === after, true, 'record === before');
      equal(await store.get(order.id), order, 'get');
    },
  ],
  [
    'loses none of many simultaneous updates',
    async (scene) => {
      const order = scene.record();
      await scene.store.create(order);
      const results = await Promise.all(
        inTurn(scene, 50).map((handle) => handle.update(order.id, countUp)),
      );
      equal((await scene.store.get(order.id))?.updatedAt, start + 50, 'the count at the end');
      equal(
        new Set(results.map(({ record }) => record.updatedAt)).size,
        50,
        'the number of different results',
      );
      for (const { before, record } of results) equal(record, countUp(before), 'one result');
    },
  ],
  [
    'lets one of many simultaneous moves win',
    async (scene) => {
      const order = scene.record();
      await scene.store.create(order);
      const moves = await Promise.all(
        inTurn(scene, 20).map((handle) =>
          handle.update(order.id, (present) =>
            present.status === 'paid' ? present : paid(present),
          ),
        ),
      );
      equal(moves.filter(({ before, record }) => record !== before).length, 1, 'the winners');
    },
  ],
  [
    'decides anew when another change came first',
    async (scene) => {
      const order = scene.record();
      await scene.store.create(order);
      const seen: string[] = [];
      const results = await Promise.all(
        inTurn(scene, 10).map((handle, index) =>
          handle.update(order.id, (present) => {
            seen.push(present.subject);
            return { ...present, subject: `${present.subject}, ${index}` };
          }),
        ),
      );
      const kept = (await scene.other.get(order.id))?.subject ?? '';
      equal(kept.split(', ').length, 11, `the changes kept (${kept})`);
      for (const { before } of results) {
        equal(
          seen.includes(before.subject),
          true,
          'whether the change was given what was replaced',
        );
      }
    },
  ],
  [
    'leaves all as it was when the change throws',
    async ({ store, other, record }) => {
      const order = record();
      await store.create(order);
      const refuse = () => {
        throw new Error('not this one');
      };
      const outcomes = await Promise.allSettled([
        store.update(order.id, refuse),
        store.update(order.id, countUp),
        other.update(order.id, refuse),
      ]);
      equal(
        outcomes.map(({ status }) => status),
        ['rejected', 'fulfilled', 'rejected'],
        'updates',
      );
      await rejects(store.update(order.id, refuse), 'not this one');
      equal(await other.get(order.id), countUp(order), 'get');
      equal(await other.findOpen(String(order.reference)), countUp(order), 'findOpen');
    },
  ],
  [
    'leaves all as it was when the change spoils the record it was given, and throws',
    async ({ store, record }) => {
      const order = record({ details: { items: [1] } });
      await store.create(order);
      const spoil = (present: OrderRecord): OrderRecord => {
        Object.assign(present, { status: 'paid', details: null });
        throw new Error('after all not');
      };
      await rejects(store.update(order.id, spoil), 'after all not');
      equal(await store.get(order.id), order, 'get');
    },
  ],
  [
    'refuses to change an order it does not have',
    async ({ store }) => {
      const id = unique('nobody');
      await rejects(store.update(id, paid), `there is no order "${id}" in the store`);
      equal(await store.get(id), undefined, 'get');
    },
  ],
];
