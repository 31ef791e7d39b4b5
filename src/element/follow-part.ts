/** Loaded once there is an order: follows it and shows how it ended. */
import { addEnglish } from './language.ts';
import { result } from './messages/en/result.ts';

addEnglish(result);

export { followOrder } from '../order/follow-order.ts';
export { ResultScreen } from './result-screen.ts';
