/** What is needed from the first answer on: loaded while the backend is asked for it. */
export { orderUrls } from './order-urls.ts';
export { admitOrder, readOrder } from './read-order.ts';
