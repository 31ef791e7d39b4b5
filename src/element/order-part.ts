/** Loaded while the backend is asked for an order: reads the answer and shows it. */
export * from '../order/open-order.ts';
export { OrderScreen } from './order-screen.ts';
export { orderStyles } from './order-styles.ts';
