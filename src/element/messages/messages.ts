import type { CheckoutErrorCode } from '../../order/checkout-error.ts';

/** Every sentence a customer can read. One object a language; types keep the keys the same. */
export interface Messages {
  /** BCP 47 tag of the language, for amounts and times too. */
  lang: string;
  title: string;
  intro: string;
  pay: string;
  creating: string;
  /** What an order's phase is called; also what a screen reader is told. */
  phases: Record<
    'awaiting' | 'scanned' | 'paid' | 'failed' | 'expired' | 'cancelled' | 'refunded',
    string
  >;
  qrLabel: string;
  steps: readonly [string, string, string];
  checking: string;
  reconnecting: string;
  offline: string;
  timeLeft: string;
  /** Said to a screen reader when so many seconds are left. */
  timeWarnings: Record<300 | 60 | 30, string>;
  scannedBy: (mask: string) => string;
  openApp: Record<'phone' | 'botim' | 'payby', string>;
  continueInApp: string;
  showCode: string;
  saveImage: string;
  qrFailed: string;
  openLink: string;
  cancel: string;
  cancelling: string;
  notCancelled: string;
  orderNumber: (id: string) => string;
  failedHint: string;
  /** The backend said so: nothing was paid. */
  expiredHint: string;
  /** Only the time says so: a payment of the last second may still be on its way. */
  lapsedHint: string;
  cancelledHint: string;
  refundedHint: string;
  again: string;
  retry: string;
  errorTitle: string;
  errors: Record<CheckoutErrorCode, string>;
}
