import type { SandboxOrder } from './order.ts';
import type { OrderBook } from './order-book.ts';

/** What somebody did on the wallet page just before. */
export type WalletAction = 'pay' | 'decline' | 'leave';

/** What the wallet page has to say. */
export type WalletView =
  | { kind: 'payable'; order: SandboxOrder; ft: string } // may be paid
  | { kind: 'declined'; order: SandboxOrder; ft: string } // an attempt failed, still open
  | { kind: 'left'; order: SandboxOrder; ft: string } // nothing happened, still open
  | { kind: 'paid'; order: SandboxOrder } // paid just now
  | { kind: 'already-paid'; order: SandboxOrder }
  | { kind: 'failed'; order: SandboxOrder } // the only attempt was declined
  | { kind: 'expired'; order: SandboxOrder }
  | { kind: 'cancelled'; order: SandboxOrder }
  | { kind: 'lapsed' } // the code is too old, the order may still be open
  | { kind: 'unknown' };

/**
 * What the code `ft` shows now. The order's own state decides; what was done only chooses between
 * two ways to put it.
 */
export function walletView(book: OrderBook, ft: string, did?: WalletAction): WalletView {
  const token = book.token(ft);
  const order = token && book.byOrderNo(token.orderNo);
  if (!token || !order) return { kind: 'unknown' };
  switch (order.state.status) {
    case 'PAID_SUCCESS':
    case 'SETTLED':
      return { kind: did === 'pay' ? 'paid' : 'already-paid', order };
    case 'FAILURE':
      return { kind: order.state.because === 'declined' ? 'failed' : order.state.because, order };
    case 'CREATED':
      if (book.hasLapsed(token)) return { kind: 'lapsed' };
      return { kind: openKinds[did ?? 'pay'], order, ft };
  }
}

const openKinds = { pay: 'payable', decline: 'declined', leave: 'left' } as const;
