const key = (orderId: string) => `payby-checkout:redirected:${orderId}`;

/**
 * Whether this tab was already sent into the app for an order: somebody who comes back must not be
 * sent away again. Storage that is missing, full or forbidden is no error.
 */
export function wasRedirected(orderId: string): boolean {
  try {
    return sessionStorage.getItem(key(orderId)) !== null;
  } catch {
    return false;
  }
}

export function rememberRedirect(orderId: string): void {
  try {
    sessionStorage.setItem(key(orderId), '1');
  } catch {}
}
