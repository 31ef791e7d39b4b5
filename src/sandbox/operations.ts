/** What the acquiring API does, one function per path. A new operation is one more entry here. */

import type { ApiRequest } from './http/signed-request.ts';
import { createOrderOperations, type OrderPorts } from './orders/order-operations.ts';
import { createRefundOperations, type RefundPorts } from './refunds/refund-operations.ts';

/** Does its work and returns the answer's `body`; throws a Refusal otherwise. */
export type Operation = (request: ApiRequest) => Record<string, unknown>;

/** The operations by their path below the base URL. */
export function createOperations(ports: OrderPorts & RefundPorts): Record<string, Operation> {
  const orders = createOrderOperations(ports);
  const refunds = createRefundOperations(ports);
  return {
    '/acquire2/placeOrder': orders.placeOrder,
    '/acquire2/getOrder': orders.getOrder,
    '/acquire2/cancelOrder': orders.cancelOrder,
    '/acquire2/revokeOrder': orders.revokeOrder,
    '/acquire2/getCashierUrlInfo': orders.getCashierUrlInfo,
    '/acquire2/updateExpiredTime': orders.updateExpiredTime,
    '/acquire2/refund/placeOrder': refunds.placeOrder,
    '/acquire2/refund/getOrder': refunds.getOrder,
  };
}
