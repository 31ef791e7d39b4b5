import { callBackend, requestTimeout } from './backend.ts';
import { asCheckoutError, notLoaded } from './checkout-error.ts';
import { delay } from './clock.ts';
import type { Following, FollowOptions, followOrder } from './follow-order.ts';

/** While a part of the script does not come, the order is asked for plainly this often, ms. */
const plainDelay = 5000;

/** The part of the script that follows orders, sent for. */
export type LoadFollowOrder = () => Promise<{ followOrder: typeof followOrder }>;

/**
 * Follows an order, also while the part that does it well is still loading or cannot be loaded: then
 * the status is asked for plainly, so that no payment is missed over a lost file.
 */
export function followPatiently(load: LoadFollowOrder, options: FollowOptions): Following {
  const { backend, signal } = options;
  let following: Following | undefined;

  async function ask(): Promise<void> {
    const call = {
      url: options.urls.status,
      method: 'GET',
      signal,
      timeout: requestTimeout,
    } as const;
    await options.onAnswer(await callBackend(backend, call));
  }

  async function askPlainly(): Promise<void> {
    for (;;) {
      await delay(plainDelay, backend.clock, signal);
      if (following) return;
      await ask().then(
        () => {
          if (!following) options.onHealth('polling');
        },
        (cause: unknown) => {
          signal.throwIfAborted();
          if (following) return;
          options.onHealth(options.isOnline() ? 'reconnecting' : 'offline');
          options.onProblem(asCheckoutError(cause));
        },
      );
    }
  }

  async function begin(): Promise<void> {
    for (let isFirst = true; !following; isFirst = false) {
      try {
        const part = await load();
        signal.throwIfAborted();
        following = part.followOrder(options);
      } catch (cause) {
        signal.throwIfAborted();
        if (isFirst) options.onProblem(notLoaded(cause));
        await delay(plainDelay, backend.clock, signal);
      }
    }
  }

  // Both end with the signal at the latest; that rejection is ordinary.
  void begin().catch(() => {});
  void askPlainly().catch(() => {});
  return {
    check: () => following?.check() ?? ask(),
    retime: () => following?.retime(),
  };
}
