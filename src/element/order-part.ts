/** Loaded while the backend is asked for an order: reads the answer and shows it. */
export * from '../order/known-order.ts';
export { openView } from './views/open.ts';
