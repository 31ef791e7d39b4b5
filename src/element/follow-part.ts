/** Loaded once there is an order: follows it and shows how it ended. */
export { followOrder } from '../order/follow-order.ts';
export { followStyles } from './follow-styles.ts';
export { result as english } from './messages/en/result.ts';
export { ResultScreen } from './result-screen.ts';
