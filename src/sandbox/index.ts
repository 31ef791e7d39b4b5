/**
 * The sandbox gateway: PayBy's public acquiring protocol on a laptop, offline. No money moves.
 *
 * @module
 */
export { ActionError, type Actions, type PaymentDetails } from './actions.ts';
export { type CaseId, caseIds } from './control/cases/cases.ts';
export type { Check as CaseCheck, CheckResult as CaseCheckResult } from './control/cases/checks.ts';
export type { CaseOutcome, CaseVerdict } from './control/cases/judge-case.ts';
export type { SandboxControl } from './control/control.ts';
export { describeEvent } from './events/describe-event.ts';
export type { SandboxEvent } from './events/event-log.ts';
export type {
  CallFault,
  CallRule,
  CallTarget,
  FaultRule,
  NotificationFault,
  NotificationRule,
  WaitingFault,
} from './faults/faults.ts';
export type { RequestReport } from './http/gateway.ts';
export type { Listening, ListenOptions } from './http/listen.ts';
export type { DeliveryReport } from './notifications/notifier.ts';
export type { SandboxOptions } from './options.ts';
export type {
  FailureReason,
  OrderState as SandboxOrderState,
  Payment,
  SandboxOrder,
} from './orders/order.ts';
export { type Payer, payers } from './orders/payers.ts';
export type { PlaceOrder } from './orders/place-order.ts';
export type { PlaceRefund } from './refunds/place-refund.ts';
export type { Refund, RefundOutcome, RefundStatus } from './refunds/refund.ts';
export { createSandbox, type Sandbox } from './sandbox.ts';
export { clockTime, type Schedule } from './time/time.ts';
export { isReturnName, type ReturnName, returnCodes } from './wire/return-codes.ts';
