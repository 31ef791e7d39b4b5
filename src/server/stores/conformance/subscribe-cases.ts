import type { OrderRecord } from '../order-store.ts';
import { equal } from './check.ts';
import { newRecord, paid, start, told } from './new-record.ts';
import type { Case } from './scene.ts';

/** Everything a listener was told, and a way to wait for one of them. */
function listening(patience: number) {
  const heard: OrderRecord[] = [];
  let look = () => {};
  return {
    heard,
    listener(record: OrderRecord) {
      heard.push(record);
      look();
    },
    /** @throws Error when nothing like it is told in time */
    until(what: string, isIt: (record: OrderRecord) => boolean): Promise<void> {
      return new Promise((resolve, reject) => {
        const fail = () => reject(new Error(`${what} was not told within ${patience} ms`));
        const timer = setTimeout(fail, patience);
        look = () => {
          if (!heard.some(isIt)) return;
          clearTimeout(timer);
          resolve();
        };
        look();
      });
    },
  };
}

const at = (updatedAt: number) => (record: OrderRecord) => ({ ...record, updatedAt });

export const subscribeCases: Case[] = [
  [
    'tells a change to subscribers of both handles, whichever made it',
    async ({ store, other, record, patience }) => {
      const order = record();
      await store.create(order);
      const [here, there] = [listening(patience), listening(patience)];
      await store.subscribe(order.id, here.listener);
      await other.subscribe(order.id, there.listener);
      await store.update(order.id, at(start + 1));
      for (const { until } of [here, there]) await until('a change', (r) => r.updatedAt > start);
      await other.update(order.id, paid);
      for (const { until } of [here, there]) await until('paid', (r) => r.status === 'paid');
      for (const { heard } of [here, there]) {
        equal(heard.at(-1), paid({ ...order, updatedAt: start + 1 }), 'what was told last');
      }
    },
  ],
  [
    'misses no change once it is subscribed',
    async ({ store, other, record, patience }) => {
      for (let round = 0; round < 20; round += 1) {
        const order = record();
        await store.create(order);
        const { listener, until } = listening(patience);
        const stop = await store.subscribe(order.id, listener);
        await other.update(order.id, paid);
        await until(`the change of round ${round}`, ({ status }) => status === 'paid');
        stop();
      }
    },
  ],
  [
    'tells the last of many changes, and nothing older after it',
    async ({ store, other, record, patience }) => {
      const order = record();
      await store.create(order);
      const { heard, listener, until } = listening(patience);
      await store.subscribe(order.id, listener);
      for (let step = 1; step <= 30; step += 1) {
        await (step % 3 === 0 ? other : store).update(order.id, at(start + step));
      }
      await until('the last change', ({ updatedAt }) => updatedAt === start + 30);
      const times = heard.map(({ updatedAt }) => updatedAt);
      equal(
        times,
        [...times].sort((one, two) => one - two),
        'the order of what was told',
      );
    },
  ],
  [
    'tells of its own order alone, of changes alone, until it leaves',
    async ({ store, other, record, patience }) => {
      const [order, another] = [record(), record()];
      await store.create(order);
      await store.create(another);
      const [first, second] = [listening(patience), listening(patience)];
      const stop = await store.subscribe(order.id, first.listener);
      await store.subscribe(order.id, second.listener);
      await other.update(another.id, paid);
      await other.update(order.id, (present) => present);
      await store.claim(`query ${order.id}`, 'holder', start, start + 1);
      await other.bindKey(newRecord().idempotencyKey, order.id, {});
      await other.update(order.id, paid);
      for (const { until } of [first, second]) await until('paid', (r) => r.status === 'paid');
      stop();
      await other.update(order.id, told);
      await second.until('told', (r) => r.told === 'paid');
      const heard = first.heard.map(({ id, status, told }) => `${id} ${status} ${told}`);
      equal([...new Set(heard)], [`${order.id} paid undefined`], 'what the first was told');
    },
  ],
  [
    'keeps two subscriptions of one function apart',
    async ({ store, other, record, patience }) => {
      const order = record();
      await store.create(order);
      const { listener, until } = listening(patience);
      const stop = await store.subscribe(order.id, listener);
      await store.subscribe(order.id, listener);
      stop();
      stop();
      await other.update(order.id, paid);
      await until('paid', ({ status }) => status === 'paid');
    },
  ],
  [
    'subscribes again after the last has left',
    async ({ store, other, record, patience }) => {
      const order = record();
      await store.create(order);
      const [first, second] = [listening(patience), listening(patience)];
      (await store.subscribe(order.id, first.listener))();
      const waiting = store.subscribe(order.id, first.listener);
      (await waiting)();
      await store.subscribe(order.id, second.listener);
      await other.update(order.id, paid);
      await second.until('paid', ({ status }) => status === 'paid');
      equal(first.heard, [], 'what the one who left was told');
    },
  ],
  [
    'gives every subscriber a record of its own',
    async ({ store, record, patience }) => {
      const order = record({ details: { items: [1] } });
      await store.create(order);
      const second = listening(patience);
      await store.subscribe(order.id, (told) => Object.assign(told, { status: 'failed' }));
      await store.subscribe(order.id, second.listener);
      await store.update(order.id, paid);
      await second.until('a change', ({ id }) => id === order.id);
      equal(second.heard.at(-1), paid(order), 'what the second was told');
      equal(await store.get(order.id), paid(order), 'get');
    },
  ],
];
