/** `payby-checkout/element`: the element's API; nothing is registered. */
export type { Environment } from '../device/in-app.ts';
export type { PageInit } from '../order/backend.ts';
export {
  CheckoutError,
  type CheckoutErrorCode,
  type CheckoutErrorOptions,
} from '../order/checkout-error.ts';
export type { CreateOrder, OrderRequest } from '../order/create-order.ts';
export type { Health } from '../order/follow-order.ts';
export type { OrderState, Phase } from '../order/order-state.ts';
export type { CreateRequest, Order, OrderStatus } from '../protocol.ts';
export * from './events.ts';
export { registerMessages } from './language.ts';
export type { Messages } from './messages/messages.ts';
export { PaybyCheckout } from './payby-checkout.ts';
