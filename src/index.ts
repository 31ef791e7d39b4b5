/** `payby-checkout`: registers the element and re-exports its API. */
import './define.ts';

export type { Environment } from './device/in-app.ts';
export * from './element/events.ts';
export { registerMessages } from './element/language.ts';
export type { Messages } from './element/messages/messages.ts';
export { PaybyCheckout } from './element/payby-checkout.ts';
export type { PageInit } from './order/backend.ts';
export {
  CheckoutError,
  type CheckoutErrorCode,
  type CheckoutErrorOptions,
} from './order/checkout-error.ts';
export type { CreateOrder, OrderRequest } from './order/create-order.ts';
export type { Health } from './order/follow-order.ts';
export type { OrderState, Phase } from './order/order-state.ts';
export type { CreateRequest, Order, OrderStatus } from './protocol.ts';
