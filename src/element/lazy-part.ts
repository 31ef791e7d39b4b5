import { isServer } from 'lit';
import { nextTask } from '../order/next-task.ts';

/**
 * A part of the script that is loaded on first use. A try that failed is made again at the next, which
 * helps where the browser asks the network again; some remember the failure until the page is reloaded.
 */
export class LazyPart<Part> {
  readonly #import: () => Promise<Part>;
  readonly #onLoaded: (part: Part) => void;
  #part: Part | undefined;
  #loading: Promise<Part> | undefined;

  constructor(load: () => Promise<Part>, onLoaded: (part: Part) => void) {
    this.#import = load;
    this.#onLoaded = onLoaded;
  }

  /** The part if it is here; otherwise it is sent for, and `onLoaded` called when it comes. */
  get part(): Part | undefined {
    if (!this.#part && !isServer) this.load().catch(() => {});
    return this.#part;
  }

  load(): Promise<Part> {
    this.#loading ??= this.#fetch();
    return this.#loading;
  }

  async #fetch(): Promise<Part> {
    try {
      const part = await this.#import();
      await nextTask(); // its evaluation was work enough for one
      this.#part = part;
      this.#onLoaded(part);
      return part;
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
  }
}
