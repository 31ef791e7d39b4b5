/** Loaded once there is an order: follows it and shows how it ended. */
export { followOrder } from '../order/follow-order.ts';
export { resultView } from './views/result.ts';
