import type { CheckoutErrorCode } from '../../order/checkout-error.ts';

/** Every sentence a customer can read. One object a language; types keep the keys the same. */
export interface Messages
  extends StartMessages,
    OrderMessages,
    AppMessages,
    ResultMessages,
    DialogMessages {
  errors: OrderMessages['errors'];
}

/** Said before there is an order, and whatever else happens. */
export interface StartMessages {
  /** BCP 47 tag of the language, for amounts and times too. */
  lang: string;
  title: string;
  intro: string;
  pay: string;
  creating: string;
  cancel: string;
  retry: string;
  /** What a form says that must not be sent before the payment. */
  required: string;
  errorTitle: string;
  errors: Pick<OrderMessages['errors'], 'network' | 'timeout' | 'order-rejected' | 'configuration'>;
}

/** Said once an order is answered, and while it can be paid. */
export interface OrderMessages {
  /** What an order's phase is called; also what a screen reader is told. */
  phases: Record<
    'awaiting' | 'scanned' | 'paid' | 'failed' | 'expired' | 'cancelled' | 'refunded',
    string
  >;
  errors: Record<CheckoutErrorCode, string>;
  qrLabel: string;
  steps: readonly [string, string, string];
  checking: string;
  reconnecting: string;
  offline: string;
  timeLeft: string;
  scannedBy: (mask: string) => string;
  cancelling: string;
  notCancelled: string;
  qrFailed: string;
  openLink: string;
}

/** Said where the app comes first: on a phone, and in the app itself. */
export interface AppMessages {
  openApp: Record<'phone' | 'botim' | 'payby', string>;
  continueInApp: string;
  leaving: string;
  /** To somebody who came back from the app. */
  backUnpaid: string;
  /** The frame the page is in may neither leave it nor open a tab. */
  framed: string;
  showCode: string;
  saveImage: string;
  share: string;
  /** The picture could be neither saved nor shared. */
  saveByHand: string;
}

/** Said as an order's time goes by, and when it is over. */
export interface ResultMessages {
  /** Said to a screen reader when so many seconds are left. */
  timeWarnings: Record<300 | 60 | 30, string>;
  orderNumber: (id: string) => string;
  failedHint: string;
  /** The backend said so: nothing was paid. */
  expiredHint: string;
  /** Only the time says so: a payment of the last second may still be on its way. */
  lapsedHint: string;
  cancelledHint: string;
  refundedHint: string;
  again: string;
  /** Leads on to the page that the shop has named for afterwards. */
  goOn: string;
}

/** Said around a dialog. */
export interface DialogMessages {
  /** Opens the dialog again, with the payment under way. */
  resume: string;
  close: string;
}
