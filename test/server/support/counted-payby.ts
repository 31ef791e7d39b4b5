/** A PayBy client that tells how many of its operations are under way, for tests that wait until none is. */
import type { Payby, PaybyClient } from '../../../src/server/index.ts';

export interface CountedPayby {
  port: Payby;
  /** Counts any other work along. */
  counted<Result>(work: Promise<Result>): Promise<Result>;
  /** How much is under way. */
  active(): number;
}

export function countedPayby(client: PaybyClient): CountedPayby {
  let active = 0;
  async function counted<Result>(work: Promise<Result>): Promise<Result> {
    active += 1;
    return work.finally(() => {
      active -= 1;
    });
  }
  const port: Payby = {
    partnerId: client.partnerId,
    placeOrder: (...args) => counted(client.placeOrder(...args)),
    getOrder: (...args) => counted(client.getOrder(...args)),
    cancelOrder: (...args) => counted(client.cancelOrder(...args)),
    revokeOrder: (...args) => counted(client.revokeOrder(...args)),
    placeRefund: (...args) => counted(client.placeRefund(...args)),
    getRefund: (...args) => counted(client.getRefund(...args)),
    getCashierUrlInfo: (...args) => counted(client.getCashierUrlInfo(...args)),
    verify: (...args) => counted(client.verify(...args)),
  };
  return { port, counted, active: () => active };
}
