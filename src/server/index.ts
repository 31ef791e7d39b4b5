/** The server kit: a PayBy client, and a merchant's backend on top of it. Web standards only. */
export type { AcquireOrder, OrderStatus } from '../protocol.ts';
export {
  type Anomaly,
  type AnomalyCode,
  type AnomalyCounts,
  anomalyCodes,
  type OnAnomaly,
} from './anomaly.ts';
export type { Bytes } from './bytes.ts';
export { type Checkout, type CheckoutOptions, createCheckout } from './checkout.ts';
export { type Clock, systemClock } from './clock.ts';
export type {
  EWalletOptions,
  OnFailed,
  OnPaid,
  OnRefunded,
  Payby,
  Quote,
  QuoteRequest,
  QuoteResult,
} from './context.ts';
export { CheckoutRefusal, type CheckoutRefusalFacts, type ProblemCode } from './http/problem.ts';
export type { Attempt, Authorize, CorsOptions } from './http/routes.ts';
export {
  awaitsPaid,
  awaitsShop,
  canFollow,
  isOpen,
  isUnsettled,
  type Standing,
} from './orders/order-status.ts';
export type { ReconcileResult } from './orders/reconcile.ts';
export type { RefundOptions, RefundResult } from './orders/refund-order.ts';
export { OrderError, type OrderErrorCode } from './orders/refunds.ts';
export { type Wish, wishOf } from './orders/wish.ts';
export type { CashierUrlInfo } from './payby/answer-body.ts';
export type { CallOptions, PaybyClientOptions } from './payby/client-options.ts';
export { importPrivateKey, importPublicKey, type RsaKey } from './payby/keys.ts';
export type { Amount } from './payby/money.ts';
export { PaybyClient, type PlacedOrder } from './payby/payby-client.ts';
export {
  isPaybyFailure,
  PaybyError,
  type PaybyErrorFacts,
  type PaybyOperation,
  PaybyUnknownError,
  saysNoSuchOrder,
  saysNoSuchRefund,
  saysNoSuchToken,
  saysOrderIsFinal,
  saysOrderNumberTaken,
  saysRateLimited,
  saysRefundExceeds,
  saysRefundNumberTaken,
  saysRefundRejected,
  saysTryLater,
  type UnknownFacts,
  type UnknownReason,
} from './payby/payby-error.ts';
export type { PaybyOrder } from './payby/payby-order.ts';
export {
  type PaybyRefund,
  type PlacedRefund,
  type RefundOrder,
  refundOrderSchema,
  toPaybyRefund,
} from './payby/payby-refund.ts';
export type { OrderNumber, PlaceOrderRequest } from './payby/payby-request.ts';
export type { RefundNumber, RefundOrigin, RefundRequest } from './payby/refund-request.ts';
export { type ReturnCode, type ReturnCodeName, returnCodes } from './payby/return-codes.ts';
export { type SignedNotification, sign, signTestNotification, verify } from './payby/signature.ts';
export { memoryStore } from './stores/memory-store.ts';
export {
  type CreateResult,
  idTaken,
  noSuchOrder,
  type OrderRecord,
  type OrderStore,
  type RefundRecord,
  type UpdateResult,
} from './stores/order-store.ts';
