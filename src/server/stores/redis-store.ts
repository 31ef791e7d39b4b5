/** Orders in Redis, for any number of processes and machines. */
import { entryOf } from '../../troubleshooting.ts';
import { awaitsPaid, isOpen, isUnsettled } from '../orders/order-status.ts';
import { wishOf } from '../orders/wish.ts';
import { idTaken, noSuchOrder, type OrderRecord, type OrderStore } from './order-store.ts';
import { type Piece, type RedisClient, scriptRunner } from './redis-client.ts';
import { createFeed } from './redis-feed.ts';
import {
  bindScript,
  byKeyScript,
  claimScript,
  createScript,
  openScript,
  readScript,
  releaseScript,
  replaceScript,
  unsettledScript,
} from './redis-scripts.ts';
import { storable } from './storable-text.ts';

export type { RedisClient, RedisSubscriber } from './redis-client.ts';

export interface RedisStoreOptions {
  /** What the names of its keys begin with, in braces; `payby` when left out. */
  readonly prefix?: string;
  /**
   * How long an order and its idempotency key are kept after the change that settled it, ms, and a further
   * key after it was given; 180 days when left out, for so long PayBy pays back. Unsettled orders stay.
   */
  readonly retention?: number;
}

const day = 86_400_000;
/** A claim is forgotten once it has been over for so long, ms: no caller's clock is that far behind. */
const claimMemory = 3_600_000;

/**
 * A store in the Redis (7 or newer) that `client` is connected to, a `createClient()` of the package
 * `redis`, version 5 or newer. The client stays the shop's: the shop connects it, hears its errors and
 * closes it, after the store. The store opens one further connection while orders are followed.
 *
 * Redis must keep what it says it has kept, for PayBy is told SUCCESS on the strength of it and does not
 * say it again: `appendonly yes`, and `appendfsync always`. With `everysec` a power cut takes the payments
 * of the last second or two; a restart of Redis alone takes none as a rule. `maxmemory-policy` must be
 * `noeviction`, or Redis throws orders away when it is full. A replica that takes over lacks what it had
 * not received yet.
 *
 * @throws Error for a prefix or a retention that cannot be used
 */
export function redisStore(
  client: RedisClient,
  { prefix = 'payby', retention = 180 * day }: RedisStoreOptions = {},
): OrderStore {
  if (!/^[^{}]+$/.test(prefix)) {
    throw new Error(
      `redisStore: prefix "${prefix}" must be a text without braces, such as "payby"; see ${entryOf('redisstore')}`,
    );
  }
  if (!Number.isSafeInteger(retention) || retention < 1) {
    throw new Error(
      `redisStore: retention ${retention} must be a whole number of milliseconds above 0; see ${entryOf('redisstore')}`,
    );
  }
  const base = `{${prefix}}`;
  const run = scriptRunner(client, base);
  const channelPrefix = `${base}:changed:`;
  const feed = createFeed({
    client,
    channelPrefix,
    async read(id) {
      const [version, json] = await run(readScript, id);
      return version === undefined || json === undefined ? undefined : { version, json };
    },
  });
  const newVersion = versions();

  return {
    async create(record) {
      const { id, idempotencyKey, reference, requestedReference, details } = record;
      const json = JSON.stringify(record);
      const wish = JSON.stringify(wishOf({ reference: requestedReference, details }));
      const [outcome, other] = await run(
        createScript,
        storable(id),
        json,
        newVersion(),
        flagsOf(record),
        retention,
        storable(idempotencyKey),
        wish,
        reference === undefined ? 0 : 1,
        storable(reference ?? ''),
      );
      if (outcome === '-1') throw idTaken(id);
      if (outcome === '0') return { record: parsed(other), created: false };
      return {
        record: JSON.parse(json),
        created: true,
        ...(other !== undefined && { paidBefore: parsed(other) }),
      };
    },

    async get(id) {
      const [, json] = await run(readScript, storable(id));
      return json === undefined ? undefined : parsed(json);
    },

    async findByIdempotencyKey(key) {
      const [json, wish] = await run(byKeyScript, storable(key));
      return wish === undefined ? undefined : { record: parsed(json), wish: JSON.parse(wish) };
    },

    async bindKey(key, id, wish) {
      const json = JSON.stringify(wishOf(wish));
      const [bound] = await run(bindScript, storable(key), storable(id), json, retention);
      return idFrom(bound);
    },

    async findOpen(reference) {
      const [json] = await run(openScript, storable(reference));
      return json === undefined ? undefined : parsed(json);
    },

    async update(id, change) {
      const key = storable(id);
      let [version, present] = await run(readScript, key);
      for (;;) {
        if (version === undefined) throw noSuchOrder(id);
        const before = parsed(present);
        const changed = change(before);
        if (changed === before) return { before, record: before };
        const json = JSON.stringify(changed);
        const flags = flagsOf(changed);
        const channel = channelPrefix + key;
        const next = newVersion();
        const answer = await run(
          replaceScript,
          key,
          json,
          next,
          flags,
          retention,
          version,
          channel,
        );
        if (answer[0] === '1') return { before, record: JSON.parse(json) };
        [, version, present] = answer;
      }
    },

    async claim(name, holder, now, until) {
      const memory = Math.ceil(Math.max(until - now, 0)) + claimMemory;
      const [taken] = await run(claimScript, storable(name), holder, now, until, memory);
      return taken === '1';
    },

    async release(name, holder) {
      await run(releaseScript, storable(name), holder);
    },

    async unsettled(limit, after = '') {
      const from = after === '' ? '-' : `(${storable(after)}`;
      return (await run(unsettledScript, from, limit)).map(parsed);
    },

    subscribe: (id, listener) => feed.subscribe(storable(id), listener),

    async close() {
      feed.close();
    },
  };
}

/**
 * Versions are new in every process and for ever, so that none stands for two records, even when Redis
 * has lost the last ones.
 */
function versions(): () => string {
  const process = crypto.randomUUID();
  let count = 0;
  return () => {
    count += 1;
    return `${process}:${count}`;
  };
}

const parsed = (json: Piece): OrderRecord => JSON.parse(String(json));

/** A text as {@link storable} wrote it. */
const idFrom = (text: Piece): string => JSON.parse(`"${text}"`);

/** Which of the store's indexes an order belongs to. */
const flagsOf = (record: OrderRecord): string =>
  [
    isOpen(record) ? 'open' : '',
    awaitsPaid(record) ? 'awaits' : '',
    record.status === 'paid' ? 'paid' : '',
    isUnsettled(record) ? 'unsettled' : '',
  ].join(' ');
