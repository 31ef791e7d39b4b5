/**
 * The sandbox gateway: PayBy's public acquiring protocol on a laptop, offline. No money moves.
 *
 * @module
 */
export { ActionError, type Actions, type PaymentDetails } from './actions.ts';
export { type CaseId, caseIds } from './control/cases.ts';
export type { Check as CaseCheck } from './control/checks.ts';
export type { SandboxControl } from './control/control.ts';
export type { CaseOutcome, CaseVerdict } from './control/judge-case.ts';
export { describeEvent } from './describe-event.ts';
export type { SandboxEvent } from './event-log.ts';
export type {
  CallFault,
  CallRule,
  CallTarget,
  FaultRule,
  NotificationFault,
  NotificationRule,
  WaitingFault,
} from './faults.ts';
export type { RequestReport } from './gateway.ts';
export type { Listening, ListenOptions } from './listen.ts';
export type { DeliveryReport } from './notifier.ts';
export type { SandboxOptions } from './options.ts';
export type { SandboxOrder } from './orders/order.ts';
export { type Payer, payers } from './orders/payers.ts';
export type { Refund, RefundOutcome } from './refunds/refund.ts';
export { isReturnName, type ReturnName, returnCodes } from './return-codes.ts';
export { createSandbox, type Sandbox } from './sandbox.ts';
export { clockTime, type Schedule } from './time.ts';
