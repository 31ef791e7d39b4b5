import { isGivenBack, isOpenTo, type SandboxOrder } from '../orders/order.ts';
import type { OrderBook } from '../orders/order-book.ts';
import { firstPayer, type Payer } from '../orders/payers.ts';

/** What somebody did on the wallet page just before. */
export type WalletAction = 'pay' | 'decline' | 'leave';

/** An order that may still be paid, by the person whose wallet shows it. */
interface Open {
  order: SandboxOrder;
  ft: string;
  payer: Payer;
}

/** What the wallet page has to say. */
export type WalletView =
  | ({ kind: 'payable' } & Open) // may be paid
  | ({ kind: 'declined' } & Open) // an attempt failed, still open
  | ({ kind: 'left' } & Open) // nothing happened, still open
  | ({ kind: 'bound' } & Open) // still open, but to somebody else
  | { kind: 'paid'; order: SandboxOrder } // paid just now
  | { kind: 'already-paid'; order: SandboxOrder }
  | { kind: 'given-back'; order: SandboxOrder } // paid and revoked
  | { kind: 'failed'; order: SandboxOrder } // the only attempt was declined
  | { kind: 'expired'; order: SandboxOrder }
  | { kind: 'cancelled'; order: SandboxOrder } // or revoked before it was paid
  | { kind: 'lapsed' } // the code is too old, the order may still be open
  | { kind: 'unknown' };

export interface Visit {
  /** The token of the code that was opened. */
  ft: string;
  /** Who opened it; by default whoever scanned it before, else the first person. */
  payer?: Payer;
  did?: WalletAction;
}

/**
 * What a code shows now. The order's own state decides; what was done only chooses between two ways
 * to put it.
 */
export function walletView(book: OrderBook, { ft, payer: visitor, did }: Visit): WalletView {
  const token = book.token(ft);
  const order = token && book.byOrderNo(token.orderNo);
  if (!token || !order) return { kind: 'unknown' };
  if (isGivenBack(order)) return { kind: 'given-back', order };
  switch (order.state.status) {
    case 'PAID_SUCCESS':
    case 'SETTLED':
      return { kind: did === 'pay' ? 'paid' : 'already-paid', order };
    case 'FAILURE':
      return { kind: endings[order.state.because], order };
    case 'CREATED': {
      if (book.hasLapsed(token)) return { kind: 'lapsed' };
      const payer = visitor ?? order.payer ?? firstPayer;
      const kind = isOpenTo(order, payer) ? openKinds[did ?? 'pay'] : 'bound';
      return { kind, order, ft, payer };
    }
  }
}

const openKinds = { pay: 'payable', decline: 'declined', leave: 'left' } as const;

const endings = {
  cancelled: 'cancelled',
  declined: 'failed',
  expired: 'expired',
  revoked: 'cancelled',
} as const;
