import type { OrderRecord, OrderStore } from '../order-store.ts';

/** What a case plays with. */
export interface Scene {
  readonly store: OrderStore;
  /** The same data over another connection, or the same store. */
  readonly other: OrderStore;
  /** A new open order; every call gives another id, key and reference. */
  readonly record: (changes?: Partial<OrderRecord>) => OrderRecord;
  /** How long to wait for what is told, ms. */
  readonly patience: number;
}

export type Case = readonly [name: string, play: (scene: Scene) => Promise<void>];

/** Both handles, in turn, `count` times. */
export const inTurn = ({ store, other }: Scene, count: number): OrderStore[] =>
  Array.from({ length: count }, (_, index) => (index % 2 === 0 ? store : other));
