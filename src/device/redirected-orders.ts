const key = (orderId: string) => `payby-checkout:redirected:${orderId}`;

/**
 * Whether this tab was already sent into the app for an order: somebody who comes back must not be
 * sent away again. Storage that is missing, full or forbidden is no error; then at least who came by the
 * back button stays.
 */
export function wasRedirected(orderId: string): boolean {
  try {
    return sessionStorage.getItem(key(orderId)) !== null;
  } catch {
    return performance.getEntriesByType('navigation').some(isReturn);
  }
}

const isReturn = (entry: PerformanceEntry) =>
  'type' in entry && (entry.type === 'back_forward' || entry.type === 'reload');

export function rememberRedirect(orderId: string): void {
  try {
    sessionStorage.setItem(key(orderId), '1');
  } catch {}
}
