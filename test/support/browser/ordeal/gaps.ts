/**
 * What the element is known not to stand yet. A course steers clear of each, so that it can find what
 * is not known; delete a line once its fault is mended, and the properties hold it from then on.
 */
export const gaps = {
  /** The present order is set on an element that is off the page: `cancel()` then sends a request. */
  wordWhileRemoved: true,
  /** A listener of `payby-order`, `payby-change` or `payby-redirect` removes it: the page is left all the same. */
  removedOnTheWay: true,
  /** Asked for a new order, the backend answers one whose end was told already: its end is told again. */
  sameOrderAgain: true,
};
