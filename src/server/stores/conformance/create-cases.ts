import { equal, rejects } from './check.ts';
import { cancelled, newRecord, paid, told, unique } from './new-record.ts';
import { type Case, inTurn } from './scene.ts';

export const createCases: Case[] = [
  [
    'keeps and finds an order',
    async ({ store, other, record }) => {
      const order = record({ requestedReference: 'asked', details: { items: [1, { a: 'ب' }] } });
      equal(await store.create(order), { record: order, created: true }, 'create');
      const { details } = order;
      for (const handle of [store, other]) {
        equal(await handle.get(order.id), order, 'get');
        equal(
          await handle.findByIdempotencyKey(order.idempotencyKey),
          { record: order, wish: { reference: 'asked', details } },
          'findByIdempotencyKey',
        );
      }
    },
  ],
  [
    'finds nothing where nothing is',
    async ({ store }) => {
      equal(await store.get(unique('nobody')), undefined, 'get');
      equal(await store.findByIdempotencyKey(unique('nobody')), undefined, 'findByIdempotencyKey');
      equal(await store.findOpen(unique('nobody')), undefined, 'findOpen');
    },
  ],
  [
    'answers the order that has the idempotency key already, open or not',
    async ({ store, other, record }) => {
      const first = record();
      await store.create(first);
      const { record: ended } = await store.update(first.id, cancelled);
      const second = record({ idempotencyKey: first.idempotencyKey });
      equal(await other.create(second), { record: ended, created: false }, 'create');
      equal(await store.get(second.id), undefined, 'get of the second');
      equal(await store.findOpen(String(second.reference)), undefined, 'findOpen of the second');
    },
  ],
  [
    'refuses an id that an order has under another key',
    async ({ store, record }) => {
      const first = record();
      await store.create(first);
      const second = record({ id: first.id, subject: 'Another' });
      await rejects(store.create(second), `there is an order "${first.id}" in the store already`);
      equal(await store.get(first.id), first, 'get');
      equal(await store.findByIdempotencyKey(second.idempotencyKey), undefined, 'its key');
      equal(await store.findOpen(String(second.reference)), undefined, 'its reference');
    },
  ],
  [
    'answers the open order that has the reference, and no closed one',
    async ({ store, other, record }) => {
      const first = record();
      const { reference } = first;
      await store.create(first);
      equal((await other.create(record({ reference }))).record, first, 'the open order');
      await store.update(first.id, (order) => ({ ...order, status: 'scanned' }));
      equal((await store.create(record({ reference }))).record.id, first.id, 'the scanned order');
      await other.update(first.id, cancelled);
      const next = record({ reference });
      equal(await store.create(next), { record: next, created: true }, 'create');
    },
  ],
  [
    'keeps nothing of a record that was refused for another',
    async ({ store, record }) => {
      const first = record();
      await store.create(first);
      const refused = record({ reference: first.reference });
      await store.create(refused);
      equal(await store.get(refused.id), undefined, 'get');
      equal(await store.findByIdempotencyKey(refused.idempotencyKey), undefined, 'its key');
    },
  ],
  [
    'answers the paid order of the reference until the shop took it, before any open one',
    async ({ store, record }) => {
      const reference = unique('cart');
      const create = () => store.create(record({ reference }));
      const { record: first } = await create();
      await store.update(first.id, cancelled);
      const { record: second } = await create();
      await store.update(first.id, paid);
      equal((await create()).record.id, first.id, 'before it was taken');
      equal((await store.findOpen(reference))?.id, second.id, 'findOpen');
      await store.update(first.id, told);
      equal((await create()).record.id, second.id, 'after it was taken');
    },
  ],
  [
    'names the newest paid order a new one follows, also over closed ones between',
    async ({ store, record }) => {
      const reference = unique('cart');
      const create = () => store.create(record({ reference }));
      const settle = async (id: string) => {
        await store.update(id, paid);
        return (await store.update(id, told)).record;
      };
      const { record: first, paidBefore: none } = await create();
      equal(none, undefined, 'paidBefore of the first');
      const taken = await settle(first.id);
      const second = await create();
      equal([second.created, second.paidBefore], [true, taken], 'the second');
      await store.update(second.record.id, cancelled);
      const third = await create();
      equal(third.paidBefore?.id, first.id, 'paidBefore of the third');
      await settle(third.record.id);
      const fourth = await create();
      equal(fourth.paidBefore?.id, third.record.id, 'paidBefore of the fourth');
      await store.update(third.record.id, (order) => ({ ...order, status: 'refunded' }));
      await store.update(fourth.record.id, cancelled);
      equal((await create()).paidBefore?.id, first.id, 'paidBefore once the newest is refunded');
    },
  ],
  [
    'keeps any number of orders without a reference',
    async ({ store }) => {
      for (let count = 0; count < 3; count += 1) {
        const { reference: _, ...nameless } = newRecord();
        equal(await store.create(nameless), { record: nameless, created: true }, 'create');
      }
    },
  ],
  [
    'finds the open order of a reference',
    async ({ store, other, record }) => {
      const order = record();
      await store.create(order);
      equal(await other.findOpen(String(order.reference)), order, 'while it is open');
      await other.update(order.id, paid);
      equal(await store.findOpen(String(order.reference)), undefined, 'once it is paid');
    },
  ],
  [
    'binds a further key to an order, once, with what was wished under it',
    async ({ store, other, record }) => {
      const [first, second] = [record(), record()];
      await store.create(first);
      await store.create(second);
      const key = unique('further');
      const wish = { reference: 'cart', details: { size: 'L' } };
      equal(await store.bindKey(key, first.id, wish), first.id, 'the first binding');
      equal(await other.bindKey(key, second.id, {}), first.id, 'a second binding');
      equal(
        await store.bindKey(second.idempotencyKey, first.id, wish),
        second.id,
        'of a first key',
      );
      equal(await other.findByIdempotencyKey(key), { record: first, wish }, 'what it stands for');
      const late = record({ idempotencyKey: key });
      equal(await store.create(late), { record: first, created: false }, 'create under it');
    },
  ],
  [
    'lets one of many simultaneous bindings of a key win',
    async (scene) => {
      const orders = Array.from({ length: 20 }, () => scene.record());
      for (const order of orders) await scene.store.create(order);
      const key = unique('rival');
      const bound = await Promise.all(
        inTurn(scene, 20).map((handle, index) => handle.bindKey(key, orders[index]?.id ?? '', {})),
      );
      equal(new Set(bound).size, 1, 'the number of winners');
      const found = await scene.other.findByIdempotencyKey(key);
      equal(found?.record.id, bound[0], 'the order the key stands for');
    },
  ],
  [
    'lets one of many simultaneous creates for a reference win',
    async (scene) => {
      const reference = unique('cart');
      const answers = await Promise.all(
        inTurn(scene, 20).map((handle) => handle.create(scene.record({ reference }))),
      );
      equal(answers.filter(({ created }) => created).length, 1, 'the number created');
      equal(new Set(answers.map(({ record }) => record.id)).size, 1, 'the number answered');
    },
  ],
  [
    'lets one of many simultaneous creates under a key win',
    async (scene) => {
      const idempotencyKey = unique('key');
      const answers = await Promise.all(
        inTurn(scene, 20).map((handle) => handle.create(scene.record({ idempotencyKey }))),
      );
      equal(answers.filter(({ created }) => created).length, 1, 'the number created');
      equal(new Set(answers.map(({ record }) => record.id)).size, 1, 'the number answered');
    },
  ],
];
