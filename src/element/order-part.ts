/** Loaded while the backend is asked for an order: reads the answer, shows it and follows it. */
import { addEnglish } from './language.ts';
import { order } from './messages/en/order.ts';

addEnglish(order);

export * from '../order/open-order.ts';
export { OrderScreen } from './order-screen.ts';
export { orderStyles } from './order-styles.ts';
