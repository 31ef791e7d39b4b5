/**
 * The sandbox gateway: PayBy's public acquiring protocol on a laptop, offline. No money moves.
 *
 * @module
 */
export { ActionError, type Actions, type PaymentDetails } from './actions.ts';
export type { RequestReport } from './gateway.ts';
export type { Listening, ListenOptions } from './listen.ts';
export type { DeliveryReport } from './notifier.ts';
export type { SandboxOptions } from './options.ts';
export type { SandboxOrder } from './orders/order.ts';
export { type Payer, payers } from './orders/payers.ts';
export type { Refund, RefundOutcome } from './refunds/refund.ts';
export { isReturnName, type ReturnName, returnCodes } from './return-codes.ts';
export { createSandbox, type Sandbox } from './sandbox.ts';
export type { Schedule } from './time.ts';
