/** What is done for an order while nobody waits for it. */
import { messageOf } from '../anomaly.ts';
import type { CheckoutContext } from '../context.ts';
import { isPaybyFailure } from '../payby/payby-error.ts';

/** Never rejects. What PayBy refused is reported where it was asked; what else goes wrong, here. */
export async function inBackground(
  ctx: CheckoutContext,
  orderId: string,
  task: () => Promise<unknown>,
): Promise<void> {
  try {
    await task();
  } catch (cause) {
    if (isPaybyFailure(cause)) return;
    ctx.anomalies.report({ code: 'internal', message: messageOf(cause), orderId, cause });
  }
}
