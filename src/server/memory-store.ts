/** Orders in memory, for tests and development: they are gone when the process ends. */
import { canFollow, isOpen } from './order-status.ts';
import type { OrderRecord, OrderStore } from './order-store.ts';

type Listener = (record: OrderRecord) => void;

/** A store for one process. It keeps everything until the process ends. */
export function memoryStore(): OrderStore {
  const orders = new Map<string, OrderRecord>();
  const idsByKey = new Map<string, string>();
  const openIdsByReference = new Map<string, string>();
  const listeners = new Map<string, Set<Listener>>();

  const find = (id: string | undefined) => (id === undefined ? undefined : orders.get(id));

  function existing(id: string): OrderRecord {
    const record = orders.get(id);
    if (record === undefined) throw new Error(`there is no order "${id}" in the store`);
    return record;
  }

  function keep(record: OrderRecord): OrderRecord {
    orders.set(record.id, record);
    const { reference } = record;
    if (reference !== undefined && isOpen(record)) openIdsByReference.set(reference, record.id);
    else if (reference !== undefined && openIdsByReference.get(reference) === record.id) {
      openIdsByReference.delete(reference);
    }
    return record;
  }

  function change(record: OrderRecord): OrderRecord {
    keep(record);
    for (const listener of [...(listeners.get(record.id) ?? [])]) listener(copy(record));
    return copy(record);
  }

  return {
    async create(record) {
      const { idempotencyKey, reference } = record;
      const openId = reference === undefined ? undefined : openIdsByReference.get(reference);
      const other = find(idsByKey.get(idempotencyKey) ?? openId);
      if (other) return { record: copy(other), created: false };
      idsByKey.set(idempotencyKey, record.id);
      return { record: copy(keep(copy(record))), created: true };
    },

    async get(id) {
      return copy(orders.get(id));
    },

    async findByIdempotencyKey(key) {
      return copy(find(idsByKey.get(key)));
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
      keep({ ...record, lastQueriedAt: at });
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

const copy = <Value>(value: Value): Value => structuredClone(value);
