/**
 * Reads an order, shows it and follows it. A function, as browsers find out which line of a function an import
 * is on: of the whole script's, that would take a slow phone as long as running it.
 */
export const loadOrderPart = () => import('./order-part.ts');
