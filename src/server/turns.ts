/** Order in what happens at the same time, within one process. */

/** Runs tasks with the same key one after the other, in the order they came. */
export type InTurn = <Result>(key: string, task: () => Promise<Result>) => Promise<Result>;

/** A task that asks for its own key's turn waits for itself for ever: never nest. */
export function createTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(task, task);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}

/** Runs a task unless one with its key is running: that one's result then serves both. */
export interface SingleFlight<Result> {
  run(key: string, task: () => Promise<Result>): Promise<Result>;
  isRunning(key: string): boolean;
}

export function createSingleFlight<Result>(): SingleFlight<Result> {
  const running = new Map<string, Promise<Result>>();
  return {
    run(key, task) {
      const present = running.get(key);
      if (present) return present;
      const mine = task().finally(() => running.delete(key));
      running.set(key, mine);
      return mine;
    },
    isRunning: (key) => running.has(key),
  };
}
