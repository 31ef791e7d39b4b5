/** What every store must do, whatever keeps its orders. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OrderRecord, OrderStore } from '../../../src/server/index.ts';
import { start } from './fake-clock.ts';

let count = 0;

/** A new open order; every call gives another id, key and reference. */
function record(changes: Partial<OrderRecord> = {}): OrderRecord {
  count += 1;
  return {
    id: `order-${count}`,
    status: 'pending',
    amount: '12.34',
    currency: 'AED',
    subject: 'Cart',
    reference: `cart-${count}`,
    idempotencyKey: `key-${count}`,
    notifyUrl: 'https://shop.example/notify',
    expiresAt: start + 1000,
    createdAt: start,
    updatedAt: start,
    fulfilled: false,
    ...changes,
  };
}

const updatedAt = start + 1;

export function testStore(name: string, open: () => OrderStore | Promise<OrderStore>): void {
  describe(name, () => {
    it('keeps and finds an order', async () => {
      const store = await open();
      const order = record({ details: { items: [1, { a: 'ب' }] } });
      assert.deepEqual(await store.create(order), { record: order, created: true });
      assert.deepEqual(await store.get(order.id), order);
      const { idempotencyKey, details } = order;
      assert.deepEqual(await store.findByIdempotencyKey(idempotencyKey), {
        record: order,
        wish: { details },
      });
      assert.equal(await store.get('nobody'), undefined);
      assert.equal(await store.findByIdempotencyKey('nobody'), undefined);
    });

    it('answers the order that has the idempotency key already, open or not', async () => {
      const store = await open();
      const first = record();
      await store.create(first);
      await store.transition(first.id, 'expired', { updatedAt });
      const second = record({ idempotencyKey: first.idempotencyKey });
      const answer = await store.create(second);
      assert.equal(answer.created, false);
      assert.equal(answer.record.id, first.id);
      assert.equal(await store.get(second.id), undefined);
    });

    it('answers the open order that has the reference, and no closed one', async () => {
      const store = await open();
      const first = record({ reference: 'cart' });
      await store.create(first);
      assert.equal((await store.create(record({ reference: 'cart' }))).record.id, first.id);
      await store.transition(first.id, 'cancelled', { updatedAt });
      const next = record({ reference: 'cart' });
      assert.deepEqual(await store.create(next), { record: next, created: true });
    });

    it('answers the paid order of the reference until the shop took it, before any open one', async () => {
      const store = await open();
      const create = () => store.create(record({ reference: 'paid-cart' }));
      const { record: first } = await create();
      await store.transition(first.id, 'cancelled', { updatedAt });
      const { record: second } = await create();
      await store.transition(first.id, 'paid', { updatedAt });
      const { id } = (await create()).record;
      assert.equal(id, first.id);
      await store.markFulfilled(first.id, updatedAt);
      assert.equal((await create()).record.id, second.id);
    });

    it('names the paid order a new one follows, also over closed ones between', async () => {
      const store = await open();
      const create = () => store.create(record({ reference: 'twice' }));
      const { record: first, paidBefore: none } = await create();
      assert.equal(none, undefined);
      await store.transition(first.id, 'paid', { updatedAt });
      const taken = await store.markFulfilled(first.id, updatedAt);
      const second = await create();
      assert.deepEqual([second.created, second.paidBefore], [true, taken]);
      await store.transition(second.record.id, 'cancelled', { updatedAt });
      assert.equal((await create()).paidBefore?.id, first.id);
    });

    it('binds a further key to an order, once, with what was wished under it', async () => {
      const store = await open();
      const [first, second] = [record(), record()];
      await store.create(first);
      await store.create(second);
      const wish = { reference: 'cart', details: { size: 'L' } };
      assert.equal(await store.bindKey('further', first.id, wish), first.id);
      assert.equal(await store.bindKey('further', second.id, {}), first.id);
      assert.equal(await store.bindKey(second.idempotencyKey, first.id, wish), second.id);
      assert.deepEqual(await store.findByIdempotencyKey('further'), { record: first, wish });
      const late = record({ idempotencyKey: 'further' });
      assert.deepEqual(await store.create(late), { record: first, created: false });
    });

    it('lets one of many simultaneous bindings of a key win', async () => {
      const store = await open();
      const orders = Array.from({ length: 20 }, () => record());
      for (const order of orders) await store.create(order);
      const bound = await Promise.all(orders.map(({ id }) => store.bindKey('rival-key', id, {})));
      assert.equal(new Set(bound).size, 1);
    });

    it('finds the open order of a reference', async () => {
      const store = await open();
      const order = record({ reference: 'sought' });
      assert.equal(await store.findOpen('sought'), undefined);
      await store.create(order);
      assert.deepEqual(await store.findOpen('sought'), order);
      await store.transition(order.id, 'paid', { updatedAt });
      assert.equal(await store.findOpen('sought'), undefined);
    });

    it('lets one of many simultaneous creates win', async () => {
      const store = await open();
      const rivals = Array.from({ length: 20 }, () => record({ reference: 'rivals' }));
      const answers = await Promise.all(rivals.map((rival) => store.create(rival)));
      assert.equal(answers.filter(({ created }) => created).length, 1);
      assert.equal(new Set(answers.map((answer) => answer.record.id)).size, 1);
    });

    it('keeps any number of orders without a reference', async () => {
      const store = await open();
      const { reference: _, ...nameless } = record();
      const { reference: __, ...another } = record();
      assert.equal((await store.create(nameless)).created, true);
      assert.equal((await store.create(another)).created, true);
    });

    it('moves and patches together, or not at all', async () => {
      const store = await open();
      const order = record();
      await store.create(order);
      const paid = await store.transition(order.id, 'paid', { updatedAt, paidAmount: '12.00' });
      assert.deepEqual(paid, {
        record: { ...order, status: 'paid', updatedAt, paidAmount: '12.00' },
        from: 'pending',
        changed: true,
      });
      const late = { updatedAt: updatedAt + 1, failure: { code: 'LATE' } };
      const refused = await store.transition(order.id, 'failed', late);
      assert.deepEqual(refused, { record: paid.record, from: 'paid', changed: false });
      assert.deepEqual(await store.get(order.id), paid.record);
    });

    it('lets one of many simultaneous moves win', async () => {
      const store = await open();
      const order = record();
      await store.create(order);
      const moves = await Promise.all(
        Array.from({ length: 20 }, () => store.transition(order.id, 'paid', { updatedAt })),
      );
      assert.equal(moves.filter(({ changed }) => changed).length, 1);
    });

    it('patches fields and leaves the others alone', async () => {
      const store = await open();
      const order = record();
      await store.create(order);
      await store.patch(order.id, { updatedAt, tokenUrl: 'https://qr.payby.com?ft=1' });
      await store.patch(order.id, { updatedAt, orderNo: '131' });
      const fulfilled = await store.markFulfilled(order.id, updatedAt + 1);
      assert.deepEqual(fulfilled, {
        ...order,
        tokenUrl: 'https://qr.payby.com?ft=1',
        orderNo: '131',
        fulfilled: true,
        updatedAt: updatedAt + 1,
      });
    });

    it('refuses to change an order it does not have', async () => {
      const store = await open();
      await assert.rejects(store.patch('nobody', { updatedAt }), /no order "nobody"/);
      await assert.rejects(store.transition('nobody', 'paid', { updatedAt }), /no order "nobody"/);
      await assert.rejects(store.markFulfilled('nobody', updatedAt), /no order "nobody"/);
    });

    it('gives the right to query to one of many', async () => {
      const store = await open();
      const order = record();
      await store.create(order);
      const claims = Array.from({ length: 20 }, () => store.claimQuery(order.id, start, start - 1));
      assert.equal((await Promise.all(claims)).filter(Boolean).length, 1);
      assert.equal(await store.claimQuery(order.id, start + 9, start - 1), false);
      assert.equal(await store.claimQuery(order.id, start + 9, start), true);
      assert.equal((await store.get(order.id))?.lastQueriedAt, start + 9);
    });

    it('tells subscribers of one order what changed, until they leave', async () => {
      const store = await open();
      const [order, other] = [record(), record()];
      await store.create(order);
      await store.create(other);
      const heard: string[] = [];
      const stop = await store.subscribe(order.id, ({ status }) => heard.push(status));
      await store.transition(other.id, 'paid', { updatedAt });
      await store.claimQuery(order.id, start, start);
      await store.patch(order.id, { updatedAt, orderNo: '131' });
      await store.transition(order.id, 'paid', { updatedAt });
      await store.transition(order.id, 'failed', { updatedAt });
      await store.markFulfilled(order.id, updatedAt);
      stop();
      await store.transition(order.id, 'refunded', { updatedAt });
      assert.deepEqual(heard, ['pending', 'paid', 'paid']);
    });

    it('hands out values: changing one changes nothing', async () => {
      const store = await open();
      const details = { items: [1] };
      const order = record({ details });
      await store.create(order);
      details.items.push(2);
      const found = await store.get(order.id);
      assert.deepEqual(found?.details, { items: [1] });
    });
  });
}
