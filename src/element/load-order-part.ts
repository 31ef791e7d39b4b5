/**
 * Loads the part of the script that reads an order, shows it and follows it. A function of its own, as browsers
 * may read the function that an import is in once more, to find its line: here that is not the whole script.
 */
export const loadOrderPart = () => import('./order-part.ts');
