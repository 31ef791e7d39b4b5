/** What the store needs of the `redis` package's client, 5 or newer, and how it runs a script. */
import type { Script } from './redis-scripts.ts';

interface ScriptOptions {
  keys: string[];
  arguments: string[];
}

/** What `createClient()` of the package `redis` answers has all of this. */
export interface RedisClient {
  readonly options?: { readonly socket?: object };
  eval(script: string, options: ScriptOptions): Promise<unknown>;
  evalSha(sha1: string, options: ScriptOptions): Promise<unknown>;
  duplicate(overrides?: object): RedisSubscriber;
}

type ChannelListener = (message: string, channel: string) => void;

/** A connection of its own for what Redis publishes. */
export interface RedisSubscriber {
  readonly isReady: boolean;
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  connect(): Promise<unknown>;
  subscribe(channel: string, listener: ChannelListener): Promise<unknown>;
  unsubscribe(channel: string, listener: ChannelListener): Promise<unknown>;
  destroy(): unknown;
}

/** A piece of an answer; Redis says nothing where Lua says false. */
export type Piece = string | undefined;

/** Runs scripts under one base key. */
export type RunScript = (script: Script, ...args: (string | number)[]) => Promise<Piece[]>;

export function scriptRunner(client: RedisClient, base: string): RunScript {
  return async (script, ...args) => {
    const options = { keys: [base], arguments: args.map(String) };
    return piecesOf(await run(client, script, options));
  };
}

/** Redis forgets its scripts when it starts anew, and is then given the text. */
async function run(client: RedisClient, script: Script, options: ScriptOptions): Promise<unknown> {
  try {
    return await client.evalSha(await script.sha, options);
  } catch (cause) {
    if (!(cause instanceof Error && cause.message.startsWith('NOSCRIPT'))) throw cause;
    return client.eval(script.text, options);
  }
}

const piecesOf = (reply: unknown): Piece[] =>
  Array.isArray(reply)
    ? reply.map((piece) => (piece === null || piece === undefined ? undefined : String(piece)))
    : [];
