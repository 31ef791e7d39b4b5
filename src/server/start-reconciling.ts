/** Reconciling on a timer, for as long as the process lives. */
import { messageOf } from './anomaly.ts';
import type { CheckoutContext } from './context.ts';
import { reconcile } from './orders/reconcile.ts';

/** The first run comes early, for what a restart has left, ms. */
const firstDelay = 5_000;

/** @param every ms; 0 for never */
export function startReconciling(ctx: CheckoutContext, every: number): { stop(): void } {
  let cancel = () => {};
  let stopped = false;

  async function run() {
    try {
      await reconcile(ctx, () => !stopped);
    } catch (cause) {
      const message = `orders could not be reconciled: ${messageOf(cause)}`;
      ctx.anomalies.report({ code: 'internal', message, cause });
    }
    later(every);
  }

  function later(delay: number) {
    if (!stopped) cancel = ctx.clock.after(delay, run, { background: true });
  }

  if (every > 0) later(Math.min(firstDelay, every));
  return {
    stop() {
      stopped = true;
      cancel();
    },
  };
}
