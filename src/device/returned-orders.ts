const key = (orderId: string) => `payby-checkout:returned:${orderId}`;

/**
 * Whether this tab was already led on after an order was paid: somebody who comes back must not be sent
 * away again. Storage that is missing, full or forbidden is no error; then nobody is known to have been.
 */
export function wasReturned(orderId: string): boolean {
  try {
    return sessionStorage.getItem(key(orderId)) !== null;
  } catch {
    return false;
  }
}

export function rememberReturn(orderId: string): void {
  try {
    sessionStorage.setItem(key(orderId), '1');
  } catch {}
}
