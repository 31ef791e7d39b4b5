const key = (orderId: string) => `payby-checkout:redirected:${orderId}`;
/** The page that was last left for the app. */
const pageKey = 'payby-checkout:redirected-from';
/** Orders that could not be written down. */
const unkept = new Set<string>();

/**
 * Whether this tab was already sent into the app for an order: somebody who comes back must not be
 * sent away again. Storage that is missing, full or forbidden is no error; then at least who came by the
 * back button stays.
 */
export function wasRedirected(orderId: string): boolean {
  if (unkept.has(orderId)) return true;
  try {
    return sessionStorage.getItem(key(orderId)) !== null;
  } catch {
    return isReturn();
  }
}

/** Whether this page was left for the app and come back to, with whatever order it has made by now. */
export function hasComeBack(): boolean {
  if (!isReturn()) return false;
  try {
    const page = sessionStorage.getItem(pageKey) ?? '';
    // Storage that is full may have lost it: then this throws, too.
    sessionStorage.setItem(pageKey, page);
    return page === location.href;
  } catch {
    return true;
  }
}

/** Whether the page was come to by the back button, or loaded anew. */
const isReturn = (): boolean =>
  performance
    .getEntriesByType('navigation')
    .some((entry) => 'type' in entry && /^(back_forward|reload)$/.test(String(entry.type)));

export function rememberRedirect(orderId: string): void {
  try {
    sessionStorage.setItem(key(orderId), '1');
    sessionStorage.setItem(pageKey, location.href);
  } catch {
    unkept.add(orderId);
  }
}
