/** Orders in memory, for tests and development: they are gone when the process ends. */
import { awaitsPaid, isOpen, isUnsettled } from '../orders/order-status.ts';
import { type Wish, wishOf } from '../orders/wish.ts';
import { idTaken, noSuchOrder, type OrderRecord, type OrderStore } from './order-store.ts';

type Listener = (record: OrderRecord) => void;

/** A claim is forgotten once it has been over for so long, ms: no caller's clock is that far behind. */
const claimMemory = 3_600_000;

/** A store for one process. It keeps everything until the process ends. */
export function memoryStore(): OrderStore {
  const orders = new Map<string, OrderRecord>();
  const keys = new Map<string, { id: string; wish: Wish }>();
  const idsByReference = new Map<string, string[]>();
  const claims = new Map<string, { holder: string; until: number }>();
  let manyClaims = 1000;
  const unsettled = new Set<string>();
  const listeners = new Map<string, Set<Listener>>();

  /** Oldest first. */
  function ofReference(reference: string | undefined): OrderRecord[] {
    const ids = reference === undefined ? [] : (idsByReference.get(reference) ?? []);
    return ids.map(existing);
  }

  function existing(id: string): OrderRecord {
    const record = orders.get(id);
    if (record === undefined) throw noSuchOrder(id);
    return record;
  }

  /** Whenever their number has doubled, so that a claim costs the same however many there are. */
  function forgetClaims(now: number): void {
    if (claims.size < manyClaims) return;
    for (const [name, { until }] of claims) if (until < now - claimMemory) claims.delete(name);
    manyClaims = Math.max(1000, claims.size * 2);
  }

  function keep(record: OrderRecord): void {
    orders.set(record.id, record);
    if (isUnsettled(record)) unsettled.add(record.id);
    else unsettled.delete(record.id);
  }

  return {
    async create(record) {
      const { id, idempotencyKey, reference, requestedReference, details } = record;
      const rivals = ofReference(reference);
      const bound = keys.get(idempotencyKey);
      const other = bound ? existing(bound.id) : (rivals.find(awaitsPaid) ?? rivals.find(isOpen));
      if (other) return { record: copy(other), created: false };
      if (orders.has(id)) throw idTaken(id);
      const wish = { reference: requestedReference, details };
      keys.set(idempotencyKey, { id, wish: kept(wishOf(wish)) });
      keep(kept(record));
      if (reference !== undefined) idsByReference.set(reference, [...rivals.map(idOf), id]);
      const paidBefore = rivals.findLast(({ status }) => status === 'paid');
      return {
        record: copy(existing(id)),
        created: true,
        ...(paidBefore && { paidBefore: copy(paidBefore) }),
      };
    },

    async get(id) {
      const record = orders.get(id);
      return record && copy(record);
    },

    async findByIdempotencyKey(key) {
      const bound = keys.get(key);
      return bound && copy({ record: existing(bound.id), wish: bound.wish });
    },

    async bindKey(key, id, wish) {
      const bound = keys.get(key) ?? { id, wish: kept(wish) };
      keys.set(key, bound);
      return bound.id;
    },

    async findOpen(reference) {
      const record = ofReference(reference).find(isOpen);
      return record && copy(record);
    },

    async update(id, change) {
      const before = copy(existing(id));
      const record = change(before);
      if (record === before) return { before, record };
      const after = kept(record);
      keep(after);
      for (const listener of [...(listeners.get(id) ?? [])]) listener(copy(after));
      return { before, record: copy(after) };
    },

    async claim(name, holder, now, until) {
      const present = claims.get(name);
      if (present && present.holder !== holder && present.until > now) return false;
      forgetClaims(now);
      claims.set(name, { holder, until });
      return true;
    },

    async release(name, holder) {
      if (claims.get(name)?.holder === holder) claims.delete(name);
    },

    async unsettled(limit, after = '') {
      const ids = [...unsettled].filter((id) => id > after).sort();
      return ids.slice(0, limit).map((id) => copy(existing(id)));
    },

    async subscribe(id, listener) {
      const set = listeners.get(id) ?? new Set();
      const own: Listener = (record) => listener(record);
      listeners.set(id, set.add(own));
      return () => {
        set.delete(own);
        if (set.size === 0 && listeners.get(id) === set) listeners.delete(id);
      };
    },
  };
}

const idOf = ({ id }: OrderRecord): string => id;

/** Through JSON, as every store keeps its records: what is `undefined` is absent afterwards. */
const kept = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

/** Of what is kept, for somebody who may change it: sooner made than through JSON. */
const copy = <Value>(value: Value): Value => copyOfJson(value) as Value;

function copyOfJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOfJson);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  if (!members.some(([, member]) => typeof member === 'object')) return { ...value };
  return Object.fromEntries(members.map(([name, member]) => [name, copyOfJson(member)]));
}
