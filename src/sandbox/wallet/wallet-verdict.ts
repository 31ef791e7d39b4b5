import type { WalletView } from './wallet-view.ts';

/** A result in words: what happened, whether money would have moved, and what to do next. */
export interface Verdict {
  title: string;
  text: string;
  icon: 'done' | 'alert' | 'pause';
}

const verdicts: Record<Exclude<WalletView['kind'], 'payable'>, Verdict> = {
  paid: {
    title: 'Paid',
    text: 'The order is paid. You can close this page.',
    icon: 'done',
  },
  'already-paid': {
    title: 'Already paid',
    text: 'This order was paid before. It cannot be paid twice.',
    icon: 'done',
  },
  declined: {
    title: 'Payment declined',
    text: 'Nothing was paid. The order is still open and can be tried again.',
    icon: 'alert',
  },
  bound: {
    title: 'Bound to another wallet',
    text: 'Somebody else scanned this code first, and only they can pay it. You paid nothing.',
    icon: 'alert',
  },
  'given-back': {
    title: 'Payment reversed',
    text: 'The merchant revoked this order. What was paid has gone back to the payer.',
    icon: 'pause',
  },
  failed: {
    title: 'Payment failed',
    text: 'Nothing was paid. The order allowed one attempt only: ask the merchant for a new one.',
    icon: 'alert',
  },
  left: {
    title: 'You left without paying',
    text: 'Nothing was paid. The order is still open.',
    icon: 'pause',
  },
  expired: {
    title: 'Order expired',
    text: 'Nothing was paid. Ask the merchant for a new order.',
    icon: 'alert',
  },
  cancelled: {
    title: 'Order cancelled',
    text: 'Nothing was paid. The merchant cancelled this order.',
    icon: 'alert',
  },
  lapsed: {
    title: 'Code lapsed',
    text: 'Codes work for one hour. Reload the merchant’s page to get a fresh one.',
    icon: 'alert',
  },
  unknown: {
    title: 'Unknown code',
    text: 'This sandbox has no order for this code. It forgets its orders when it stops.',
    icon: 'alert',
  },
};

export const verdictOf = ({ kind }: Exclude<WalletView, { kind: 'payable' }>): Verdict =>
  verdicts[kind];
