/** Orders in memory, for tests and development: they are gone when the process ends. */
import { awaitsShop, canFollow, isOpen } from '../orders/order-status.ts';
import { type Wish, wishOf } from '../orders/wish.ts';
import type { OrderRecord, OrderStore } from './order-store.ts';

type Listener = (record: OrderRecord) => void;

/** A store for one process. It keeps everything until the process ends. */
export function memoryStore(): OrderStore {
  const orders = new Map<string, OrderRecord>();
  const keys = new Map<string, { id: string; wish: Wish }>();
  const idsByReference = new Map<string, string[]>();
  const listeners = new Map<string, Set<Listener>>();

  /** Oldest first. */
  function ofReference(reference: string | undefined): OrderRecord[] {
    const ids = reference === undefined ? [] : (idsByReference.get(reference) ?? []);
    return ids.map(existing);
  }

  function existing(id: string): OrderRecord {
    const record = orders.get(id);
    if (record === undefined) throw new Error(`there is no order "${id}" in the store`);
    return record;
  }

  function change(record: OrderRecord): OrderRecord {
    orders.set(record.id, record);
    for (const listener of [...(listeners.get(record.id) ?? [])]) listener(copy(record));
    return copy(record);
  }

  return {
    async create(record) {
      const { id, idempotencyKey, reference, requestedReference, details } = record;
      const rivals = ofReference(reference);
      const bound = keys.get(idempotencyKey);
      const other = bound ? existing(bound.id) : (rivals.find(awaitsShop) ?? rivals.find(isOpen));
      if (other) return { record: copy(other), created: false };
      const wish = { reference: requestedReference, details };
      keys.set(idempotencyKey, { id, wish: copy(wishOf(wish)) });
      orders.set(id, copy(record));
      if (reference !== undefined) idsByReference.set(reference, [...rivals.map(idOf), id]);
      const paidBefore = rivals.findLast(({ status }) => status === 'paid');
      return {
        record: copy(record),
        created: true,
        ...(paidBefore && { paidBefore: copy(paidBefore) }),
      };
    },

    async get(id) {
      return copy(orders.get(id));
    },

    async findByIdempotencyKey(key) {
      const bound = keys.get(key);
      return bound && copy({ record: existing(bound.id), wish: bound.wish });
    },

    async bindKey(key, id, wish) {
      const bound = keys.get(key) ?? { id, wish: copy(wish) };
      keys.set(key, bound);
      return bound.id;
    },

    async findOpen(reference) {
      return copy(ofReference(reference).find(isOpen));
    },

    async transition(id, to, patch) {
      const record = existing(id);
      const from = record.status;
      if (!canFollow(from, to)) return { record: copy(record), from, changed: false };
      return { record: change({ ...record, ...copy(patch), status: to }), from, changed: true };
    },

    async patch(id, patch) {
      return change({ ...existing(id), ...copy(patch) });
    },

    async markFulfilled(id, at) {
      return change({ ...existing(id), fulfilled: true, updatedAt: at });
    },

    async claimQuery(id, at, notAfter) {
      const record = existing(id);
      if (record.lastQueriedAt !== undefined && record.lastQueriedAt > notAfter) return false;
      orders.set(id, { ...record, lastQueriedAt: at });
      return true;
    },

    async subscribe(id, listener) {
      const set = listeners.get(id) ?? new Set();
      listeners.set(id, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(id) === set) listeners.delete(id);
      };
    },
  };
}

const idOf = ({ id }: OrderRecord): string => id;

const copy = <Value>(value: Value): Value => structuredClone(value);
