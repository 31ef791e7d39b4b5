/** The server kit: a PayBy client, and a merchant's backend on top of it. Web standards only. */
export { type Checkout, type CheckoutOptions, createCheckout } from './checkout.ts';
export { type Clock, systemClock } from './clock.ts';
export type { OnPaid, Payby, Quote, QuoteRequest, QuoteResult } from './context.ts';
export { importPrivateKey, importPublicKey } from './keys.ts';
export { memoryStore } from './memory-store.ts';
export type { Amount } from './money.ts';
export { awaitsShop, canFollow, isOpen } from './order-status.ts';
export type { CreateResult, OrderPatch, OrderRecord, OrderStore } from './order-store.ts';
export { PaybyClient, type PaybyClientOptions, type PlacedOrder } from './payby-client.ts';
export {
  PaybyError,
  type PaybyOperation,
  PaybyUnknownError,
  type UnknownReason,
} from './payby-error.ts';
export type { PaybyOrder } from './payby-order.ts';
export type { OrderNumber, PlaceOrderRequest } from './payby-request.ts';
export { CheckoutRefusal, type CheckoutRefusalFacts, type ProblemCode } from './problem.ts';
export type { CheckoutProblem, CheckoutProblemCode, Report } from './report.ts';
export type { Attempt, Authorize, CorsOptions } from './routes.ts';
export { type SignedNotification, sign, signTestNotification, verify } from './signature.ts';
export type { Wish } from './wish.ts';
