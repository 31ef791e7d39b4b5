/** The change feed of a Redis store, over a connection of its own. */
import type { OrderRecord } from './order-store.ts';
import type { RedisClient, RedisSubscriber } from './redis-client.ts';

type Listener = (record: OrderRecord) => void;

export interface RedisFeed {
  /** Resolves once no later change can be missed. */
  subscribe(id: string, listener: Listener): Promise<() => void>;
  close(): void;
}

export interface FeedPorts {
  readonly client: RedisClient;
  /** What comes before an order's id in the name of its channel. */
  readonly channelPrefix: string;
  /** The present record and its version, in the store's own words; undefined when there is none. */
  read(id: string): Promise<{ version: string; json: string } | undefined>;
}

interface Followed {
  readonly id: string;
  readonly listeners: Set<Listener>;
  /** Settles when Redis has taken the subscription, and the present version is known. */
  ready: Promise<void>;
  isReady: boolean;
  /** The version the listeners know. */
  version?: string;
  isReading: boolean;
  /** Whether something has happened since the last reading began. */
  isStale: boolean;
}

/** How long after a failure the store is asked again, ms. */
const pause = 200;
/** A connection that is silent for longer is dead, ms; it is asked for a sign of life more often. */
const longestSilence = 15_000;
const pingInterval = 5000;

/**
 * What Redis publishes says no more than that an order has changed; the record is then read, so that what
 * is told is what is kept, whoever published. After a lost connection the client subscribes anew and says
 * `ready` once Redis has taken that; every order is read then, for its changes may have passed unheard.
 */
export function createFeed({ client, channelPrefix, read }: FeedPorts): RedisFeed {
  const followed = new Map<string, Followed>();
  const waiting: (() => void)[] = [];
  let subscriber: RedisSubscriber | undefined;

  function connection(): RedisSubscriber {
    if (subscriber) return subscriber;
    const opened: RedisSubscriber = client.duplicate({
      pingInterval,
      socket: {
        ...client.options?.socket,
        socketTimeout: longestSilence,
        reconnectStrategy: (attempt: number) =>
          opened === subscriber && Math.min(pause * 2 ** attempt, 2000),
      },
    });
    subscriber = opened;
    // It tries again by itself; without a listener Node would end the process.
    opened.on('error', () => {});
    opened.on('ready', () => {
      if (opened !== subscriber) return end(opened);
      for (const entry of followed.values()) if (entry.isReady) void refresh(entry);
      for (const resolve of waiting.splice(0)) resolve();
    });
    opened.connect().catch(() => {});
    return opened;
  }

  function hear(_message: string, channel: string): void {
    const entry = followed.get(channel.slice(channelPrefix.length));
    if (entry) void refresh(entry);
  }

  const isFollowed = (entry: Followed): boolean => followed.get(entry.id) === entry;

  /** One reading at a time for an order, and one more when it has changed meanwhile. */
  async function refresh(entry: Followed): Promise<void> {
    entry.isStale = true;
    if (entry.isReading) return;
    entry.isReading = true;
    while (entry.isStale && isFollowed(entry)) {
      entry.isStale = false;
      try {
        const found = await read(entry.id);
        if (found) tell(entry, found);
      } catch {
        entry.isStale = true;
        await afterPause();
      }
    }
    entry.isReading = false;
  }

  function tell(entry: Followed, { version, json }: { version: string; json: string }): void {
    if (version === entry.version || !isFollowed(entry)) return;
    entry.version = version;
    for (const listener of [...entry.listeners]) listener(JSON.parse(json));
  }

  function follow(id: string): Followed {
    const entry: Followed = {
      id,
      listeners: new Set(),
      ready: Promise.resolve(),
      isReady: false,
      isReading: false,
      isStale: false,
    };
    followed.set(id, entry);
    entry.ready = listen(entry);
    return entry;
  }

  /**
   * Until Redis has taken it, or nobody wants it any more. It is asked once the connection is ready: a
   * client of version 5 loses its way when it is asked before.
   */
  async function listen(entry: Followed): Promise<void> {
    while (isFollowed(entry)) {
      try {
        const connected = connection();
        if (!connected.isReady) {
          await new Promise<void>((resolve) => waiting.push(resolve));
          continue;
        }
        await connected.subscribe(channelPrefix + entry.id, hear);
        const found = await read(entry.id);
        entry.version ??= found?.version;
        entry.isReady = true;
        return;
      } catch {
        await afterPause();
      }
    }
  }

  function leave(entry: Followed): void {
    followed.delete(entry.id);
    if (followed.size === 0) close();
    void entry.ready.then(() => {
      if (subscriber === undefined || followed.has(entry.id)) return;
      // Lost with its connection, it ends with the feed: what comes is for nobody.
      subscriber.unsubscribe(channelPrefix + entry.id, hear).catch(() => {});
    });
  }

  function close(): void {
    followed.clear();
    const ended = subscriber;
    subscriber = undefined;
    if (ended) end(ended);
    for (const resolve of waiting.splice(0)) resolve();
  }

  return {
    async subscribe(id, listener) {
      const entry = followed.get(id) ?? follow(id);
      const own: Listener = (record) => listener(record);
      entry.listeners.add(own);
      await entry.ready;
      return () => {
        if (entry.listeners.delete(own) && entry.listeners.size === 0 && isFollowed(entry)) {
          leave(entry);
        }
      };
    },
    close,
  };
}

/** A client that is connecting cannot be ended: it is once it is ready, or tries no more. */
function end(subscriber: RedisSubscriber): void {
  if (subscriber.isReady) subscriber.destroy();
}

const afterPause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pause));
