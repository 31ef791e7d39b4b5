/** Following orders for the pages that watch them: one loop per order, however many they are. */

import { messageOf } from '../anomaly.ts';
import type { CheckoutContext } from '../context.ts';
import type { OrderRecord } from '../stores/order-store.ts';
import { awaitsPaid, isOpen } from './order-status.ts';
import { currentOrder } from './query-order.ts';
import { patience } from './tell-shop.ts';

export type OrderListener = (record: OrderRecord) => void;

export interface Watch {
  /** Calls `listener` with the record and its changes, until the answer is called. */
  add(id: string, listener: OrderListener): () => void;
}

/** A paid order is told to its listeners once the shop took it, or {@link patience} ran out. */
export function createWatch(ctx: CheckoutContext): Watch {
  const feeds = new Map<string, Feed>();
  return {
    add(id, listener) {
      const feed = feeds.get(id) ?? startFeed(ctx, id);
      feeds.set(id, feed);
      feed.listeners.add(listener);
      if (feed.latest) listener(feed.latest);
      return () => {
        feed.listeners.delete(listener);
        if (feed.listeners.size > 0 || feeds.get(id) !== feed) return;
        feeds.delete(id);
        feed.stop();
      };
    },
  };
}

interface Feed {
  readonly listeners: Set<OrderListener>;
  /** What the listeners heard last. */
  readonly latest: OrderRecord | undefined;
  stop(): void;
}

function startFeed(ctx: CheckoutContext, id: string): Feed {
  const listeners = new Set<OrderListener>();
  let latest: OrderRecord | undefined;
  let stopped = false;
  let unsubscribe = () => {};
  let cancelQuery = () => {};
  let cancelPatience: (() => void) | undefined;

  function emit(record: OrderRecord) {
    latest = record;
    for (const listener of [...listeners]) listener(record);
  }

  function offer(record: OrderRecord) {
    if (stopped) return;
    if (!awaitsPaid(record)) return emit(record);
    cancelPatience ??= ctx.clock.after(patience, () => emit(record));
  }

  async function follow() {
    try {
      const record = await currentOrder(ctx, id);
      if (record && isOpen(record)) return queryLater(record);
      if (record) offer(record);
    } catch (cause) {
      ctx.anomalies.report({ code: 'internal', message: messageOf(cause), orderId: id, cause });
      queryLater();
    }
  }

  function queryLater(record?: OrderRecord) {
    if (stopped) return;
    const left = record ? record.expiresAt - ctx.clock.now() : 0;
    const delay = left > 0 ? Math.min(ctx.queryInterval, left) : ctx.queryInterval;
    cancelQuery = ctx.clock.after(delay, follow);
  }

  /** Without a change feed, or before it is there, the queries alone tell. */
  async function listen() {
    try {
      const stop = await ctx.store.subscribe(id, offer);
      if (stopped) return stop();
      unsubscribe = stop;
      const record = await ctx.store.get(id);
      if (record) offer(record);
    } catch (cause) {
      ctx.anomalies.report({ code: 'internal', message: messageOf(cause), orderId: id, cause });
    }
  }

  void listen();
  void follow();
  return {
    listeners,
    get latest() {
      return latest;
    },
    stop() {
      stopped = true;
      unsubscribe();
      cancelQuery();
      cancelPatience?.();
    },
  };
}
