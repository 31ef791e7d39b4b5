import type { OrderRecord, OrderStore, RefundRecord } from '../order-store.ts';
import { equal } from './check.ts';
import { cancelled, newRecord, paid, start, told, unique } from './new-record.ts';
import type { Case } from './scene.ts';

const refund: RefundRecord = {
  id: 'refund',
  amount: '1.00',
  status: 'pending',
  createdAt: start,
  told: false,
};

const withRefund =
  (changes: Partial<RefundRecord>) =>
  (record: OrderRecord): OrderRecord => ({ ...record, refunds: [{ ...refund, ...changes }] });

/** Whether the store counts `id` among the unsettled, whatever else it keeps. */
async function isListed(store: OrderStore, id: string): Promise<boolean> {
  const page = await store.unsettled(10, id.slice(0, -1));
  return page.some((record) => record.id === id);
}

/** Pages until there are no more, or ids are past those that begin with `prefix`. */
async function listed(store: OrderStore, prefix: string, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let after = prefix; ; ) {
    const page = (await store.unsettled(limit, after)).map(({ id }) => id);
    if (page.length > limit) throw new Error(`a page of ${page.length}, asked for ${limit}`);
    ids.push(...page.filter((id) => id.startsWith(prefix)));
    const last = page.at(-1);
    if (last === undefined || !last.startsWith(prefix)) return ids;
    after = last;
  }
}

export const unsettledCases: Case[] = [
  [
    'counts an order among the unsettled for as long as there is something to do',
    async ({ store, other, record }) => {
      const order = record();
      const steps: [string, (record: OrderRecord) => OrderRecord, boolean][] = [
        ['scanned', (present) => ({ ...present, status: 'scanned' }), true],
        ['cancelled', cancelled, true],
        ['the shop knows', told, false],
        ['paid after all', paid, true],
        ['the shop knows', told, false],
        ['a refund', withRefund({}), true],
        ['it succeeded', withRefund({ status: 'succeeded' }), true],
        ['the shop knows', withRefund({ status: 'succeeded', told: true }), false],
        ['a refund that failed', withRefund({ status: 'failed' }), false],
      ];
      await store.create(order);
      equal(await isListed(other, order.id), true, 'once created');
      for (const [step, change, expected] of steps) {
        await store.update(order.id, change);
        equal(await isListed(other, order.id), expected, step);
      }
    },
  ],
  [
    'keeps an order that is settled from the start out of the unsettled',
    async ({ store }) => {
      const order = told(paid(newRecord()));
      await store.create(order);
      equal(await isListed(store, order.id), false, 'listed');
    },
  ],
  [
    'pages through the unsettled by ascending id',
    async ({ store, record }) => {
      const prefix = unique('page');
      const ids = Array.from({ length: 25 }, (_, index) => `${prefix}-${(index * 7) % 25}`);
      for (const id of ids) await store.create(record({ id }));
      for (const limit of [1, 10, 25, 100]) {
        equal(await listed(store, prefix, limit), [...ids].sort(), `in pages of ${limit}`);
      }
      equal((await store.unsettled(3, prefix)).length, 3, 'the length of one page');
    },
  ],
  [
    'begins at the lowest id when told no other',
    async ({ store, record }) => {
      const id = ` ${unique('lowest')}`;
      const order = record({ id });
      await store.create(order);
      const page = await store.unsettled(1000);
      equal(
        page.find((found) => found.id === id),
        order,
        'the first page',
      );
      await store.update(id, (present) => told(cancelled(present)));
    },
  ],
  [
    'pages over each order that is unsettled all the time once, whatever others change',
    async ({ store, other, record }) => {
      const prefix = unique('page');
      const id = (index: number) => `${prefix}-${String(index).padStart(2, '0')}`;
      for (let index = 0; index < 30; index += 1) await store.create(record({ id: id(index) }));
      const seen: string[] = [];
      let change = 0;
      for (let after = prefix; ; ) {
        const page = (await store.unsettled(4, after)).filter((one) => one.id.startsWith(prefix));
        seen.push(...page.map((one) => one.id));
        const last = page.at(-1);
        if (last === undefined) break;
        after = last.id;
        await other.update(id(change), (present) => told(cancelled(present)));
        await other.update(id(29 - change), (present) => ({ ...present, orderNo: '131' }));
        await other.create(record({ id: `${id(change)}-new` }));
        change += 1;
      }
      const steady = Array.from({ length: 30 }, (_, index) => id(index)).slice(change);
      equal(
        steady.map((one) => seen.filter((other) => other === one).length),
        steady.map(() => 1),
        'how often each was answered',
      );
    },
  ],
];
