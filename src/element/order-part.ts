/** Loaded while the backend is asked for an order: reads the answer, shows it and follows it. */
export * from '../order/open-order.ts';
export { order as english } from './messages/en/order.ts';
export { OrderScreen } from './order-screen.ts';
export { orderStyles } from './order-styles.ts';
