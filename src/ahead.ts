import { loadOrderPart } from './element/load-order-part.ts';

/**
 * A page with a checkout that shows an order at once will need more of the script than comes with its tag:
 * that is sent for before the element is even defined, which takes a slow phone a good part of a trip.
 */
try {
  const atOnce = 'payby-checkout:not(:defined):is([order],[autostart])';
  // Another copy of the script has its own parts. What fails here is tried again by the element, which tells.
  if (document.querySelector(atOnce)) loadOrderPart().catch(() => {});
} catch {
  // A server has no document, or only a part of one, and not every emulation of a browser knows :defined.
}
