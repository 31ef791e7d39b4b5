import type { Messages } from './messages.ts';

const askFirst = 'If you have just paid, ask the shop before paying again.';
const refused = `The shop could not start this payment. ${askFirst}`;
const unreadable = `The shop’s answer could not be used. ${askFirst}`;

export const en: Messages = {
  lang: 'en',
  title: 'Pay with BOTIM or PayBy',
  intro: 'Scan a code with your phone and confirm in the app.',
  pay: 'Pay',
  creating: 'Preparing your code…',
  phases: {
    awaiting: 'Waiting for payment',
    scanned: 'Confirm in your app',
    paid: 'Paid',
    failed: 'Payment failed',
    expired: 'Code expired',
    cancelled: 'Payment cancelled',
    refunded: 'Refunded',
  },
  qrLabel: 'QR code: scan it with BOTIM or PayBy to pay',
  steps: ['Open BOTIM or PayBy', 'Scan', 'Pay'],
  checking: 'Time is up. Checking once more…',
  reconnecting: 'Reconnecting…',
  offline: 'You are offline. We check again as soon as you are back.',
  timeLeft: 'Time left',
  timeWarnings: { 300: '5 minutes left', 60: '1 minute left', 30: '30 seconds left' },
  scannedBy: (mask) => `Scanned by ${mask}`,
  openApp: {
    phone: 'Open BOTIM or PayBy',
    botim: 'Continue in BOTIM',
    payby: 'Continue in PayBy',
  },
  continueInApp: 'Pay in the app, then come back to this page.',
  showCode: 'Pay from another device',
  saveImage: 'Save QR image',
  qrFailed: 'The code could not be drawn. Use the link on your phone instead.',
  openLink: 'Open payment link',
  cancel: 'Cancel',
  cancelling: 'Cancelling…',
  notCancelled: 'It could not be cancelled. You can still pay, or try again.',
  orderNumber: (id) => `Order ${id}`,
  failedHint: 'The payment did not go through, and no money was taken. You can try again.',
  expiredHint: 'Nothing was paid in time, and no money was taken. Get a new code to go on.',
  lapsedHint: `No payment has arrived in time. ${askFirst}`,
  cancelledHint: 'This payment was cancelled, and no money was taken.',
  refundedHint: 'This payment was made and has been returned to you.',
  again: 'Get a new code',
  retry: 'Try again',
  errorTitle: 'That did not work',
  errors: {
    network: 'The shop could not be reached. Check your connection and try again.',
    timeout: 'The shop took too long to answer. Try again: you will not be charged twice.',
    'order-rejected': refused,
    'order-invalid': unreadable,
    'token-url-blocked':
      'The payment link did not look safe, so it was not opened, and nothing was paid.',
    'status-unknown': unreadable,
    'qr-failed': unreadable,
    configuration: 'This checkout is not set up yet. Please tell the shop.',
  },
};
